package dev.vidimus.formats.tar;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Collects the map of a sparse file in the four ways that GNU tar has written it: in the header,
/// and in pax formats 0.0, 0.1 and 1.0.
final class SparseMap {
  private static final String FIELD = "sparse map";
  private static final int MOST_PIECES = 1 << 20;

  private final ByteCursor in;
  private final List<SparseBytes.Piece> pieces = new ArrayList<>();
  private long used;
  private long end;

  /// @param in for errors, and for the map before the data in format 1.0
  SparseMap(ByteCursor in) {
    this.in = in;
  }

  void add(long at, long length) throws FormatException {
    if (at < end || length < 0 || length > Long.MAX_VALUE - at) {
      throw in.malformed(FIELD, "a piece of " + length + " bytes at " + at + " is out of order");
    }
    if (pieces.size() == MOST_PIECES) {
      throw new FormatException.LimitExceeded(
          in.where(FIELD), in.position(), "more than " + MOST_PIECES + " pieces");
    }
    if (length > 0) {
      pieces.add(new SparseBytes.Piece(at, used, length));
    }
    used += length;
    end = at + length;
  }

  /// Adds alternating offsets and lengths.
  void addAll(List<String> numbers) throws FormatException {
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      add(number(numbers.get(i)), number(numbers.get(i + 1)));
    }
  }

  /// Reads the map that stands before the data in format 1.0: decimal lines, padded to a block.
  ///
  /// @return bytes that it takes
  long readLines() throws IOException, FormatException {
    long start = in.position();
    long count = line();
    for (long i = 0; i < count; i++) {
      add(line(), line());
    }
    return (in.position() - start + Block.SIZE - 1) & -Block.SIZE;
  }

  private long line() throws IOException, FormatException {
    long value = 0;
    for (int digits = 0; digits < 19; digits++) {
      int next = in.u8(FIELD);
      if (next == '\n' && digits > 0) {
        return value;
      }
      if (next < '0' || next > '9') {
        break;
      }
      value = value * 10 + next - '0';
    }
    throw in.malformed(FIELD, "has a line that is not a number");
  }

  long number(String text) throws FormatException {
    if (text.isEmpty() || text.length() > 18 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw in.malformed(FIELD, "has something that is not a number");
    }
    return Long.parseLong(text);
  }

  /// The file.
  ///
  /// @param data what the archive holds of it; may be cut off
  /// @param size declared size of the file
  Bytes over(Bytes data, long size) {
    List<SparseBytes.Piece> there = new ArrayList<>(pieces.size());
    for (SparseBytes.Piece piece : pieces) {
      long length =
          Math.min(piece.length(), Math.min(data.size() - piece.from(), size - piece.at()));
      if (length > 0) {
        there.add(new SparseBytes.Piece(piece.at(), piece.from(), length));
      }
    }
    return new SparseBytes(data, there, size);
  }
}
