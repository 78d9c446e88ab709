package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The wrapper that joblib wrote before 0.10 and still reads (`joblib/numpy_pickle_compat.py`):
/// `ZF`, the plain length as Python's `hex` prints it, padded with spaces to 19 bytes, one more
/// space if joblib 0.8.4 or older wrote it, and one zlib stream.
final class ZFile {
  private static final int LENGTH = 19;

  private ZFile() {}

  static void decode(ByteCursor in, Output out) throws IOException, FormatException {
    if (in.u16("ZFile magic") != ('Z' | ('F' << 8))) {
      throw in.malformed("ZFile magic", "is not ZF");
    }
    String text = in.text("ZFile length", LENGTH, StandardCharsets.ISO_8859_1).strip();
    if (in.peek() == ' ') {
      in.u8("ZFile padding");
    }
    Deflate.decodeZlib(in, out);
    String found = Long.toHexString(out.size());
    String declared = text.startsWith("0x") ? text.substring(2) : text;
    if (!declared.replace("L", "").equals(found)) { // Python 2 prints a long with an L
      out.failed(
          in.malformed("ZFile length", "declares 0x" + printable(declared) + " but is 0x" + found));
    }
  }

  private static String printable(String text) {
    return text.chars().allMatch(c -> c > ' ' && c < 0x7f) ? text : "?";
  }
}
