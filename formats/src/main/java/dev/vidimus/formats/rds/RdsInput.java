package dev.vidimus.formats.rds;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The numbers and texts of a stream in one of its three encodings.
final class RdsInput {
  private static final int LONGEST_WORD = 64;
  private static final long NOT_AVAILABLE = Integer.MIN_VALUE;

  private final ByteCursor cursor;
  private final Encoding encoding;

  RdsInput(ByteCursor cursor, Encoding encoding) {
    this.cursor = cursor;
    this.encoding = encoding;
  }

  /// How numbers are written.
  enum Encoding {
    /// Big-endian.
    XDR,
    /// As the machine has them: little-endian.
    NATIVE,
    /// As words between white space.
    ASCII
  }

  long position() {
    return cursor.position();
  }

  FormatException.Malformed malformed(String field, String problem) {
    return cursor.malformed(field, problem);
  }

  FormatException.LimitExceeded limit(String field, String problem) {
    return new FormatException.LimitExceeded(cursor.where(field), cursor.position(), problem);
  }

  int integer(String field) throws IOException, FormatException {
    return switch (encoding) {
      case XDR -> (int) cursor.u32Big(field);
      case NATIVE -> cursor.i32(field);
      case ASCII -> (int) number(field);
    };
  }

  /// A count of elements; counts over 2³¹ are written as -1 and two halves.
  long length(String field) throws IOException, FormatException {
    long length = integer(field);
    if (length != -1) {
      return count(length, field);
    }
    long high = integer(field) & 0xffff_ffffL;
    long low = integer(field) & 0xffff_ffffL;
    return count(high << 32 | low, field);
  }

  private long count(long length, String field) throws FormatException {
    // Every element takes a byte at least.
    if (length < 0 || length > cursor.remaining()) {
      throw malformed(
          field, "declares " + length + " elements but " + cursor.remaining() + " bytes follow");
    }
    return length;
  }

  /// Passes over numbers.
  ///
  /// @param size of one in bytes, where they are binary
  /// @param words that one takes, where they are text
  void skip(String field, long count, int size, int words) throws IOException, FormatException {
    if (encoding != Encoding.ASCII) {
      if (count > cursor.remaining() / size) {
        throw malformed(
            field, "needs " + count + " numbers but " + cursor.remaining() + " bytes follow");
      }
      cursor.skip(field, count * size);
      return;
    }
    for (long i = 0; i < count * words; i++) {
      word(field);
    }
  }

  /// Reads a text, of which `most` bytes are kept at most.
  String text(String field, long length, int most) throws IOException, FormatException {
    if (encoding == Encoding.ASCII) {
      return escaped(field, length, most);
    }
    cursor.proved(field, cursor.position(), length, Long.MAX_VALUE);
    int kept = (int) Math.min(length, most);
    String text = cursor.text(field, kept, StandardCharsets.UTF_8);
    cursor.skip(field, length - kept);
    return text;
  }

  private long number(String field) throws IOException, FormatException {
    String word = word(field);
    if (word.equals("NA")) {
      return NOT_AVAILABLE;
    }
    try {
      return Integer.parseInt(word);
    } catch (NumberFormatException e) {
      throw malformed(field, "has a word that is no number");
    }
  }

  private String word(String field) throws IOException, FormatException {
    int each = cursor.u8(field);
    while (each <= ' ') {
      each = cursor.u8(field);
    }
    StringBuilder word = new StringBuilder();
    while (each > ' ') {
      if (word.length() == LONGEST_WORD) {
        throw malformed(field, "has a word of more than " + LONGEST_WORD + " characters");
      }
      word.append((char) each);
      if (!cursor.hasRemaining()) {
        break;
      }
      each = cursor.u8(field);
    }
    return word.toString();
  }

  private String escaped(String field, long length, int most) throws IOException, FormatException {
    // The white space behind the length was passed over with it.
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    int each = length == 0 ? ' ' : cursor.u8(field);
    while (each <= ' ' && length > 0) {
      each = cursor.u8(field);
    }
    for (long i = 0; i < length; i++) {
      if (i > 0) {
        each = cursor.u8(field);
      }
      int plain = each == '\\' ? escape(field) : each;
      if (text.size() < most) {
        text.write(plain);
      }
    }
    return text.toString(StandardCharsets.UTF_8);
  }

  private int escape(String field) throws IOException, FormatException {
    int each = cursor.u8(field);
    if (each < '0' || each > '7') {
      return switch (each) {
        case 'n' -> '\n';
        case 't' -> '\t';
        case 'r' -> '\r';
        default -> each;
      };
    }
    int value = each - '0';
    for (int i = 0; i < 2; i++) {
      int next = cursor.peek();
      if (next < '0' || next > '7') {
        break;
      }
      value = value * 8 + cursor.u8(field) - '0';
    }
    return value;
  }
}
