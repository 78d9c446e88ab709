package dev.vidimus.formats.zip;

/// An entry of a central directory, APPNOTE 4.3.12, with ZIP64 sizes filled in.
///
/// @param at where it stands in the file
/// @param name as it is written; UTF-8 if it is valid UTF-8, otherwise one character a byte
/// @param otherName the name in an Info-ZIP Unicode path field (0x7075), which some readers prefer;
///     empty if there is none
/// @param madeBy version and, in the high byte, the system that made it
/// @param flags general purpose bits
/// @param method compression method
/// @param crc CRC-32 of the plain bytes
/// @param packed compressed size in bytes, unsigned
/// @param size plain size in bytes, unsigned
/// @param attributes external attributes; Unix modes are in the high half
/// @param localAt where the local header stands, with what precedes the archive added
public record CentralHeader(
    long at,
    String name,
    String otherName,
    int madeBy,
    int flags,
    int method,
    long crc,
    long packed,
    long size,
    long attributes,
    long localAt) {
  private static final int UNIX = 3;
  private static final int MAC = 19;
  private static final int FILE_TYPE = 0xf000;
  private static final int LINK = 0xa000;

  /// True if a Unix reader would make a symbolic link of the entry, whose content is its target.
  public boolean isLink() {
    int system = madeBy >>> 8;
    return (system == UNIX || system == MAC) && (attributes >>> 16 & FILE_TYPE) == LINK;
  }
}
