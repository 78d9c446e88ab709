package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Spool;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import dev.vidimus.formats.zip.ZipArchive;
import dev.vidimus.formats.zip.ZipEntry;
import dev.vidimus.formats.zip.ZipReader;
import java.io.Closeable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The members of an archive that every reader reads the same way: one directory, no name twice,
/// nothing hidden or overlapping. An archive that leaves a choice proves nothing, and is refused.
final class ZipMembers {
  private static final int STORED = 0;

  private final MappedFile file;
  private final String name;
  private final ZipArchive archive;
  private final Budget budget;
  private final Spool spool;
  private final List<Closeable> opened;
  private final Map<String, ZipEntry> entries = new HashMap<>();

  private ZipMembers(
      MappedFile file,
      String name,
      ZipArchive archive,
      Budget budget,
      Spool spool,
      List<Closeable> opened) {
    this.file = file;
    this.name = name;
    this.archive = archive;
    this.budget = budget;
    this.spool = spool;
    this.opened = opened;
  }

  /// @param opened takes what must be closed in the end
  static ZipMembers of(MappedFile file, String name, Spool spool, List<Closeable> opened)
      throws IOException, FormatException {
    Budget budget = new Budget(Limits.DEFAULT);
    ZipArchive archive = ZipReader.read(file, name, budget);
    if (!archive.problems().isEmpty()) {
      throw archive.problems().getFirst();
    }
    ZipMembers members = new ZipMembers(file, name, archive, budget, spool, opened);
    members.requireOneReading();
    return members;
  }

  private void requireOneReading() throws FormatException {
    if (archive.directories().size() != 1
        || !archive.hidden().isEmpty()
        || archive.overlapping() > 0) {
      throw new FormatException.Malformed(
          name, 0, "several directories, hidden members or overlapping ones");
    }
    for (ZipEntry entry : archive.entries()) {
      if (entries.put(entry.name(), entry) != null) {
        throw new FormatException.Malformed(
            name, 0, "has two members " + Printable.of(entry.name(), 120));
      }
      if (archive.readings(entry).size() != 1 || !entry.disagreements().isEmpty()) {
        throw new FormatException.Malformed(
            name, 0, "headers disagree about " + Printable.of(entry.name(), 120));
      }
    }
  }

  ZipArchive archive() {
    return archive;
  }

  Budget budget() {
    return budget;
  }

  @Nullable ZipEntry find(String path) {
    return entries.get(path);
  }

  /// The content of a member.
  Bytes bytes(String path) throws IOException, FormatException {
    ZipEntry entry = entries.get(path);
    if (entry == null) {
      throw new FormatException.Malformed(name, 0, "lacks " + Printable.of(path, 120));
    }
    ZipEntry.Data data = archive.readings(entry).getFirst();
    Inflated inflated =
        archive.open(
            data, name + "!/" + entry.name(), new Inflation(budget, spool), Long.MAX_VALUE);
    opened.add(inflated);
    FormatException broken = inflated.broken();
    if (broken != null) {
      throw broken;
    }
    return inflated.content();
  }

  /// The content of a member, mapped if it is stored as it is.
  TensorData data(ZipEntry entry) throws IOException, FormatException {
    ZipEntry.Data data = archive.readings(entry).getFirst();
    return data.method() == STORED && (entry.flags() & 1) == 0
        ? new TensorData.Whole(file.segment().asSlice(data.at(), data.packed()))
        : new TensorData.Spooled(bytes(entry.name()));
  }
}
