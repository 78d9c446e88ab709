package dev.vidimus.formats.safetensors;

import dev.vidimus.formats.tensor.Shape;

/// A tensor as the header declares it.
///
/// @param name its name, unique in the file
/// @param type the type of its elements
/// @param shape its dimensions, row-major
/// @param begin first byte, from the start of the file's buffer
/// @param end byte after the last, from the start of the file's buffer
public record SafetensorsTensor(
    String name, SafetensorsType type, Shape shape, long begin, long end) {
  /// Size in bytes.
  public long size() {
    return end - begin;
  }
}
