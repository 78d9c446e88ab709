package dev.vidimus.formats.onnx;

/// The element types of `TensorProto.DataType` by the width of an element.
final class ElementType {
  static final int INT64 = 7;
  static final int STRING = 8;

  private static final int[] BITS = {
    0, 32, 8, 8, 16, 16, 32, 64, 0, 8, 16, 64, 32, 64, 64, 128, 16, 8, 8, 8, 8, 4, 4, 4, 8, 2, 2
  };

  private ElementType() {}

  /// The width of an element in bits; 0 for text, for no type and for one that is not known.
  static int bits(long code) {
    return code >= 0 && code < BITS.length ? BITS[(int) code] : 0;
  }
}
