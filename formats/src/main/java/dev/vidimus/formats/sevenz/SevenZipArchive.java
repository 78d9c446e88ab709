package dev.vidimus.formats.sevenz;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import java.io.IOException;
import java.util.List;

/// What a 7z archive holds.
public final class SevenZipArchive {
  private final Bytes bytes;
  private final List<Folder> folders;
  private final List<SevenZipEntry> entries;
  private final List<FormatException> problems;
  private final long unaccounted;

  SevenZipArchive(
      Bytes bytes,
      List<Folder> folders,
      List<SevenZipEntry> entries,
      List<FormatException> problems,
      long unaccounted) {
    this.bytes = bytes;
    this.folders = List.copyOf(folders);
    this.entries = List.copyOf(entries);
    this.problems = List.copyOf(problems);
    this.unaccounted = unaccounted;
  }

  /// The files, in the order of the header; those of one folder follow each other.
  public List<SevenZipEntry> entries() {
    return entries;
  }

  /// Why reading ended early, or what contradicts itself.
  public List<FormatException> problems() {
    return problems;
  }

  /// How many bytes of the file belong neither to a header nor to a packed stream.
  public long unaccounted() {
    return unaccounted;
  }

  /// How many streams there are.
  public int folders() {
    return folders.size();
  }

  /// Packed bytes of a stream.
  public long packed(int folder) {
    return folders.get(folder).packed();
  }

  /// Declared plain bytes of a stream.
  public long size(int folder) {
    return folders.get(folder).size();
  }

  /// Decompresses a stream, in which the files of a folder stand one after another.
  ///
  /// @param source its name in errors
  /// @throws FormatException if its coders are not read
  public Inflated open(int folder, String source, Inflation inflation)
      throws IOException, FormatException {
    Folder stream = folders.get(folder);
    Bytes packed = bytes.slice(stream.packedAt(), stream.packed());
    if (stream.isCopy()) {
      return new Inflated(packed, stream.packed(), null);
    }
    return inflation.inflate(stream.codec(source), packed, source, stream.size());
  }
}
