/// Judges files that hold tensors and cannot hold code of their own: safetensors, GGUF and GGML,
/// NumPy arrays.
///
/// [TensorScanners] is the door. Three things can be wrong with such a file: it breaks its format,
/// so that loaders written in C read where they should not; text in its metadata is meant for
/// something that runs it ([MetadataText]); or a part of it is in truth a pickle, which goes to
/// the scanner for pickles. To add a rule, add it to [TensorRule] with its page under
/// `docs/findings/`.
@NullMarked
package dev.vidimus.scan.tensor;

import org.jspecify.annotations.NullMarked;
