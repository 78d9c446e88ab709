package dev.vidimus.testkit;

import java.nio.charset.StandardCharsets;

/// Makes NumPy array files, right or wrong: the header is taken as it is given.
public final class NpyForger {
  private NpyForger() {}

  /// An array of version 1.0 in C order.
  ///
  /// @param descr the type as Python text: `'<f4'` with its quotes
  /// @param shape the shape as Python text: `(2, 3)`
  public static byte[] array(String descr, String shape, byte... data) {
    return file(
        1, "{'descr': " + descr + ", 'fortran_order': False, 'shape': " + shape + ", }", data);
  }

  /// A file of some major version with a header of any text, which a newline ends.
  public static byte[] file(int major, String header, byte... data) {
    byte[] text = (header + "\n").getBytes(StandardCharsets.UTF_8);
    LittleEndian out = new LittleEndian();
    out.u8(0x93).bytes("NUMPY".getBytes(StandardCharsets.US_ASCII)).u8(major).u8(0);
    if (major == 1) {
      out.u16(text.length);
    } else {
      out.u32(text.length);
    }
    return out.bytes(text).bytes(data).array();
  }
}
