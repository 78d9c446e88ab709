package dev.vidimus.formats.tar;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// A sparse file: pieces of data at their places, zeros between them.
final class SparseBytes implements Bytes {
  private final Bytes data;
  private final List<Piece> pieces;
  private final long size;

  /// Data at a place of the file.
  ///
  /// @param at its place
  /// @param from where it lies in the data
  record Piece(long at, long from, long length) {}

  /// @param pieces by their place, without overlap, inside the data and the size
  SparseBytes(Bytes data, List<Piece> pieces, long size) {
    this.data = data;
    this.pieces = pieces;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size);
    Arrays.fill(into, at, at + length, (byte) 0);
    long end = offset + length;
    for (int i = firstBehind(offset); i < pieces.size() && pieces.get(i).at < end; i++) {
      Piece piece = pieces.get(i);
      long from = Math.max(offset, piece.at);
      long to = Math.min(end, piece.at + piece.length);
      if (from < to) {
        data.read(
            piece.from + from - piece.at, into, at + (int) (from - offset), (int) (to - from));
      }
    }
  }

  /// Index of the first piece that ends behind an offset.
  private int firstBehind(long offset) {
    int low = 0;
    int high = pieces.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      Piece piece = pieces.get(middle);
      if (piece.at + piece.length <= offset) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
