/// What tensors of every format have in common: a [Shape], and the arithmetic of their sizes.
@NullMarked
package dev.vidimus.formats.tensor;

import org.jspecify.annotations.NullMarked;
