package dev.vidimus.formats.detect;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;

/// Whether Python's zipfile would open the bytes: it looks for the end of central directory record
/// in the last 64 KiB, so a zip can hide behind anything.
final class ZipTail {
  private static final int RECORD = 22;
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int LOCATOR = 20;

  private ZipTail() {}

  /// Reads the last 65,557 bytes at most, and four more to see a central directory.
  static boolean present(Bytes bytes) throws IOException {
    long size = bytes.size();
    int length = (int) Math.min(RECORD + LONGEST_COMMENT, size);
    byte[] tail = bytes.array(size - length, length);
    for (int i = length - RECORD; i >= 0; i--) {
      if (tail[i] == 'P'
          && tail[i + 1] == 'K'
          && tail[i + 2] == 5
          && tail[i + 3] == 6
          && plausible(bytes, size - length + i, tail, i)) {
        return true;
      }
    }
    return false;
  }

  /// A directory must end where the record begins, or stand where the record says; in ZIP64 the
  /// record says neither.
  private static boolean plausible(Bytes bytes, long record, byte[] tail, int i)
      throws IOException {
    long directorySize = Heads.u32(tail, i + 12);
    long directoryOffset = Heads.u32(tail, i + 16);
    if (directorySize == 0) {
      return (tail[i + 8] | tail[i + 9] | tail[i + 10] | tail[i + 11]) == 0; // no entries
    }
    return directorySize == 0xffff_ffffL
        || directoryOffset == 0xffff_ffffL
        || isDirectory(bytes, record - directorySize)
        || isDirectory(bytes, directoryOffset)
        || isLocator(bytes, record - LOCATOR);
  }

  /// ZIP64 stands between directory and record; with bytes in front of it nothing else fits.
  private static boolean isLocator(Bytes bytes, long at) throws IOException {
    if (at < 0) {
      return false;
    }
    byte[] signature = bytes.array(at, 4);
    return signature[0] == 'P' && signature[1] == 'K' && signature[2] == 6 && signature[3] == 7;
  }

  private static boolean isDirectory(Bytes bytes, long at) throws IOException {
    if (at < 0 || at + 4 > bytes.size()) {
      return false;
    }
    byte[] signature = bytes.array(at, 4);
    return signature[0] == 'P' && signature[1] == 'K' && signature[2] == 1 && signature[3] == 2;
  }
}
