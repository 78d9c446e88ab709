/// Inner loops over arrays, plain and in vectors: [Kernels] says what they do, [KernelChoice] which
/// are taken.
@NullMarked
package dev.vidimus.lineage.loops;

import org.jspecify.annotations.NullMarked;
