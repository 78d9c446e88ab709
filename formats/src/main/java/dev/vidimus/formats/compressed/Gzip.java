package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.zip.CRC32;

/// GZIP, [RFC 1952](https://www.rfc-editor.org/rfc/rfc1952): members one after another.
final class Gzip {
  private static final int MAGIC = 0x8b1f;
  private static final int HEADER_CRC = 1 << 1;
  private static final int EXTRA = 1 << 2;
  private static final int NAME = 1 << 3;
  private static final int COMMENT = 1 << 4;
  private static final int RESERVED = 0xe0;
  private static final int LONGEST_TEXT = 1 << 16;

  private Gzip() {}

  static void decode(ByteCursor in, Output out) throws IOException, FormatException {
    try (Deflate deflate = new Deflate(true, in.remaining())) {
      do {
        header(in);
        CRC32 crc = new CRC32();
        long start = out.size();
        out.sum(crc::update);
        deflate.stream(in, out, "gzip data");
        out.noSum();
        long declared = in.u32("gzip CRC-32");
        if (declared != crc.getValue()) {
          out.failed(
              in.malformed(
                  "gzip CRC-32",
                  String.format("declares %08x but is %08x", declared, crc.getValue())));
        }
        long size = in.u32("gzip plain size");
        if (size != ((out.size() - start) & 0xffff_ffffL)) {
          out.failed(
              in.malformed(
                  "gzip plain size", "declares " + size + " but is " + (out.size() - start)));
        }
      } while (startsMember(in));
    }
  }

  private static boolean startsMember(ByteCursor in) throws IOException, FormatException {
    if (in.remaining() < 2) {
      return false;
    }
    long here = in.position();
    boolean starts = in.u16("gzip magic") == MAGIC;
    in.seek(here);
    return starts;
  }

  private static void header(ByteCursor in) throws IOException, FormatException {
    if (in.u16("gzip magic") != MAGIC) {
      throw in.malformed("gzip magic", "is not 1f 8b");
    }
    int method = in.u8("gzip method");
    if (method != 8) {
      throw new FormatException.Unsupported(
          in.where("gzip method"), in.position() - 1, "compression method " + method);
    }
    int flags = in.u8("gzip flags");
    if ((flags & RESERVED) != 0) {
      throw in.malformed("gzip flags", "reserved bits are set: " + flags);
    }
    in.skip("gzip time, level and system", 6);
    if ((flags & EXTRA) != 0) {
      in.skip("gzip extra field", in.u16("gzip extra length"));
    }
    if ((flags & NAME) != 0) {
      passText(in, "gzip file name");
    }
    if ((flags & COMMENT) != 0) {
      passText(in, "gzip comment");
    }
    if ((flags & HEADER_CRC) != 0) {
      in.u16("gzip header CRC");
    }
  }

  private static void passText(ByteCursor in, String field) throws IOException, FormatException {
    long start = in.position();
    while (in.u8(field) != 0) {
      if (in.position() - start > LONGEST_TEXT) {
        throw new FormatException.LimitExceeded(
            in.where(field), start, "longer than the limit of " + LONGEST_TEXT + " bytes");
      }
    }
  }
}
