package dev.vidimus.artifact.json;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/// Decodes UTF-8 by the letter of [RFC 3629](https://www.rfc-editor.org/rfc/rfc3629): no overlong
/// form, no surrogate, nothing over U+10FFFF. Knows which byte a character came from.
final class Utf8Reader extends Reader {
  private static final int CHUNK = 1 << 13;

  private final Bytes bytes;
  private final byte[] chunk = new byte[CHUNK];
  private int at;
  private int filled;

  /// Position of `chunk[0]` in the source.
  private long base;

  private long decoded;

  // For each chunk where it begins, in bytes and in characters: error offsets are byte offsets.
  private long[] chunkBytes = new long[4];
  private long[] chunkChars = new long[4];
  private int chunks;

  // Where the last question about an offset was answered.
  private int askedChunk = -1;
  private byte[] asked = {};
  private int askedAt;
  private long askedChars;

  private char pendingLow;

  Utf8Reader(Bytes bytes) {
    this.bytes = bytes;
  }

  /// Thrown through Jackson, which does not know what it means.
  static final class InvalidUtf8 extends IOException {
    private static final long serialVersionUID = 1L;

    final long offset;

    InvalidUtf8(long offset) {
      super("not UTF-8");
      this.offset = offset;
    }
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    int to = from;
    int end = from + length;
    while (to < end) {
      if (pendingLow != 0) {
        into[to++] = pendingLow;
        pendingLow = 0;
        continue;
      }
      if (at == filled && !fill(to - from)) {
        break;
      }
      byte b = chunk[at];
      if (b >= 0) {
        into[to++] = (char) b;
        at++;
        continue;
      }
      int point = longPoint(to - from);
      if (point < 0x10000) {
        into[to++] = (char) point;
      } else {
        into[to++] = Character.highSurrogate(point);
        pendingLow = Character.lowSurrogate(point);
      }
    }
    decoded += to - from;
    return to == from && length > 0 ? -1 : to - from;
  }

  /// Decodes a character of two to four bytes.
  private int longPoint(int sinceRead) throws IOException {
    int first = chunk[at] & 0xff;
    int length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    if (first < 0xc2 || first > 0xf4) {
      throw new InvalidUtf8(base + at);
    }
    if (filled - at < length && !(refill(sinceRead) && filled - at >= length)) {
      throw new InvalidUtf8(base + at);
    }
    int point = first & (0xff >> (length + 1));
    for (int i = 1; i < length; i++) {
      int next = chunk[at + i] & 0xff;
      if ((next & 0xc0) != 0x80) {
        throw new InvalidUtf8(base + at);
      }
      point = point << 6 | (next & 0x3f);
    }
    boolean overlong = (length == 3 && point < 0x800) || (length == 4 && point < 0x10000);
    if (overlong || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) {
      throw new InvalidUtf8(base + at);
    }
    at += length;
    return point;
  }

  /// Brings the rest of a character that the end of the chunk cut.
  private boolean refill(int sinceRead) throws IOException {
    int kept = filled - at;
    System.arraycopy(chunk, at, chunk, 0, kept);
    return load(kept, sinceRead);
  }

  private boolean fill(int sinceRead) throws IOException {
    return load(0, sinceRead);
  }

  private boolean load(int kept, int sinceRead) throws IOException {
    base += at;
    at = 0;
    int more = (int) Math.min(CHUNK - kept, bytes.size() - base - kept);
    filled = kept + more;
    if (more == 0) {
      return false;
    }
    bytes.read(base + kept, chunk, kept, more);
    remember(base, decoded + sinceRead);
    return true;
  }

  private void remember(long byteOffset, long charOffset) {
    if (chunks == chunkBytes.length) {
      chunkBytes = Arrays.copyOf(chunkBytes, chunks * 2);
      chunkChars = Arrays.copyOf(chunkChars, chunks * 2);
    }
    chunkBytes[chunks] = byteOffset;
    chunkChars[chunks++] = charOffset;
  }

  /// The byte that a character already read came from. Asked in rising order, all answers together
  /// cost one more pass over the source.
  ///
  /// @param chars zero-based position in UTF-16 units
  long byteOffset(long chars) throws IOException {
    if (chunks == 0) {
      return 0;
    }
    int found = Arrays.binarySearch(chunkChars, 0, chunks, chars);
    int index = found >= 0 ? found : Math.max(-found - 2, 0);
    if (index != askedChunk || chars < askedChars) {
      if (index != askedChunk) {
        askedChunk = index;
        asked =
            bytes.array(chunkBytes[index], (int) Math.min(CHUNK, bytes.size() - chunkBytes[index]));
      }
      askedAt = 0;
      askedChars = chunkChars[index];
    }
    while (askedChars < chars && askedAt < asked.length) {
      int first = asked[askedAt] & 0xff;
      askedChars += first >= 0xf0 ? 2 : 1;
      askedAt += first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    }
    return Math.min(chunkBytes[index] + askedAt, bytes.size());
  }

  @Override
  public void close() {}
}
