package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// [The LZ4 frame format](https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md) 1.6.x with
/// skippable and legacy frames, and [the LZ4 block
/// format](https://github.com/lz4/lz4/blob/dev/doc/lz4_Block_format.md) inside them.
///
/// The xxHash sums of header, blocks and content are passed over unchecked: they guard against
/// accidents, and a loader has acted before the last of them comes.
final class Lz4 {
  private static final long MAGIC = 0x184d_2204L;
  private static final long LEGACY = 0x184c_2102L;
  private static final long SKIPPABLE = 0x184d_2a5L; // without its last four bits
  private static final int REACH = 1 << 16;
  private static final int LEGACY_BLOCK = 8 << 20;
  private static final int LEGACY_PACKED = 9 << 20;
  private static final int LEAST_MATCH = 4;

  private final ByteCursor in;
  private final Output out;

  private Lz4(ByteCursor in, Output out) {
    this.in = in;
    this.out = out;
  }

  static void decode(ByteCursor in, Output out) throws IOException, FormatException {
    Lz4 lz4 = new Lz4(in, out);
    do {
      lz4.frame();
    } while (startsFrame(in));
  }

  private static boolean startsFrame(ByteCursor in) throws IOException, FormatException {
    if (in.remaining() < 4) {
      return false;
    }
    long here = in.position();
    long magic = in.u32("lz4 magic");
    in.seek(here);
    return magic == MAGIC || magic == LEGACY || magic >>> 4 == SKIPPABLE;
  }

  private void frame() throws IOException, FormatException {
    long magic = in.u32("lz4 magic");
    if (magic >>> 4 == SKIPPABLE) {
      in.skip("lz4 skippable frame", in.u32("lz4 skippable frame size"));
      return;
    }
    if (magic != MAGIC && magic != LEGACY) {
      throw in.malformed("lz4 magic", "is " + Long.toHexString(magic));
    }
    Window window = new Window(out, REACH);
    try {
      if (magic == LEGACY) {
        legacyBlocks(window);
      } else {
        blocks(window);
      }
    } catch (FormatException e) {
      window.flush();
      throw e;
    }
    window.flush();
  }

  private void blocks(Window window) throws IOException, FormatException {
    int flags = in.u8("lz4 flags");
    if (flags >>> 6 != 1) {
      throw new FormatException.Unsupported(
          in.where("lz4 flags"), in.position() - 1, "frame version " + (flags >>> 6));
    }
    boolean independent = (flags & (1 << 5)) != 0;
    boolean blockSums = (flags & (1 << 4)) != 0;
    boolean hasSize = (flags & (1 << 3)) != 0;
    boolean contentSum = (flags & (1 << 2)) != 0;
    int sizeCode = in.u8("lz4 block size") >>> 4 & 7;
    if (sizeCode < 4) {
      throw in.malformed("lz4 block size", "is code " + sizeCode + ", under 4");
    }
    int most = 1 << (8 + 2 * sizeCode);
    long declared = hasSize ? in.i64("lz4 content size") : -1;
    if ((flags & 1) != 0) {
      in.skip("lz4 dictionary id", 4);
    }
    in.skip("lz4 header sum", 1);
    long start = out.size();
    while (true) {
      long word = in.u32("lz4 block length");
      if (word == 0) {
        break;
      }
      int length = (int) word & 0x7fff_ffff;
      if (length > most) {
        throw in.malformed("lz4 block length", "declares " + length + " bytes, over " + most);
      }
      if (independent) {
        window.reset();
      }
      if (word >>> 31 == 1) {
        window.copy(in, "lz4 plain block", length);
      } else {
        block(window, length, most);
      }
      if (blockSums) {
        in.skip("lz4 block sum", 4);
      }
    }
    if (contentSum) {
      in.skip("lz4 content sum", 4);
    }
    window.flush();
    if (hasSize && declared != out.size() - start) {
      out.failed(
          in.malformed(
              "lz4 content size",
              "declares " + Long.toUnsignedString(declared) + " but is " + (out.size() - start)));
    }
  }

  private void legacyBlocks(Window window) throws IOException, FormatException {
    while (in.remaining() >= 4 && !startsFrame(in)) {
      long length = in.u32("lz4 block length");
      if (length > LEGACY_PACKED) {
        in.seek(in.position() - 4); // not a length: the frame ended before it
        break;
      }
      window.reset();
      block(window, (int) length, LEGACY_BLOCK);
    }
  }

  private void block(Window window, int length, int most) throws IOException, FormatException {
    long end = in.position() + in.proved("lz4 block", in.position(), length, length);
    long before = window.total();
    while (in.position() < end) {
      int token = in.u8("lz4 token");
      int literals = length(token >>> 4, end, "lz4 literal length");
      requireRoom(window.total() - before, literals, most);
      if (literals > end - in.position()) {
        throw in.malformed("lz4 literals", literals + " bytes are not in the block");
      }
      window.copy(in, "lz4 literals", literals);
      if (in.position() == end) {
        break; // the last sequence has literals only
      }
      int distance = in.u16("lz4 offset");
      int match = length(token & 0xf, end, "lz4 match length") + LEAST_MATCH;
      requireRoom(window.total() - before, match, most);
      window.match(in, "lz4 offset", distance, match);
    }
    if (in.position() != end) {
      throw in.malformed("lz4 block", "ends inside a sequence");
    }
  }

  private void requireRoom(long done, int more, int most) throws FormatException {
    if (done + more > most) {
      throw in.malformed("lz4 block", "inflates to more than its " + most + " bytes");
    }
  }

  private int length(int nibble, long end, String field) throws IOException, FormatException {
    int length = nibble;
    if (nibble == 0xf) {
      int more;
      do {
        if (in.position() >= end || length > LEGACY_BLOCK) {
          throw in.malformed(field, "does not end in its block");
        }
        more = in.u8(field);
        length += more;
      } while (more == 0xff);
    }
    return length;
  }
}
