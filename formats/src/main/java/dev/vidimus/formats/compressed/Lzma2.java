package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// LZMA2: chunks of LZMA or of plain bytes, each with its sizes, ended by a zero.
final class Lzma2 {
  private final ByteCursor in;
  private final Window window;
  private @Nullable Lzma lzma;

  private Lzma2(ByteCursor in, Window window) {
    this.in = in;
    this.window = window;
  }

  /// The dictionary size that one byte of properties stands for, in bytes.
  static long dictionary(ByteCursor in, int property) throws FormatException {
    if (property > 40) {
      throw in.malformed("lzma2 dictionary size", "is code " + property + ", over 40");
    }
    return property == 40 ? 0xffff_ffffL : (2L | (property & 1)) << (property / 2 + 11);
  }

  static void decode(ByteCursor in, Window window) throws IOException, FormatException {
    Lzma2 lzma2 = new Lzma2(in, window);
    try {
      for (int control = in.u8("lzma2 control"); control != 0; control = in.u8("lzma2 control")) {
        lzma2.chunk(control);
      }
    } catch (FormatException e) {
      window.flush();
      throw e;
    }
    window.flush();
  }

  private void chunk(int control) throws IOException, FormatException {
    if (control == 1 || control >= 0xe0) {
      window.reset();
    }
    if (control < 0x80) {
      if (control > 2) {
        throw in.malformed("lzma2 control", "is " + control + ", which has no meaning");
      }
      window.copy(in, "lzma2 plain chunk", u16Big("lzma2 plain size") + 1);
      return;
    }
    int plain = ((control & 0x1f) << 16) + u16Big("lzma2 plain size") + 1;
    int packed = u16Big("lzma2 packed size") + 1;
    Lzma decoder = lzma;
    if (control >= 0xc0) {
      int properties = in.u8("lzma2 properties");
      if (properties % 9 + properties / 9 % 5 > 4) {
        throw in.malformed("lzma2 properties", "lc and lp are more than 4 together");
      }
      if (decoder == null) {
        decoder = new Lzma(in, window, properties);
        lzma = decoder;
      } else {
        decoder.properties(properties);
      }
    } else if (decoder == null) {
      throw in.malformed("lzma2 control", "the first chunk has no properties");
    } else if (control >= 0xa0) {
      decoder.resetState();
    }
    long start = in.position();
    decoder.decodeChunk(plain);
    if (in.position() - start != packed) {
      throw in.malformed(
          "lzma2 packed size", "declares " + packed + " but is " + (in.position() - start));
    }
  }

  private int u16Big(String field) throws IOException, FormatException {
    return (in.u8(field) << 8) | in.u8(field);
  }
}
