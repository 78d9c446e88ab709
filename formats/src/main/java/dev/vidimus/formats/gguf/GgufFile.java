package dev.vidimus.formats.gguf;

import java.nio.ByteOrder;
import java.util.List;

/// A file that obeys every rule of the format.
///
/// @param version 1 to 3; 0 for the containers before GGUF
/// @param order byte order of all numbers
/// @param metadata in the order of the file
/// @param tensors in the order of the file, which is the order of their bytes
/// @param end first byte after the last tensor, without padding
public record GgufFile(
    int version, ByteOrder order, List<GgufValue> metadata, List<GgufTensor> tensors, long end) {
  public GgufFile {
    metadata = List.copyOf(metadata);
    tensors = List.copyOf(tensors);
  }
}
