package dev.vidimus.formats.zip;

/// Bytes of the file that belong to no header and no member, and are not all zero.
///
/// @param from first byte
/// @param to byte behind the last
public record Gap(long from, long to) {
  /// Length in bytes.
  public long length() {
    return to - from;
  }
}
