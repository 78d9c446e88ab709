package dev.vidimus.formats.gguf;

import dev.vidimus.formats.tensor.Shape;

/// A tensor as the table declares it.
///
/// @param name its name, unique in the file
/// @param type how its elements are stored
/// @param shape its dimensions, the innermost first, as the file has them
/// @param offset its first byte, from the start of the file
/// @param size in bytes
public record GgufTensor(String name, GgmlType type, Shape shape, long offset, long size) {}
