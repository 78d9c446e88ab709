/// What the tests of several modules share: file forgers, vector readers, fakes, fixtures.
@NullMarked
package dev.vidimus.testkit;

import org.jspecify.annotations.NullMarked;
