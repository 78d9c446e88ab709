package dev.vidimus.formats.tar;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;

/// A header block: 512 bytes of fixed text fields, IEEE Std 1003.1 `pax`, "ustar Interchange
/// Format".
final class Block {
  static final int SIZE = 512;
  private static final int CHECKSUM = 148;
  private static final int CHECKSUM_LENGTH = 8;

  private final byte[] bytes;

  /// @param bytes of the block; not copied
  Block(byte[] bytes) {
    this.bytes = bytes;
  }

  /// The byte at an offset, 0 to 255.
  int u8(int at) {
    return bytes[at] & 0xff;
  }

  boolean isZero() {
    for (byte each : bytes) {
      if (each != 0) {
        return false;
      }
    }
    return true;
  }

  /// True if the sum over the block is what it declares, taken as unsigned or, as some old writers
  /// did, as signed bytes.
  boolean hasChecksum() {
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < SIZE; i++) {
      boolean blank = i >= CHECKSUM && i < CHECKSUM + CHECKSUM_LENGTH;
      unsigned += blank ? ' ' : bytes[i] & 0xff;
      signed += blank ? ' ' : bytes[i];
    }
    long declared = octal(CHECKSUM, CHECKSUM_LENGTH);
    return declared == unsigned || declared == signed;
  }

  int flag() {
    return u8(156);
  }

  /// The path; POSIX splits long ones.
  String name() {
    String name = text(0, 100);
    boolean posix = text(257, 6).equals("ustar"); // GNU writes "ustar  " and other things behind
    String prefix = posix ? text(345, 155) : "";
    return prefix.isEmpty() ? name : prefix + "/" + name;
  }

  String link() {
    return text(157, 100);
  }

  /// Data bytes behind the header.
  long size(ByteCursor in) throws FormatException {
    return number(in, "tar size", 124, 12);
  }

  /// Text up to the first NUL.
  String text(int at, int length) {
    int end = at;
    while (end < at + length && bytes[end] != 0) {
      end++;
    }
    return decoded(bytes, at, end - at);
  }

  static String decoded(byte[] bytes, int at, int length) {
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    return text.indexOf('\ufffd') < 0
        ? text
        : new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }

  /// A number in octal text or, with the first bit set, in base 256 as GNU and star write it.
  ///
  /// @param in stands behind the block, for errors
  long number(ByteCursor in, String field, int at, int length) throws FormatException {
    if ((bytes[at] & 0x80) != 0) {
      return base256(in, field, at, length);
    }
    long value = octal(at, length);
    if (value < 0) {
      throw in.malformed(field, "is not an octal number");
    }
    return value;
  }

  private long base256(ByteCursor in, String field, int at, int length) throws FormatException {
    long value = bytes[at] & 0x7f;
    for (int i = at + 1; i < at + length; i++) {
      if (value >>> 55 != 0) {
        throw in.malformed(field, "is a base-256 number over 63 bits");
      }
      value = (value << 8) | (bytes[i] & 0xff);
    }
    return value;
  }

  /// Octal digits between blanks; -1 if there is anything else. No digits at all mean 0.
  private long octal(int at, int length) {
    long value = 0;
    int i = at;
    int end = at + length;
    while (i < end && bytes[i] == ' ') {
      i++;
    }
    while (i < end && bytes[i] >= '0' && bytes[i] <= '7') {
      value = (value << 3) | (bytes[i++] - '0');
    }
    return i == end || bytes[i] == 0 || bytes[i] == ' ' ? value : -1;
  }
}
