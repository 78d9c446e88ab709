/// The one protocol by which anything changes.
@NullMarked
package dev.vidimus.registry.change;

import org.jspecify.annotations.NullMarked;
