package dev.vidimus.formats.zip;

/// A central directory that some reader would find.
///
/// @param at where its first entry stands
/// @param size bytes of its entries
/// @param endAt where the end record stands that points to it
/// @param endSize bytes of the end record with its comment, as far as the file goes
/// @param shift what this reading adds to every declared offset: bytes before the archive
/// @param declared entries that the end record declares
/// @param found entries that were read
public record ZipDirectory(
    long at, long size, long endAt, long endSize, long shift, long declared, long found) {
  /// Bytes of the comment behind the end record.
  public long comment() {
    return endSize - EndRecord.SIZE;
  }
}
