package dev.vidimus.formats.sevenz;

/// A file of the archive.
///
/// @param name path with `/`
/// @param folder index of the stream that holds it, or -1 if it is empty or a folder
/// @param offset of its first byte in that stream
/// @param size in bytes
/// @param crc CRC-32, or -1 if none is declared
/// @param attributes Windows attributes; with bit 15, a Unix mode in the high half
public record SevenZipEntry(
    String name, int folder, long offset, long size, long crc, long attributes) {
  private static final int UNIX = 1 << 15;
  private static final int FILE_TYPE = 0xf000;
  private static final int LINK = 0xa000;
  private static final int REPARSE_POINT = 1 << 10;

  /// True if extraction makes a symbolic link of it, whose content is its target.
  public boolean isLink() {
    boolean unixLink = (attributes & UNIX) != 0 && (attributes >>> 16 & FILE_TYPE) == LINK;
    return unixLink || (attributes & REPARSE_POINT) != 0;
  }
}
