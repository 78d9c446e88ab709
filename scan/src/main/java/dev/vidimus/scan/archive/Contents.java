package dev.vidimus.scan.archive;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Location;
import dev.vidimus.scan.inspection.Inspection;
import java.io.IOException;
import java.util.zip.CRC32;

/// Measures of what came out of a container.
final class Contents {
  private static final long BOMB_SIZE = 16 << 20;
  private static final long BOMB_RATIO = 200;
  private static final long LARGEST_ARRAY = 1 << 30;
  private static final int CHUNK = 1 << 16;

  private Contents() {}

  /// CRC-32 of all bytes.
  static long crc(Bytes bytes) throws IOException {
    CRC32 crc = new CRC32();
    byte[] chunk = new byte[(int) Math.min(CHUNK, bytes.size())];
    for (long at = 0; at < bytes.size(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, bytes.size() - at);
      bytes.read(at, chunk, 0, length);
      crc.update(chunk, 0, length);
    }
    return crc.getValue();
  }

  /// True if there is nothing but zeros from an offset on.
  static boolean isZero(Bytes bytes, long from) throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK, bytes.size() - from)];
    for (long at = from; at < bytes.size(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, bytes.size() - at);
      bytes.read(at, chunk, 0, length);
      for (int i = 0; i < length; i++) {
        if (chunk[i] != 0) {
          return false;
        }
      }
    }
    return true;
  }

  /// Reports content that is very much larger than what it was packed into.
  static void checkRatio(Bytes content, long packed, Location member, Inspection inspection)
      throws IOException {
    long size = content.size();
    if (size <= BOMB_SIZE || size / BOMB_RATIO <= packed || isArray(content)) {
      return;
    }
    inspection.report(
        ArchiveRule.BOMB.at(
            member,
            "%d bytes inflate to %d, %d to 1".formatted(packed, size, size / Math.max(1, packed)),
            ""));
  }

  /// An array of zeros compresses as well as a bomb does. Its size stands in its own header, and
  /// its own scanner accounts for every byte of it.
  private static boolean isArray(Bytes content) throws IOException {
    byte[] head = content.head(2);
    boolean npy = head[0] == (byte) 0x93 && head[1] == 'N';
    boolean pickle = head[0] == (byte) 0x80 && head[1] >= 2 && head[1] <= 5;
    return content.size() <= LARGEST_ARRAY && (npy || pickle);
  }
}
