/// Repositories of models as honest people publish them, to hear what a scan says of nothing.
@NullMarked
package dev.vidimus.testkit.benign;

import org.jspecify.annotations.NullMarked;
