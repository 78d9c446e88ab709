package dev.vidimus.formats.protobuf;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A checked way through the fields of a message and of the messages inside it, in the order of
/// their bytes ([encoding](https://protobuf.dev/programming-guides/encoding/)).
///
/// [#next] moves to a field; then [#tag] says which it is. The value of a number is at hand in
/// [#value]; a field of bytes has a [#length], and is read by [#text], entered as a message by
/// [#enter], or passed over by the next [#next]. As in the loaders, a field of an unexpected number
/// or wire type is for the caller to ignore.
public final class ProtoReader {
  /// Wire types; a tag is a field's number shifted left by 3, and one of these.
  public static final int VARINT = 0;

  public static final int FIXED64 = 1;
  public static final int BYTES = 2;
  public static final int FIXED32 = 5;
  private static final int START_GROUP = 3;
  private static final int END_GROUP = 4;

  /// The recursion limit of the loaders in C++, Java and Python.
  private static final int DEEPEST = 100;

  private static final long MOST_FIELDS = 1L << 26;

  private final ByteCursor cursor;
  private final long[] ends = new long[DEEPEST];
  private int depth;
  private long end;
  private long fieldsLeft = MOST_FIELDS;
  private int tag;
  private long start;
  private long value;
  private long next;

  /// @param bytes the outermost message
  /// @param source its name in errors
  public ProtoReader(Bytes bytes, String source) {
    this.cursor = new ByteCursor(bytes, source);
    this.end = bytes.size();
  }

  /// Moves to the next field of the message that was entered last.
  ///
  /// @param message its name in errors
  /// @return false at the end of the message
  public boolean next(String message) throws IOException, FormatException {
    cursor.seek(next);
    start = next;
    if (next == end) {
      return false;
    }
    takeField(message);
    tag = tag(message);
    switch (tag & 7) {
      case VARINT -> value = varint(message);
      case FIXED64 -> {
        require(Long.BYTES, message);
        value = cursor.i64(message);
      }
      case FIXED32 -> {
        require(Integer.BYTES, message);
        value = cursor.u32(message);
      }
      case BYTES -> {
        value = length(message);
        next = cursor.position() + value;
        return true;
      }
      case START_GROUP -> skipGroup(message);
      default -> throw malformed(message, "has a field of wire type " + (tag & 7));
    }
    next = cursor.position();
    return true;
  }

  /// Number and wire type of the field.
  public int tag() {
    return tag;
  }

  /// Where the field's tag stands in the source.
  public long offset() {
    return start;
  }

  /// The value of a number, its bits as they are.
  public long value() {
    return value;
  }

  /// The size of a field of bytes.
  public long length() {
    return value;
  }

  /// Where the content of a field of bytes begins in the source.
  public long content() {
    return next - value;
  }

  /// The content of a field of bytes as text, cut off after `most` bytes.
  public String text(String field, int most) throws IOException, FormatException {
    return cursor.text(field, (int) Math.min(most, value), StandardCharsets.UTF_8);
  }

  /// The content of a field of bytes.
  ///
  /// @param most the most that is worth keeping
  public byte[] array(String field, int most) throws IOException, FormatException {
    if (value > most) {
      throw new FormatException.LimitExceeded(
          where(field), start, "has " + value + " bytes, over the limit of " + most);
    }
    return cursor.array(field, (int) value);
  }

  /// Goes into a field of bytes that is a message.
  public void enter(String message) throws FormatException {
    if (depth == DEEPEST) {
      throw new FormatException.LimitExceeded(
          where(message), start, "messages nested deeper than " + DEEPEST);
    }
    ends[depth++] = end;
    end = next;
    next -= value;
  }

  /// Goes back to the message around the one that was entered last, behind it.
  public void leave() {
    next = end;
    end = ends[--depth];
  }

  /// Goes into a field of bytes that is a list of varints without tags; then [#element] reads one
  /// after another, and [#leave] goes back.
  public boolean element(String field) throws IOException, FormatException {
    cursor.seek(next);
    if (next == end) {
      return false;
    }
    takeField(field);
    value = varint(field);
    next = cursor.position();
    return true;
  }

  /// The source and a field, as errors give them.
  public String where(String field) {
    return cursor.where(field);
  }

  /// A failure at the field: the bytes contradict their format.
  public FormatException.Malformed malformed(String field, String problem) {
    return new FormatException.Malformed(where(field), start, problem);
  }

  private void takeField(String message) throws FormatException {
    if (--fieldsLeft < 0) {
      throw new FormatException.LimitExceeded(
          where(message), start, "more than " + MOST_FIELDS + " fields in one file");
    }
  }

  private int tag(String message) throws IOException, FormatException {
    long read = varint(message);
    if (read >>> 32 != 0 || read >>> 3 == 0) {
      throw malformed(message, "has a field with the tag " + Long.toUnsignedString(read));
    }
    return (int) read;
  }

  private long varint(String message) throws IOException, FormatException {
    long result = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      require(1, message);
      int each = cursor.u8(message);
      result |= (long) (each & 0x7f) << shift;
      if (each < 0x80) {
        return result;
      }
    }
    throw malformed(message, "has a number of more than 10 bytes");
  }

  private long length(String message) throws IOException, FormatException {
    long length = varint(message);
    long left = end - cursor.position();
    // Unsigned, because a length of all ones would otherwise pass every upper bound as -1.
    if (Long.compareUnsigned(length, left) > 0) {
      throw malformed(
          message,
          "declares a field of "
              + Long.toUnsignedString(length)
              + " bytes but "
              + left
              + " follow in the message");
    }
    return length;
  }

  private void require(int count, String message) throws FormatException {
    if (end - cursor.position() < count) {
      throw malformed(message, "is cut off in a field");
    }
  }

  /// Groups are of an older version; a loader that does not know one passes over it.
  private void skipGroup(String message) throws IOException, FormatException {
    int[] open = new int[DEEPEST];
    int levels = 0;
    open[levels++] = tag >>> 3;
    while (levels > 0) {
      takeField(message);
      int inner = tag(message);
      switch (inner & 7) {
        case VARINT -> varint(message);
        case FIXED64 -> skip(Long.BYTES, message);
        case FIXED32 -> skip(Integer.BYTES, message);
        case BYTES -> cursor.skip(message, length(message));
        case START_GROUP -> {
          if (levels == DEEPEST) {
            throw new FormatException.LimitExceeded(
                where(message), start, "groups nested deeper than " + DEEPEST);
          }
          open[levels++] = inner >>> 3;
        }
        case END_GROUP -> {
          if (open[--levels] != inner >>> 3) {
            throw malformed(message, "ends a group that was not begun");
          }
        }
        default -> throw malformed(message, "has a field of wire type " + (inner & 7));
      }
    }
    value = 0;
  }

  private void skip(int count, String message) throws FormatException {
    require(count, message);
    cursor.skip(message, count);
  }
}
