package dev.vidimus.formats.zip;

/// The header before a member's data, APPNOTE 4.3.7, with ZIP64 sizes filled in.
///
/// @param at where it stands in the file
/// @param name as it is written; UTF-8 if it is valid UTF-8, otherwise one character a byte
/// @param flags general purpose bits
/// @param method compression method
/// @param crc CRC-32 of the plain bytes; meaningless if [#sizesFollow()]
/// @param packed compressed size in bytes, unsigned; meaningless if [#sizesFollow()]
/// @param size plain size in bytes, unsigned; meaningless if [#sizesFollow()]
/// @param dataAt where the data begins
public record LocalHeader(
    long at, String name, int flags, int method, long crc, long packed, long size, long dataAt) {
  /// True if a data descriptor behind the data says what the header leaves open.
  public boolean sizesFollow() {
    return (flags & ZipFlags.SIZES_FOLLOW) != 0 && packed == 0 && size == 0;
  }
}
