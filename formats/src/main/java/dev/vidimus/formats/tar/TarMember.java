package dev.vidimus.formats.tar;

import dev.vidimus.artifact.Bytes;

/// A member of a tar archive.
///
/// @param at where its (last) header stands
/// @param name path with prefixes and extended headers applied
/// @param link target of a link; empty for everything else
/// @param content its bytes, as far as the archive goes; holes of sparse files are zeros
/// @param headerSize data size that the plain header declares; differs from that of an extended
///     header where a reader that ignores extended headers would continue elsewhere
/// @param dataAt where its data begins in the archive
/// @param dataSize data size in the archive that was used
/// @param afterEnd true if it stands behind an end mark, where Python's `tarfile` stops
public record TarMember(
    long at,
    String name,
    TarType type,
    String link,
    Bytes content,
    long headerSize,
    long dataAt,
    long dataSize,
    boolean afterEnd) {
  // POSIX: sizes that do not fit eleven octal digits stand in the extended header only.
  private static final long MOST_OCTAL = 1L << 33;

  /// True if a byte of the archive is part of the member's data.
  public boolean holds(long position) {
    return position >= dataAt && position - dataAt < dataSize;
  }

  /// True if readers with and without extended headers would disagree where the next header stands.
  public boolean sizesDisagree() {
    return headerSize != dataSize && dataSize < MOST_OCTAL;
  }
}
