package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.zip.CRC32;

/// [The .xz file format](https://tukaani.org/xz/xz-file-format.txt), 1.2.1: streams with padding
/// between them, blocks of LZMA2, an index. Filters other than LZMA2 are unsupported.
final class Xz {
  private static final long MAGIC = 0x005a_587a_37fdL;
  private static final int FOOTER_MAGIC = 'Y' | ('Z' << 8);
  private static final int LZMA2 = 0x21;
  private static final int LONGEST_FILTER_PROPERTIES = 1024;

  private final ByteCursor in;
  private final Output out;
  private int blocks;

  private Xz(ByteCursor in, Output out) {
    this.in = in;
    this.out = out;
  }

  static void decode(ByteCursor in, Output out) throws IOException, FormatException {
    Xz xz = new Xz(in, out);
    do {
      xz.stream();
    } while (xz.passPadding());
  }

  /// Passes over padding in fours of zeros.
  ///
  /// @return true if another stream begins behind it; if not, the cursor stays before it
  private boolean passPadding() throws IOException, FormatException {
    long end = in.position();
    while (in.remaining() >= 12) {
      long here = in.position();
      long word = in.u32("xz padding");
      if (word != 0) {
        in.seek(here);
        if (startsStream()) {
          return true;
        }
        break;
      }
    }
    in.seek(end);
    return false;
  }

  private boolean startsStream() throws IOException, FormatException {
    long here = in.position();
    boolean starts = magic() == MAGIC;
    in.seek(here);
    return starts;
  }

  private long magic() throws IOException, FormatException {
    return in.u32("xz magic") | (long) in.u16("xz magic") << 32;
  }

  private void stream() throws IOException, FormatException {
    if (magic() != MAGIC) {
      throw in.malformed("xz magic", "is not fd 37 7a 58 5a 00");
    }
    int flags = in.u16("xz stream flags");
    requireCrc("xz stream flags", crc((byte) flags, (byte) (flags >>> 8)));
    if ((flags & 0xf0ff) != 0) {
      throw new FormatException.Unsupported(
          in.where("xz stream flags"), in.position(), "flags " + Integer.toHexString(flags));
    }
    XzCheck check = XzCheck.of(flags >>> 8);
    blocks = 0;
    int size = in.u8("xz block header size");
    while (size != 0) {
      block(size, check);
      blocks++;
      size = in.u8("xz block header size");
    }
    index();
    footer(flags);
  }

  private void block(int sizeCode, XzCheck check) throws IOException, FormatException {
    long start = in.position() - 1;
    byte[] rest = in.array("xz block header", sizeCode * 4 - 1);
    CRC32 crc = new CRC32();
    crc.update(sizeCode);
    crc.update(rest);
    requireCrc("xz block header", crc.getValue());
    ByteCursor header =
        new ByteCursor(in.bytes().slice(start, (sizeCode + 1) * 4L - 4), in.where("xz block"));
    header.skip("size", 1);
    int flags = header.u8("flags");
    if ((flags & 0x3c) != 0) {
      throw new FormatException.Unsupported(in.where("xz block flags"), start, "flags " + flags);
    }
    long packed = (flags & 0x40) != 0 ? number(header, "packed size") : -1;
    long plain = (flags & 0x80) != 0 ? number(header, "plain size") : -1;
    long dictionary = filters(header, (flags & 3) + 1);

    long dataStart = in.position();
    long before = out.size();
    out.sum(check);
    Lzma2.decode(in, new Window(out, dictionary));
    out.noSum();
    requireEqual("xz packed size", packed, in.position() - dataStart);
    requireEqual("xz plain size", plain, out.size() - before);
    while ((in.position() - dataStart & 3) != 0) {
      if (in.u8("xz block padding") != 0) {
        throw in.malformed("xz block padding", "is not zero");
      }
    }
    byte[] declared = in.array("xz check", check.size());
    if (!check.matches(declared)) {
      out.failed(in.malformed("xz check", "does not match what was decompressed"));
    }
  }

  private long filters(ByteCursor header, int count) throws IOException, FormatException {
    long dictionary = 0;
    for (int i = 0; i < count; i++) {
      long id = number(header, "filter");
      long length = number(header, "filter properties length");
      if (id != LZMA2) {
        throw new FormatException.Unsupported(
            in.where("xz filter"), in.position(), "filter " + Long.toHexString(id));
      }
      if (length != 1 || i != count - 1 || length > LONGEST_FILTER_PROPERTIES) {
        throw in.malformed("xz filter", "LZMA2 with " + length + " bytes of properties");
      }
      dictionary = Lzma2.dictionary(header, header.u8("filter properties"));
    }
    return dictionary;
  }

  private void requireEqual(String field, long declared, long found) {
    if (declared >= 0 && declared != found) {
      out.failed(in.malformed(field, "declares " + declared + " but is " + found));
    }
  }

  private void index() throws IOException, FormatException {
    long start = in.position() - 1;
    long records = number(in, "xz index records");
    if (records != blocks) {
      throw in.malformed("xz index records", "are " + records + " for " + blocks + " blocks");
    }
    for (long i = 0; i < records; i++) {
      number(in, "xz index unpadded size");
      number(in, "xz index plain size");
    }
    while ((in.position() - start & 3) != 0) {
      if (in.u8("xz index padding") != 0) {
        throw in.malformed("xz index padding", "is not zero");
      }
    }
    in.skip("xz index CRC", 4);
  }

  private void footer(int flags) throws IOException, FormatException {
    in.skip("xz footer CRC and index size", 8);
    if (in.u16("xz footer flags") != flags) {
      throw in.malformed("xz footer flags", "differ from those of the header");
    }
    if (in.u16("xz footer magic") != FOOTER_MAGIC) {
      throw in.malformed("xz footer magic", "is not YZ");
    }
  }

  /// Section 1.2: seven bits a byte, lowest first, at most nine bytes.
  private static long number(ByteCursor in, String field) throws IOException, FormatException {
    long value = 0;
    for (int shift = 0; shift < 63; shift += 7) {
      int next = in.u8(field);
      value |= (long) (next & 0x7f) << shift;
      if (next < 0x80) {
        if (next == 0 && shift > 0) {
          break;
        }
        return value;
      }
    }
    throw in.malformed(field, "is not a number in its shortest form");
  }

  private void requireCrc(String field, long found) throws IOException, FormatException {
    long declared = in.u32(field + " CRC-32");
    if (declared != found) {
      throw in.malformed(
          field + " CRC-32", String.format("declares %08x but is %08x", declared, found));
    }
  }

  private static long crc(byte... bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return crc.getValue();
  }
}
