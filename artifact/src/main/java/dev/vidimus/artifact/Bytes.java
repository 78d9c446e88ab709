package dev.vidimus.artifact;

import java.io.Closeable;
import java.io.IOException;
import java.util.Objects;

/// A source of bytes of known size that can be read at any offset and from several threads at once:
/// a file, an array, an inflated archive member, or a part of one of these.
///
/// Reading outside the source is a programming error, because every length that a file declares is
/// checked by [ByteCursor] first.
public interface Bytes extends Closeable {
  /// The number of bytes; fixed for the life of the source.
  long size();

  /// Copies exactly `length` bytes from `offset` on.
  ///
  /// @param offset zero-based position of the first byte
  /// @param into where they go, from index `at` on
  /// @throws IOException if the source cannot be read, or has become shorter than [#size()]
  /// @throws IndexOutOfBoundsException if the range is not inside the source
  void read(long offset, byte[] into, int at, int length) throws IOException;

  /// A view of `length` bytes from `offset` on; valid as long as this source is open.
  default Bytes slice(long offset, long length) {
    Objects.checkFromIndexSize(offset, length, size());
    return offset == 0 && length == size() ? this : new SliceBytes(this, offset, length);
  }

  /// Copies a range that is known to be small; the caller has checked it against a limit.
  ///
  /// @throws IndexOutOfBoundsException if the range is not inside the source
  default byte[] array(long offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size());
    byte[] copy = new byte[length];
    read(offset, copy, 0, length);
    return copy;
  }

  /// Copies at most `most` bytes from the start: what content sniffing looks at.
  default byte[] head(int most) throws IOException {
    return array(0, (int) Math.min(most, size()));
  }

  /// Releases what the source holds; a slice holds nothing.
  @Override
  default void close() throws IOException {}

  /// Bytes already in memory; the array is not copied and must not change.
  static Bytes of(byte... array) {
    return new HeapBytes(array);
  }
}
