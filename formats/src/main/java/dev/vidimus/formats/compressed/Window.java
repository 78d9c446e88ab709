package dev.vidimus.formats.compressed;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.Arrays;

/// The last bytes that an LZ77 decoder produced, which its matches copy from.
///
/// It grows with what was produced, so that a header that claims a huge dictionary costs nothing,
/// and keeps at most 64 MiB: a match that reaches further back exceeds a limit.
final class Window {
  /// Bytes that matches can reach back, whatever the header allows.
  static final int MOST_REACH = 1 << 26;

  private static final int FIRST = 1 << 12;
  private static final int LEAST_SLACK = 1 << 18;
  private static final int MOST_SLACK = 1 << 22;

  private final Output out;
  private final long allowed;
  private final int reach;
  private final int capacity;
  private byte[] buffer = new byte[FIRST];
  private int filled;
  private int written;

  /// Bytes since the last reset: a match cannot reach behind it.
  private long total;

  /// @param allowed how far back the format lets matches reach, in bytes, unsigned
  Window(Output out, long allowed) {
    this.out = out;
    this.allowed = allowed < 0 ? Long.MAX_VALUE : allowed;
    this.reach = (int) Math.min(this.allowed, MOST_REACH);
    this.capacity = reach + Math.clamp(reach, LEAST_SLACK, MOST_SLACK);
  }

  /// Bytes produced since the last reset.
  long total() {
    return total;
  }

  /// Forgets what was produced: matches no longer reach it.
  void reset() {
    total = 0;
  }

  /// The byte at a distance; 0 before the first.
  int back(int distance) {
    return distance <= filled && distance <= total ? buffer[filled - distance] & 0xff : 0;
  }

  void put(int value) throws IOException, FormatException {
    if (filled == buffer.length) {
      makeRoom(1);
    }
    buffer[filled++] = (byte) value;
    total++;
  }

  /// Reads bytes that are stored as they are.
  void copy(ByteCursor in, String field, int length) throws IOException, FormatException {
    int left = length;
    while (left > 0) {
      int part = (int) Math.min(Math.min(left, LEAST_SLACK), in.remaining());
      if (part == 0) {
        throw in.malformed(field, "needs " + left + " more bytes but 0 follow");
      }
      makeRoom(part);
      in.array(field, buffer, filled, part);
      filled += part;
      total += part;
      left -= part;
    }
  }

  void put(byte[] from, int at, int length) throws IOException, FormatException {
    int done = 0;
    while (done < length) {
      int part = Math.min(length - done, LEAST_SLACK);
      makeRoom(part);
      System.arraycopy(from, at + done, buffer, filled, part);
      filled += part;
      done += part;
    }
    total += length;
  }

  void repeat(int value, int length) throws IOException, FormatException {
    int left = length;
    while (left > 0) {
      int part = Math.min(left, LEAST_SLACK);
      makeRoom(part);
      Arrays.fill(buffer, filled, filled + part, (byte) value);
      filled += part;
      left -= part;
    }
    total += length;
  }

  /// Copies a match; source and target may overlap, as LZ77 means them to.
  ///
  /// @param distance bytes back, at least 1
  void match(ByteCursor in, String field, long distance, int length)
      throws IOException, FormatException {
    requireReach(in, field, distance);
    int back = (int) distance;
    int left = length;
    while (left > 0) {
      int part = Math.min(left, LEAST_SLACK);
      makeRoom(part);
      int from = filled - back;
      if (back >= part) {
        System.arraycopy(buffer, from, buffer, filled, part);
      } else if (back == 1) {
        Arrays.fill(buffer, filled, filled + part, buffer[from]);
      } else {
        for (int i = 0; i < part; i++) {
          buffer[filled + i] = buffer[from + i];
        }
      }
      filled += part;
      left -= part;
    }
    total += length;
  }

  private void requireReach(ByteCursor in, String field, long distance) throws FormatException {
    if (distance <= 0 || distance > total || distance > allowed) {
      throw in.malformed(
          field,
          "reaches back "
              + distance
              + " bytes, but "
              + Math.min(total, allowed)
              + " can be reached");
    }
    if (distance > reach) {
      throw new FormatException.LimitExceeded(
          in.where(field),
          in.position(),
          "reaches back " + distance + " bytes, over the limit of " + reach);
    }
  }

  /// Makes room for a part that is not longer than the least slack.
  private void makeRoom(int part) throws IOException, FormatException {
    if (buffer.length - filled >= part) {
      return;
    }
    if (filled + part > capacity) {
      flush();
      int kept = Math.min(filled, reach);
      System.arraycopy(buffer, filled - kept, buffer, 0, kept);
      filled = kept;
      written = kept;
    }
    if (buffer.length - filled < part) {
      int doubled = Math.min(capacity, Math.max(buffer.length * 2, filled + part));
      buffer = Arrays.copyOf(buffer, doubled);
    }
  }

  /// Hands on what was not handed on yet.
  void flush() throws IOException, FormatException {
    int from = written;
    written = filled; // first, so that a limit is met once only
    if (filled > from) {
      out.write(buffer, from, filled - from);
    }
  }
}
