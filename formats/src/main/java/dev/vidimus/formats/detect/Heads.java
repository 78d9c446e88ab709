package dev.vidimus.formats.detect;

import java.util.List;

/// Formats that are known by the sense that their first bytes make, because they have no signature
/// of their own or one too short to be trusted.
final class Heads {
  private static final int TAR_BLOCK = 512;
  private static final int TAR_CHECKSUM = 148;
  private static final int TAR_CHECKSUM_SIZE = 8;

  private Heads() {}

  /// Adds every format whose header the head could be.
  ///
  /// @param size size of the whole file in bytes
  static void addTo(List<Format> found, byte[] head, long size) {
    add(found, Format.SAFETENSORS, safetensors(head, size));
    add(found, Format.TAR, tar(head));
    add(found, Format.BZIP2, bzip2(head));
    add(found, Format.ZLIB, zlib(head));
    add(found, Format.LZMA, lzma(head));
    add(found, Format.PE, pe(head));
    add(found, Format.MACH_O, machFat(head));
    add(found, Format.JAVA_CLASS, javaClass(head));
    add(found, Format.PYTHON_BYTECODE, pythonBytecode(head));
    add(found, Format.ONNX, ProtoHead.isOnnx(head, size));
    add(found, Format.TENSORFLOW, ProtoHead.isTensorflow(head, size));
    add(found, Format.SENTENCEPIECE, ProtoHead.isSentencePiece(head, size));
    add(found, Format.TIKTOKEN, TextHead.isTiktoken(head));
    addSkippable(found, head);
  }

  private static void add(List<Format> found, Format format, boolean plausible) {
    if (plausible && !found.contains(format)) {
      found.add(format);
    }
  }

  /// A length that the file has room for, and the brace that the header must begin with.
  private static boolean safetensors(byte[] head, long size) {
    if (head.length < 10 || head[8] != '{') {
      return false;
    }
    long length = u32(head, 0) | u32(head, 4) << 32;
    return length >= 2 && length <= size - 8;
  }

  /// A header whose checksum is right: the sum of its bytes, signed or not, the checksum's own
  /// bytes taken as spaces. Old archives have nothing else to know them by.
  static boolean tar(byte[] head) {
    if (head.length < TAR_BLOCK) {
      return false;
    }
    int unsigned = 0;
    int signed = 0;
    for (int i = 0; i < TAR_BLOCK; i++) {
      boolean own = i >= TAR_CHECKSUM && i < TAR_CHECKSUM + TAR_CHECKSUM_SIZE;
      unsigned += own ? ' ' : head[i] & 0xff;
      signed += own ? ' ' : head[i];
    }
    int declared = octal(head, TAR_CHECKSUM, TAR_CHECKSUM_SIZE);
    return declared >= 0 && (declared == unsigned || declared == signed);
  }

  /// @return -1 if there are no octal digits
  private static int octal(byte[] head, int from, int length) {
    int at = from;
    int end = from + length;
    while (at < end && head[at] == ' ') {
      at++;
    }
    int value = -1;
    for (; at < end && head[at] >= '0' && head[at] <= '7'; at++) {
      value = Math.max(value, 0) * 8 + head[at] - '0';
    }
    return at == end || head[at] == 0 || head[at] == ' ' ? value : -1;
  }

  /// `BZh`, a level, and the magic number of a block (pi) or of the end (its square root).
  private static boolean bzip2(byte[] head) {
    return head.length >= 10
        && head[0] == 'B'
        && head[1] == 'Z'
        && head[2] == 'h'
        && head[3] >= '1'
        && head[3] <= '9'
        && ((u32Big(head, 4) == 0x31415926L && head[8] == 0x53)
            || (u32Big(head, 4) == 0x17724538L && head[8] == 0x50));
  }

  /// The two bytes of [RFC 1950](https://www.rfc-editor.org/rfc/rfc1950), a window of 32 KiB, no
  /// dictionary, and a first block that [RFC 1951](https://www.rfc-editor.org/rfc/rfc1951) allows.
  /// Two bytes alone would see zlib in one of 16,000 tensors.
  private static boolean zlib(byte[] head) {
    if (head.length < 8 || head[0] != 0x78 || (head[1] & 0x20) != 0) {
      return false;
    }
    if (((head[0] & 0xff) << 8 | (head[1] & 0xff)) % 31 != 0) {
      return false;
    }
    return DeflateStart.plausible(head, 2);
  }

  /// The header of LZMA without a container: properties, a dictionary size that encoders write, an
  /// unknown or sane size, and the zero byte that the range coder begins with.
  private static boolean lzma(byte[] head) {
    if (head.length < 14 || (head[0] & 0xff) >= 9 * 5 * 5 || head[13] != 0) {
      return false;
    }
    long dictionary = u32(head, 1);
    long folded = dictionary;
    while (folded != 0 && (folded & 1) == 0) {
      folded >>= 1;
    }
    if (dictionary < 1 << 12 || (folded != 1 && folded != 3 && dictionary != 0xffff_ffffL)) {
      return false;
    }
    long size = u32(head, 5) | u32(head, 9) << 32;
    return size == -1 || (size > 0 && size < 1L << 38);
  }

  /// `MZ`, and `PE` at the place that byte 60 names, which linkers put within the first page.
  private static boolean pe(byte[] head) {
    if (head.length < 64 || head[0] != 'M' || head[1] != 'Z') {
      return false;
    }
    long at = u32(head, 60);
    return at + 4 <= head.length && head[(int) at] == 'P' && head[(int) at + 1] == 'E';
  }

  /// Mach-O for several machines and Java classes share their first four bytes. What follows is a
  /// count of machines or the version of the class file, which began at 45.
  private static boolean machFat(byte[] head) {
    return head.length >= 8
        && (u32Big(head, 0) == 0xcafe_babeL || u32Big(head, 0) == 0xcafe_babfL)
        && u32Big(head, 4) < 45;
  }

  private static boolean javaClass(byte[] head) {
    return head.length >= 8 && u32Big(head, 0) == 0xcafe_babeL && (u32Big(head, 4) & 0xffff) >= 45;
  }

  /// The magic number of CPython 3.0 to 3.15, and the line end that follows it since 1990; then
  /// flags below 4.
  private static boolean pythonBytecode(byte[] head) {
    if (head.length < 16 || head[2] != '\r' || head[3] != '\n') {
      return false;
    }
    int version = (head[0] & 0xff) | (head[1] & 0xff) << 8;
    return version >= 3000 && version < 3800 && u32(head, 4) < 4;
  }

  /// Passes over the skippable frames that zstd and LZ4 share, and looks at what follows them.
  private static void addSkippable(List<Format> found, byte[] head) {
    long at = 0;
    while (at + 8 <= head.length && (u32(head, (int) at) & 0xffff_fff0L) == 0x184d_2a50L) {
      at += 8 + u32(head, (int) at + 4);
    }
    if (at == 0) {
      return;
    }
    boolean lz4 = at + 4 <= head.length && u32(head, (int) at) == 0x184d_2204L;
    add(found, lz4 ? Format.LZ4 : Format.ZSTD, true);
  }

  static long u32(byte[] head, int at) {
    return Integer.toUnsignedLong(
        (head[at] & 0xff)
            | (head[at + 1] & 0xff) << 8
            | (head[at + 2] & 0xff) << 16
            | (head[at + 3] & 0xff) << 24);
  }

  private static long u32Big(byte[] head, int at) {
    return Integer.toUnsignedLong(Integer.reverseBytes((int) u32(head, at)));
  }
}
