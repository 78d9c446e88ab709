/// Reads the header of safetensors files by the rules of the reference implementation
/// (the crate [safetensors](https://github.com/huggingface/safetensors), `Metadata::validate`).
///
/// A file is a 64-bit header length, a JSON header, and a buffer that the tensors fill without gap
/// or overlap. [SafetensorsReader] checks all of it and never reads the buffer. To accept a new
/// element type, add it to [SafetensorsType].
@NullMarked
package dev.vidimus.formats.safetensors;

import org.jspecify.annotations.NullMarked;
