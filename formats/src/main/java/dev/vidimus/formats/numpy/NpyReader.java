package dev.vidimus.formats.numpy;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.numpy.PyLiteral.Bool;
import dev.vidimus.formats.numpy.PyLiteral.Dict;
import dev.vidimus.formats.tensor.Shape;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the header of an array and checks it against what follows, by the rules of
/// [numpy.lib.format](https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html) 1.0
/// to 3.0. The data are not read.
public final class NpyReader {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int LONGEST_HEADER = 1 << 20; // numpy's own default is 10,000

  private NpyReader() {}

  /// Reads one array of a file; several may follow one another.
  ///
  /// @param cursor at the array's first byte; afterwards at its data
  /// @throws FormatException if the header breaks a rule, or fewer data follow than it asks for
  /// @throws IOException if the bytes cannot be read
  public static NpyArray read(ByteCursor cursor) throws IOException, FormatException {
    long start = cursor.position();
    for (byte b : MAGIC) {
      if (cursor.u8("magic") != (b & 0xff)) {
        throw new FormatException.Malformed(cursor.where("magic"), start, "is not \\x93NUMPY");
      }
    }
    int major = cursor.u8("version");
    int minor = cursor.u8("version");
    if (major < 1 || major > 3 || minor != 0) {
      throw new FormatException.Unsupported(
          cursor.where("version"), start + 6, "version " + major + "." + minor);
    }
    long lengthAt = cursor.position();
    long length = major == 1 ? cursor.u16("header length") : cursor.u32("header length");
    cursor.proved("header length", lengthAt, length, LONGEST_HEADER);
    long headerAt = cursor.position();
    Charset charset = major == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
    String header = cursor.text("header", (int) length, charset);
    return readHeader(header, cursor, headerAt);
  }

  private static NpyArray readHeader(String header, ByteCursor cursor, long headerAt)
      throws FormatException {
    String where = cursor.where("header");
    DescrReader descrs = new DescrReader(where, headerAt);
    if (!(new PyLiteralParser(header, where, headerAt).parse() instanceof Dict dict)) {
      throw descrs.malformed("is no dictionary");
    }
    @Nullable PyLiteral descr = null;
    @Nullable PyLiteral order = null;
    @Nullable PyLiteral shape = null;
    for (Dict.Entry entry : dict.entries()) {
      switch (entry.key()) { // the last of several counts, as in Python
        case "descr" -> descr = entry.value();
        case "fortran_order" -> order = entry.value();
        case "shape" -> shape = entry.value();
        default -> throw descrs.malformed("has a key that is not descr, fortran_order or shape");
      }
    }
    if (descr == null || shape == null || !(order instanceof Bool(boolean fortranOrder))) {
      throw descrs.malformed("lacks descr, fortran_order or shape");
    }
    if (!(shape instanceof PyLiteral.Tuple)) {
      throw descrs.malformed("has a shape of no tuple");
    }
    NumpyType type = descrs.read(descr);
    Shape dimensions = descrs.shape(shape);
    long size = type.hasObjects() ? -1 : size(type, dimensions, cursor, headerAt);
    return new NpyArray(type, fortranOrder, dimensions, cursor.position(), size);
  }

  private static long size(NumpyType type, Shape shape, ByteCursor cursor, long headerAt)
      throws FormatException {
    long size;
    try {
      size = Shape.multiplied(shape.elements(), type.itemSize());
    } catch (ArithmeticException e) {
      throw new FormatException.Malformed(
          cursor.where("shape"), headerAt, shape + " overflows: " + e.getMessage());
    }
    if (Long.compareUnsigned(size, cursor.remaining()) > 0) {
      throw new FormatException.Malformed(
          cursor.where("data"),
          cursor.position(),
          "shape "
              + shape
              + " needs "
              + Long.toUnsignedString(size)
              + " bytes but "
              + cursor.remaining()
              + " follow");
    }
    return size;
  }
}
