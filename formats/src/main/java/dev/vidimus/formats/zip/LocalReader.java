package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Reads local headers and data descriptors.
final class LocalReader {
  static final int SIGNATURE = 0x0403_4b50;
  private static final int DESCRIPTOR_SIGNATURE = 0x0807_4b50;
  private static final int SIZE = 30;
  private static final int USUAL = 256;
  private static final int LONGEST_DESCRIPTOR = 24;

  private final Bytes bytes;
  private final byte[] usual = new byte[USUAL];

  LocalReader(Bytes bytes) {
    this.bytes = bytes;
  }

  /// The local header at a position, or null if there is none that ends inside the file.
  @Nullable LocalHeader read(long at) throws IOException {
    long behind = bytes.size() - at;
    if (at < 0 || behind < SIZE) {
      return null;
    }
    Fields fields = new Fields(usual, 0);
    bytes.read(at, usual, 0, (int) Math.min(behind, USUAL));
    if (fields.u32(0) != SIGNATURE) {
      return null;
    }
    int name = fields.u16(26);
    int extra = fields.u16(28);
    int size = SIZE + name + extra;
    if (size > behind) {
      return null;
    }
    if (size > USUAL) {
      fields = Fields.read(bytes, at, size);
    }
    ExtraFields.Zip64 sizes =
        new ExtraFields(fields, SIZE + name, extra).zip64(fields.u32(22), fields.u32(18), 0);
    return new LocalHeader(
        at,
        fields.text(SIZE, name),
        fields.u16(6),
        fields.u16(8),
        fields.u32(14),
        sizes.packed(),
        sizes.size(),
        at + size);
  }

  /// What stands behind a member's data.
  ///
  /// @param length its bytes, 0 if there is none
  /// @param differs whether it contradicts what was expected
  record Descriptor(long crc, long packed, long size, int length, boolean differs) {
    static final Descriptor NONE = new Descriptor(0, 0, 0, 0, false);
  }

  /// The data descriptor at a position, in whichever of its four shapes agrees with what the
  /// directory says; if none does, the shape with a signature.
  Descriptor descriptor(long at, long crc, long packed, long size) throws IOException {
    byte[] around = new byte[LONGEST_DESCRIPTOR];
    int there = (int) Math.min(LONGEST_DESCRIPTOR, bytes.size() - at);
    if (there < 12) {
      return Descriptor.NONE;
    }
    bytes.read(at, around, 0, there);
    Fields fields = new Fields(around, 0);
    boolean signed = fields.u32(0) == DESCRIPTOR_SIGNATURE;
    for (int head = signed ? 4 : 0; head >= 0; head -= 4) {
      Fields body = fields.from(head);
      if (body.u32(0) != crc) {
        continue;
      }
      if (head + 20 <= there && body.i64(4) == packed && body.i64(12) == size) {
        return new Descriptor(crc, packed, size, head + 20, false);
      }
      if (body.u32(4) == (packed & 0xffff_ffffL) && body.u32(8) == (size & 0xffff_ffffL)) {
        return new Descriptor(crc, packed, size, head + 12, false);
      }
    }
    return signed && there >= 16
        ? new Descriptor(fields.u32(4), fields.u32(8), fields.u32(12), 16, true)
        : Descriptor.NONE;
  }
}
