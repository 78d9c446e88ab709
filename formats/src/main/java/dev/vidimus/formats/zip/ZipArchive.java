package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.compressed.Codec;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Everything that a ZIP file says, whichever way it is read.
///
/// @param directories every central directory that some reader would find, the one that most
///     readers take first; empty if there is none
/// @param entries the members of all directories without repetition, in the order of the
///     directories
/// @param hidden members with a local header that no directory mentions, in the order of the file
/// @param gaps bytes that nothing accounts for, in the order of the file
/// @param overlaps pairs of members that share bytes; the first few
/// @param overlapping members that share bytes with another
/// @param problems why parts could not be read
public record ZipArchive(
    Bytes bytes,
    String source,
    List<ZipDirectory> directories,
    List<ZipEntry> entries,
    List<ZipEntry> hidden,
    List<Gap> gaps,
    List<String> overlaps,
    int overlapping,
    List<FormatException> problems) {
  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  public ZipArchive {
    directories = List.copyOf(directories);
    entries = List.copyOf(entries);
    hidden = List.copyOf(hidden);
    gaps = List.copyOf(gaps);
    overlaps = List.copyOf(overlaps);
    problems = List.copyOf(problems);
  }

  /// Where a member's data lies: by the directory first, then by the local header if that differs.
  /// Sizes are cut at the end of the file; a stored member whose two sizes differ has both
  /// readings.
  public List<ZipEntry.Data> readings(ZipEntry entry) {
    LocalHeader local = entry.local();
    if (local == null) {
      return List.of();
    }
    CentralHeader central = entry.central();
    List<ZipEntry.Data> readings = new ArrayList<>(1);
    if (central != null) {
      add(readings, local, central.method(), central.packed(), central.size());
    }
    if (!local.sizesFollow()) {
      add(readings, local, local.method(), local.packed(), local.size());
    } else if (central == null) {
      long end = bytes.size() - local.dataAt();
      readings.add(new ZipEntry.Data(local.dataAt(), end, local.method(), local.flags(), -1));
    } else if (central.method() != local.method()) {
      add(readings, local, local.method(), central.packed(), central.size());
    }
    return readings;
  }

  private void add(
      List<ZipEntry.Data> readings, LocalHeader local, int method, long packed, long size) {
    long behind = bytes.size() - local.dataAt();
    add(
        readings,
        new ZipEntry.Data(local.dataAt(), cut(packed, behind), method, local.flags(), size));
    if (method == STORED && packed != size) {
      add(
          readings,
          new ZipEntry.Data(local.dataAt(), cut(size, behind), method, local.flags(), size));
      // Deflated data that both headers call stored: only a loader made for it opens the member.
      add(
          readings,
          new ZipEntry.Data(local.dataAt(), cut(packed, behind), DEFLATED, local.flags(), size));
    }
  }

  private static void add(List<ZipEntry.Data> readings, ZipEntry.Data data) {
    for (ZipEntry.Data other : readings) {
      if (other.packed() == data.packed() && other.method() == data.method()) {
        return;
      }
    }
    readings.add(data);
  }

  private static long cut(long length, long behind) {
    return Long.compareUnsigned(length, behind) > 0 ? behind : length;
  }

  /// The data as it lies in the file.
  public Bytes packed(ZipEntry.Data data) {
    return bytes.slice(data.at(), data.packed());
  }

  /// The plain content. Stored members are a part of the file and cost nothing; all others are
  /// decompressed now.
  ///
  /// @param name the member's name in errors
  /// @param most plain bytes that are worth having
  /// @throws FormatException.Unsupported if the method is not read
  public Inflated open(ZipEntry.Data data, String name, Inflation inflation, long most)
      throws IOException, FormatException.Unsupported {
    if (data.method() == STORED) {
      return new Inflated(packed(data), data.packed(), null);
    }
    return inflation.inflate(codec(data, name), packed(data), name, most);
  }

  private static Codec codec(ZipEntry.Data data, String name) throws FormatException.Unsupported {
    return switch (data.method()) {
      case 8 -> Codec.Stream.DEFLATE;
      case 12 -> Codec.Stream.BZIP2;
      case 14 ->
          new Codec.ZipLzma(
              (data.flags() & ZipFlags.END_MARKER) != 0 ? -1 : Math.max(data.size(), -1));
      case 20, 93 -> Codec.Stream.ZSTD;
      case 95 -> Codec.Stream.XZ;
      default ->
          throw new FormatException.Unsupported(name, 0, "compression method " + data.method());
    };
  }
}
