package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Zstandard frames and blocks, [RFC 8878](https://www.rfc-editor.org/rfc/rfc8878) section 3.1.
/// Frames that need a dictionary are unsupported. The content checksum (XXH64) is passed over
/// unchecked: a loader has acted before it comes.
final class Zstd {
  private static final long MAGIC = 0xfd2f_b528L;
  private static final long SKIPPABLE = 0x184d_2a5L; // without its last four bits
  private static final int MOST_BLOCK = 1 << 17;

  private final ByteCursor in;
  private final Output out;
  private final byte[] packed = new byte[MOST_BLOCK + BackwardBits.PADDING];

  private Zstd(ByteCursor in, Output out) {
    this.in = in;
    this.out = out;
  }

  static void decode(ByteCursor in, Output out) throws IOException, FormatException {
    Zstd zstd = new Zstd(in, out);
    do {
      zstd.frame();
    } while (startsFrame(in));
  }

  private static boolean startsFrame(ByteCursor in) throws IOException, FormatException {
    if (in.remaining() < 4) {
      return false;
    }
    long here = in.position();
    long magic = in.u32("zstd magic");
    in.seek(here);
    return magic == MAGIC || magic >>> 4 == SKIPPABLE;
  }

  private void frame() throws IOException, FormatException {
    long magic = in.u32("zstd magic");
    if (magic >>> 4 == SKIPPABLE) {
      in.skip("zstd skippable frame", in.u32("zstd skippable frame size"));
      return;
    }
    if (magic != MAGIC) {
      throw in.malformed("zstd magic", "is " + Long.toHexString(magic));
    }
    int descriptor = in.u8("zstd frame descriptor");
    boolean single = (descriptor & (1 << 5)) != 0;
    boolean checksum = (descriptor & (1 << 2)) != 0;
    if ((descriptor & (1 << 3)) != 0) {
      throw in.malformed("zstd frame descriptor", "the reserved bit is set");
    }
    long windowSize = single ? 0 : windowSize();
    dictionary(descriptor & 3);
    long size = contentSize(descriptor >>> 6, single);
    if (single) {
      windowSize = size;
    }
    Window window = new Window(out, windowSize);
    long start = out.size();
    try {
      blocks(window, Math.clamp(windowSize, 0, MOST_BLOCK));
    } catch (FormatException e) {
      window.flush();
      throw e;
    }
    window.flush();
    if (checksum) {
      in.skip("zstd content checksum", 4);
    }
    if (size != -1 && size != out.size() - start) {
      out.failed(
          in.malformed(
              "zstd content size",
              "declares " + Long.toUnsignedString(size) + " but is " + (out.size() - start)));
    }
  }

  /// Section 3.1.1.1.2.
  private long windowSize() throws IOException, FormatException {
    int code = in.u8("zstd window descriptor");
    long base = 1L << (10 + (code >>> 3));
    return base + base / 8 * (code & 7);
  }

  private void dictionary(int flag) throws IOException, FormatException {
    long id =
        switch (flag) {
          case 1 -> in.u8("zstd dictionary id");
          case 2 -> in.u16("zstd dictionary id");
          case 3 -> in.u32("zstd dictionary id");
          default -> 0;
        };
    if (id != 0) {
      throw new FormatException.Unsupported(
          in.where("zstd dictionary id"), in.position(), "dictionary " + id);
    }
  }

  private long contentSize(int flag, boolean single) throws IOException, FormatException {
    return switch (flag) {
      case 1 -> in.u16("zstd content size") + 256;
      case 2 -> in.u32("zstd content size");
      case 3 -> in.i64("zstd content size");
      default -> single ? in.u8("zstd content size") : -1;
    };
  }

  private void blocks(Window window, int most) throws IOException, FormatException {
    ZstdBlock decoder = new ZstdBlock(in, window);
    boolean last;
    do {
      int header = in.u16("zstd block header") | (in.u8("zstd block header") << 16);
      last = (header & 1) != 0;
      int size = header >>> 3;
      int type = (header >>> 1) & 3;
      if (size > most) {
        throw in.malformed("zstd block size", "declares " + size + " bytes, over " + most);
      }
      switch (type) {
        case 0 -> window.copy(in, "zstd raw block", size);
        case 1 -> window.repeat(in.u8("zstd repeated byte"), size);
        case 2 -> {
          in.array("zstd compressed block", packed, 0, size);
          decoder.decode(packed, size, most);
        }
        default -> throw in.malformed("zstd block type", "is the reserved one");
      }
    } while (!last);
  }
}
