package dev.vidimus.evidence.trust;

import dev.vidimus.artifact.FormatException;
import java.util.ArrayDeque;
import java.util.Deque;

/// Proves that bytes are one value in DER, as far as tags and lengths go, before a decoder that
/// recurses sees them: every length is definite and lies within what surrounds it, and nothing is
/// nested deeply.
public final class DerShape {
  private static final int DEEPEST = 32;
  private static final int CONSTRUCTED = 0x20;
  private static final int MANY_BYTE_TAG = 0x1f;

  private DerShape() {}

  /// @param most bytes that are taken
  /// @throws FormatException if they are not of that shape, or over a limit
  public static void require(byte[] der, int most, String where) throws FormatException {
    if (der.length > most) {
      throw new FormatException.LimitExceeded(
          where, 0, der.length + " bytes, over the limit of " + most);
    }
    Deque<Integer> ends = new ArrayDeque<>();
    ends.push(der.length);
    int at = 0;
    boolean first = true;
    while (first || at < der.length) {
      if (!first && ends.size() == 1) {
        throw malformed(where, at, "has bytes behind its value");
      }
      first = false;
      int end = ends.element();
      int tag = at;
      int length = at + tagLength(der, at, end, where);
      int header = lengthLength(der, length, end, where);
      int count = length(der, length, header);
      at = length + header;
      if (count > end - at) {
        throw malformed(where, tag, "declares " + count + " bytes but " + (end - at) + " follow");
      }
      if ((der[tag] & CONSTRUCTED) != 0) {
        if (ends.size() > DEEPEST) {
          throw new FormatException.LimitExceeded(
              where, at, "nested deeper than the limit of " + DEEPEST);
        }
        ends.push(at + count);
      } else {
        at += count;
      }
      while (ends.size() > 1 && at == ends.element()) {
        ends.pop();
      }
    }
  }

  private static int tagLength(byte[] der, int at, int end, String where) throws FormatException {
    int next = at + 1;
    if (at < end && (der[at] & MANY_BYTE_TAG) == MANY_BYTE_TAG) {
      while (next < end && der[next] < 0) {
        next++;
      }
      next++;
    }
    if (next >= end) {
      throw malformed(where, at, "ends within a tag");
    }
    return next - at;
  }

  private static int lengthLength(byte[] der, int at, int end, String where)
      throws FormatException {
    int octets = der[at] >= 0 ? 0 : der[at] & 0x7f;
    if (der[at] < 0 && (octets == 0 || octets > 3)) {
      throw malformed(where, at, "has a length that is not definite, or of 2^24 and more");
    }
    if (octets >= end - at) {
      throw malformed(where, at, "ends within a length");
    }
    return 1 + octets;
  }

  private static int length(byte[] der, int at, int header) {
    if (header == 1) {
      return der[at];
    }
    int length = 0;
    for (int i = 1; i < header; i++) {
      length = (length << 8) | (der[at + i] & 0xff);
    }
    return length;
  }

  private static FormatException malformed(String where, int at, String problem) {
    return new FormatException.Malformed(where, at, problem);
  }
}
