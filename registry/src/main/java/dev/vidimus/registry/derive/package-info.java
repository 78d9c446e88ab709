/// Conversion as a trust boundary: what an artifact says that it was made from is computed again
/// when it comes in, if what it names is here.
@NullMarked
package dev.vidimus.registry.derive;

import org.jspecify.annotations.NullMarked;
