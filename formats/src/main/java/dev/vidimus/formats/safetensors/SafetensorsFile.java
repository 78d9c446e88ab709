package dev.vidimus.formats.safetensors;

import java.util.List;

/// A file that obeys every rule of the format.
///
/// @param bufferOffset where the buffer begins in the file, in bytes
/// @param tensors in the order of their bytes, which they fill without a gap
public record SafetensorsFile(long bufferOffset, List<SafetensorsTensor> tensors) {}
