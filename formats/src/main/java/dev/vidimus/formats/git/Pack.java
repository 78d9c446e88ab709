package dev.vidimus.formats.git;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/// Reads objects of a pack by their place
/// ([gitformat-pack](https://git-scm.com/docs/gitformat-pack), "pack-*.pack files").
final class Pack {
  private static final int OFS_DELTA = 6;
  private static final int REF_DELTA = 7;
  private static final int LONGEST_CHAIN = 4096; // git writes 4,095 at most
  private static final int DELTA_SIZES = 20; // two sizes of 63 bits need no more

  private final Bytes bytes;
  private final String source;
  private final Bases bases;

  /// Finds the base of a delta that is named, not placed.
  @FunctionalInterface
  interface Bases {
    GitObject read(ObjectId id) throws IOException, FormatException;
  }

  Pack(Bytes bytes, String source, Bases bases) {
    this.bytes = bytes;
    this.source = source;
    this.bases = bases;
  }

  /// Reads the object that begins at an offset.
  ///
  /// @param most the largest content worth reading, in bytes
  GitObject read(long offset, int most) throws IOException, FormatException {
    Deque<byte[]> deltas = new ArrayDeque<>();
    long deltaBytes = 0;
    long at = offset;
    while (true) {
      Entry entry = entry(at);
      byte[] content = content(entry, at, most);
      ObjectType type = ObjectType.of(entry.code);
      if (type != null) {
        return new GitObject(type, applied(content, deltas, most));
      }
      deltaBytes += content.length;
      if (deltas.size() == LONGEST_CHAIN || deltaBytes > most) {
        throw new FormatException.LimitExceeded(
            source + ": delta", offset, "a chain of more than " + LONGEST_CHAIN + " deltas");
      }
      deltas.push(content);
      if (entry.base != null) {
        GitObject base = bases.read(entry.base);
        return new GitObject(base.type(), applied(base.content(), deltas, most));
      }
      at = entry.baseOffset; // always before this one, so that a chain ends
    }
  }

  private byte[] applied(byte[] base, Deque<byte[]> deltas, int most)
      throws IOException, FormatException {
    byte[] content = base;
    while (!deltas.isEmpty()) {
      content = Delta.applied(content, deltas.pop(), source, most);
    }
    return content;
  }

  /// The size of the object that begins at an offset, reading as little as possible.
  long size(long offset) throws IOException, FormatException {
    Entry entry = entry(offset);
    if (ObjectType.of(entry.code) != null) {
      return entry.size;
    }
    ByteCursor cursor = cursor(entry.dataOffset);
    try (Inflated stream = new Inflated(cursor)) {
      return Delta.resultSize(stream.upTo(DELTA_SIZES), source);
    }
  }

  /// @param size of the inflated data
  /// @param base named by a REF_DELTA; otherwise null
  /// @param baseOffset placed by an OFS_DELTA; otherwise -1
  private record Entry(
      int code, long size, @Nullable ObjectId base, long baseOffset, long dataOffset) {}

  private Entry entry(long offset) throws IOException, FormatException {
    ByteCursor cursor = cursor(offset);
    int b = cursor.u8("entry");
    int code = b >> 4 & 7;
    long size = b & 0xf;
    for (int shift = 4; (b & 0x80) != 0; shift += 7) {
      if (shift > 55) {
        throw cursor.malformed("entry size", "does not fit 62 bits");
      }
      b = cursor.u8("entry size");
      size |= (long) (b & 0x7f) << shift;
    }
    if (code == OFS_DELTA) {
      long distance = distance(cursor);
      if (distance <= 0 || distance >= offset) {
        throw cursor.malformed("delta base", "lies " + distance + " bytes before " + offset);
      }
      return new Entry(code, size, null, offset - distance, cursor.position());
    }
    if (code == REF_DELTA) {
      ObjectId base = ObjectId.of(cursor.array("delta base", ObjectId.BYTES), 0);
      return new Entry(code, size, base, -1, cursor.position());
    }
    if (ObjectType.of(code) == null) {
      throw cursor.malformed("entry", "is of unknown type " + code);
    }
    return new Entry(code, size, null, -1, cursor.position());
  }

  /// Seven bits a byte, the highest first, each but the last one too small.
  private static long distance(ByteCursor cursor) throws IOException, FormatException {
    int b = cursor.u8("delta base");
    long distance = b & 0x7f;
    for (int i = 0; (b & 0x80) != 0; i++) {
      if (i == 8) {
        throw cursor.malformed("delta base", "does not fit 63 bits");
      }
      b = cursor.u8("delta base");
      distance = (distance + 1) << 7 | (b & 0x7f);
    }
    return distance;
  }

  private byte[] content(Entry entry, long offset, int most) throws IOException, FormatException {
    if (entry.size > most) {
      throw new FormatException.LimitExceeded(
          source + ": entry", offset, entry.size + " bytes, over the limit of " + most);
    }
    ByteCursor cursor = cursor(entry.dataOffset);
    try (Inflated stream = new Inflated(cursor)) {
      byte[] content = stream.upTo((int) entry.size);
      if (content.length < entry.size) {
        throw cursor.malformed(
            "entry", "declares " + entry.size + " bytes but has " + content.length);
      }
      stream.end();
      return content;
    }
  }

  private ByteCursor cursor(long offset) throws FormatException {
    if (offset < 0 || offset >= bytes.size()) {
      throw new FormatException.Malformed(
          source + ": entry", offset, "lies outside the pack of " + bytes.size() + " bytes");
    }
    ByteCursor cursor = new ByteCursor(bytes, source);
    cursor.seek(offset);
    return cursor;
  }
}
