package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// The two small containers around one LZMA stream.
final class LzmaHeader {
  private LzmaHeader() {}

  /// The `.lzma` file: properties, dictionary, plain size or all ones, stream.
  static void decodeAlone(ByteCursor in, Output out) throws IOException, FormatException {
    int properties = in.u8("lzma properties");
    long dictionary = in.u32("lzma dictionary size");
    long size = in.i64("lzma plain size");
    if (size < -1) {
      throw in.malformed("lzma plain size", "declares " + Long.toUnsignedString(size) + " bytes");
    }
    new Lzma(in, new Window(out, Math.max(dictionary, 1 << 12)), properties).decodeStream(size);
  }

  /// Method 14 of ZIP, APPNOTE 5.8.8.
  static void decodeZip(ByteCursor in, Output out, long size) throws IOException, FormatException {
    in.u16("lzma version");
    int length = in.u16("lzma properties length");
    if (length != 5) {
      throw in.malformed("lzma properties length", "is " + length + ", not 5");
    }
    int properties = in.u8("lzma properties");
    long dictionary = in.u32("lzma dictionary size");
    new Lzma(in, new Window(out, Math.max(dictionary, 1 << 12)), properties).decodeStream(size);
  }
}
