package dev.vidimus.formats.hdf5;

import dev.vidimus.formats.tensor.Shape;
import org.jspecify.annotations.Nullable;

/// An array of a file.
///
/// @param path of the dataset
/// @param type what its elements are
/// @param shape the outermost dimension first
/// @param storage how its elements lie
/// @param offset where they begin in the file, if they lie in one piece
/// @param size bytes of that piece
/// @param chunks if its elements lie in chunks that are listed in a way that is read here
public record Hdf5Dataset(
    String path,
    Type type,
    Shape shape,
    Storage storage,
    long offset,
    long size,
    @Nullable Hdf5Chunks chunks) {
  /// What elements are.
  ///
  /// @param kind which numbers, or others
  /// @param bytes of an element
  /// @param bigEndian whether the most significant byte comes first
  public record Type(Kind kind, long bytes, boolean bigEndian) {}

  /// Kinds of elements.
  public enum Kind {
    SIGNED,
    UNSIGNED,
    /// As IEEE 754 has numbers of that size.
    FLOAT,
    /// The upper half of a 32-bit number.
    BF16,
    OTHER
  }

  /// How elements lie.
  public enum Storage {
    /// In one piece.
    PIECE,
    /// In chunks, perhaps compressed.
    CHUNKS,
    /// Nowhere: nobody wrote them, or they are in another file.
    NOWHERE,
    OTHER
  }
}
