package dev.vidimus.formats.tokenizer;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Reads a table of tiktoken: on each line a token in Base64, a space, and its rank.
public final class TiktokenReader {
  private static final int LONGEST_TOKEN = 4 << 10;
  private static final int LONGEST_RANK = 10;

  private final ByteCursor cursor;

  private TiktokenReader(Bytes bytes, String source) {
    this.cursor = new ByteCursor(bytes, source);
  }

  /// Reads a table to its end.
  ///
  /// @param source its name in errors
  /// @return how many tokens there are
  /// @throws FormatException at the first line that is another
  public static long read(Bytes bytes, String source) throws IOException, FormatException {
    return new TiktokenReader(bytes, source).lines(bytes.size());
  }

  private long lines(long size) throws IOException, FormatException {
    long count = 0;
    while (cursor.position() < size) {
      token();
      rank(size);
      count++;
    }
    return count;
  }

  private void token() throws IOException, FormatException {
    long start = cursor.position();
    int length = 0;
    int padding = 0;
    for (int c = cursor.u8("token"); c != ' '; c = cursor.u8("token")) {
      padding = c == '=' ? padding + 1 : padding;
      if (++length > LONGEST_TOKEN) {
        throw new FormatException.LimitExceeded(
            cursor.where("token"), start, "longer than " + LONGEST_TOKEN + " characters");
      }
      if (c == '=' ? padding > 2 : padding > 0 || !isBase64(c)) {
        throw malformed("token", start, "is not Base64");
      }
    }
    if (length == 0 || length % 4 != 0) {
      throw malformed("token", start, "is not Base64: " + length + " characters");
    }
  }

  private static boolean isBase64(int c) {
    return (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || c == '+'
        || c == '/';
  }

  private void rank(long size) throws IOException, FormatException {
    long start = cursor.position();
    int digits = 0;
    while (cursor.position() < size) {
      int c = cursor.u8("rank");
      if (c == '\n') {
        break;
      }
      if (c == '\r') {
        continue;
      }
      if (c < '0' || c > '9' || ++digits > LONGEST_RANK) {
        throw malformed("rank", start, "is not a number");
      }
    }
    if (digits == 0) {
      throw malformed("rank", start, "is missing");
    }
  }

  private FormatException.Malformed malformed(String field, long offset, String problem) {
    return new FormatException.Malformed(cursor.where(field), offset, problem);
  }
}
