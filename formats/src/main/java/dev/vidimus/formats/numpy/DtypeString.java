package dev.vidimus.formats.numpy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.numpy.NumpyType.Field;
import dev.vidimus.formats.numpy.NumpyType.Scalar;
import dev.vidimus.formats.numpy.NumpyType.Structured;
import dev.vidimus.formats.numpy.NumpyType.SubArray;
import dev.vidimus.formats.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/// Reads the strings that `numpy.dtype` takes: `<f8`, `|S10`, `M8[ns]`, `float32`, and the lists
/// `i4,(2,3)f8,O` that make a record. NumPy writes only the first kinds, but it reads them all.
final class DtypeString {
  private static final int PRINTED = 60;
  private static final long LARGEST_ITEM = Integer.MAX_VALUE;

  private final String text;
  private final String where;
  private final long origin;
  private int at;

  DtypeString(String text, String where, long origin) {
    this.text = text;
    this.where = where;
    this.origin = origin;
  }

  NumpyType read() throws FormatException {
    List<NumpyType> types = new ArrayList<>(1);
    do {
      skipSpaces();
      Shape shape = shape();
      NumpyType type = scalar();
      types.add(shape.rank() == 0 ? type : new SubArray(type, shape));
      skipSpaces();
    } while (take(','));
    if (at < text.length()) {
      throw unknown();
    }
    if (types.size() == 1) {
      return types.getFirst();
    }
    List<Field> fields = new ArrayList<>(types.size());
    for (NumpyType type : types) {
      fields.add(new Field("f" + fields.size(), type));
    }
    return new Structured(fields);
  }

  /// `3` or `(2,3)` before a type.
  private Shape shape() throws FormatException {
    List<Long> sizes = new ArrayList<>(0);
    if (take('(')) {
      while (!take(')')) {
        skipSpaces();
        sizes.add(digits());
        skipSpaces();
        if (!take(',') && (at >= text.length() || text.charAt(at) != ')')) {
          throw unknown();
        }
      }
    } else if (at < text.length() && isDigit(text.charAt(at))) {
      sizes.add(digits());
    }
    long[] dimensions = new long[sizes.size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = sizes.get(i);
    }
    return Shape.of(dimensions);
  }

  private Scalar scalar() throws FormatException {
    boolean big = at < text.length() && text.charAt(at) == '>';
    if (at < text.length() && "<>=|".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    int start = at;
    while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '?')) {
      at++;
    }
    String word = text.substring(start, at);
    long size = at < text.length() && isDigit(text.charAt(at)) ? digits() : -1;
    if (at < text.length() && text.charAt(at) == '_') { // str_, object_
      at++;
    }
    Scalar scalar = word.length() == 1 ? coded(word.charAt(0), size, big) : named(word, size, big);
    if (at < text.length() && text.charAt(at) == '[') {
      unit(scalar);
    }
    return scalar;
  }

  /// The unit of a time: `[ns]`, `[25s]`.
  private void unit(Scalar scalar) throws FormatException {
    int close = text.indexOf(']', at);
    if (close < 0 || (scalar.kind() != 'M' && scalar.kind() != 'm')) {
      throw unknown();
    }
    at = close + 1;
  }

  /// A kind with its size (`f8`), or a C type of one character (`d`).
  private Scalar coded(char code, long size, boolean big) throws FormatException {
    if (size >= 0 && "iufbcmM".indexOf(code) >= 0) {
      return sized(code, size, big);
    }
    return switch (code) {
      case 'O' -> new Scalar('O', false, 0);
      case 'S', 'a' -> new Scalar('S', false, Math.max(size, 0));
      case 'V' -> new Scalar('V', false, Math.max(size, 0));
      case 'U' -> new Scalar('U', big, 4 * Math.max(size, 0));
      case 'c' -> new Scalar('S', false, 1);
      case 'm', 'M' -> new Scalar(code, big, 8);
      case '?' -> new Scalar('b', false, 1);
      case 'b' -> new Scalar('i', false, 1);
      case 'B' -> new Scalar('u', false, 1);
      case 'h' -> new Scalar('i', big, 2);
      case 'H' -> new Scalar('u', big, 2);
      case 'i' -> new Scalar('i', big, 4);
      case 'I' -> new Scalar('u', big, 4);
      case 'l', 'q', 'p', 'n' -> new Scalar('i', big, 8);
      case 'L', 'Q', 'P', 'N' -> new Scalar('u', big, 8);
      case 'e' -> new Scalar('f', big, 2);
      case 'f' -> new Scalar('f', big, 4);
      case 'd' -> new Scalar('f', big, 8);
      case 'g' -> new Scalar('f', big, 16);
      case 'F' -> new Scalar('c', big, 8);
      case 'D' -> new Scalar('c', big, 16);
      case 'G' -> new Scalar('c', big, 32);
      default -> throw unknown();
    };
  }

  private Scalar sized(char kind, long size, boolean big) throws FormatException {
    boolean known =
        switch (kind) {
          case 'b' -> size == 1;
          case 'i', 'u' -> size == 1 || size == 2 || size == 4 || size == 8;
          case 'f' -> size == 2 || size == 4 || size == 8 || size == 12 || size == 16;
          case 'c' -> size == 8 || size == 16 || size == 24 || size == 32;
          default -> size == 8; // times
        };
    if (!known) {
      throw unknown();
    }
    return new Scalar(kind, big, size);
  }

  /// A name with its size in bits (`float32`), or without one.
  private Scalar named(String name, long bits, boolean big) throws FormatException {
    return switch (name) {
      case "object" -> new Scalar('O', false, 0);
      case "bool" -> new Scalar('b', false, 1);
      case "str", "unicode" -> new Scalar('U', big, 0);
      case "bytes", "string" -> new Scalar('S', false, 0);
      case "void" -> new Scalar('V', false, 0);
      case "int", "intp", "long", "longlong" -> sized('i', bits < 0 ? 8 : bits / 8, big);
      case "uint", "uintp", "ulong", "ulonglong" -> sized('u', bits < 0 ? 8 : bits / 8, big);
      case "float" -> sized('f', bits < 0 ? 8 : bits / 8, big);
      case "complex" -> sized('c', bits < 0 ? 16 : bits / 8, big);
      case "byte" -> new Scalar('i', false, 1);
      case "ubyte" -> new Scalar('u', false, 1);
      case "short" -> new Scalar('i', big, 2);
      case "ushort" -> new Scalar('u', big, 2);
      case "intc" -> new Scalar('i', big, 4);
      case "uintc" -> new Scalar('u', big, 4);
      case "half" -> new Scalar('f', big, 2);
      case "single" -> new Scalar('f', big, 4);
      case "double" -> new Scalar('f', big, 8);
      case "longdouble" -> new Scalar('f', big, 16);
      case "csingle" -> new Scalar('c', big, 8);
      case "cdouble" -> new Scalar('c', big, 16);
      case "datetime" -> new Scalar('M', big, 8);
      case "timedelta" -> new Scalar('m', big, 8);
      default -> throw unknown();
    };
  }

  private long digits() throws FormatException {
    long value = 0;
    int start = at;
    while (at < text.length() && isDigit(text.charAt(at))) {
      value = value * 10 + text.charAt(at++) - '0';
      if (value > LARGEST_ITEM) {
        throw unknown();
      }
    }
    if (at == start) {
      throw unknown();
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void skipSpaces() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private FormatException.Malformed unknown() {
    return new FormatException.Malformed(
        where, origin, "unknown type \"" + Printable.of(text, PRINTED) + "\"");
  }
}
