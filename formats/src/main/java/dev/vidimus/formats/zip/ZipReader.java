package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the structure of a ZIP file: no member's data.
public final class ZipReader {
  private static final int LONGEST_COMMENT = 0xffff;
  private static final int MOST_DIRECTORIES = 8;
  private static final int OVERLAPS_SHOWN = 4;

  private final Bytes bytes;
  private final String source;
  private final Budget budget;
  private final LocalReader locals;
  private final Ranges ranges = new Ranges();
  private final List<ZipDirectory> directories = new ArrayList<>(1);
  private final List<ZipEntry> entries = new ArrayList<>();
  private final List<FormatException> problems = new ArrayList<>(0);
  private final Set<Key> seen = new HashSet<>();
  private List<Ranges.Range> covered = List.of();
  private @Nullable ByteCursor cursor;

  private record Key(long localAt, String name, int method, int flags, long packed, long size) {
    /// By hand, because the JVM links a record's own at its first use, which no class cache holds.
    @Override
    public int hashCode() {
      return Long.hashCode(localAt) * 31 + name.hashCode();
    }
  }

  private ZipReader(Bytes bytes, String source, Budget budget) {
    this.bytes = bytes;
    this.source = source;
    this.budget = budget;
    this.locals = new LocalReader(bytes);
  }

  /// Reads every directory, the local headers, and what lies between.
  ///
  /// @param source the file's name in errors
  /// @param budget entries are taken from it
  /// @return what there is; never an error, since every break leaves something to examine
  public static ZipArchive read(Bytes bytes, String source, Budget budget) throws IOException {
    return new ZipReader(bytes, source, budget).read();
  }

  private ZipArchive read() throws IOException {
    List<ZipEntry> hidden = new ArrayList<>(0);
    List<Gap> gaps = new ArrayList<>(0);
    List<String> overlaps = new ArrayList<>(0);
    try {
      findDirectories();
      GapWalk walk = new GapWalk(bytes, source, locals, budget);
      for (Gap gap : ranges.gaps(bytes.size())) {
        walk.walk(gap, hidden, gaps);
      }
    } catch (FormatException e) {
      problems.add(e);
    }
    int overlapping = ranges.overlaps(overlaps, OVERLAPS_SHOWN);
    return new ZipArchive(
        bytes, source, directories, entries, hidden, gaps, overlaps, overlapping, problems);
  }

  /// Tries every end record in the bytes where one can be, the last first, as all readers do.
  private void findDirectories() throws IOException, FormatException {
    int length = (int) Math.min(bytes.size(), EndRecord.SIZE + LONGEST_COMMENT);
    long tailAt = bytes.size() - length;
    byte[] tail = bytes.array(tailAt, length);
    boolean any = false;
    for (int i = length - EndRecord.SIZE; i >= 0; i--) {
      if (tail[i] != 'P' || tail[i + 1] != 'K' || tail[i + 2] != 5 || tail[i + 3] != 6) {
        continue;
      }
      if (Ranges.contains(covered, tailAt + i)) {
        continue; // inside a member: an archive in the archive
      }
      any = true;
      endRecord(tailAt + i, new Fields(tail, i));
    }
    if (directories.isEmpty()) {
      problems.add(
          new FormatException.Malformed(
              source + ": end of central directory",
              bytes.size(),
              any ? "points to no central directory" : "is missing"));
    }
  }

  private void endRecord(long at, Fields record) throws IOException, FormatException {
    for (EndRecord end : EndRecord.readings(bytes, at, record)) {
      long counted = end.directoryEnd() - end.size();
      if (isDirectory(end.offset(), end)) {
        directory(end, end.offset(), at, record, 0);
      }
      if (counted != end.offset() && isDirectory(counted, end)) {
        directory(end, counted, at, record, counted - end.offset());
      }
    }
  }

  private boolean isDirectory(long at, EndRecord end) throws IOException {
    if (at < 0 || at > end.directoryEnd()) {
      return false;
    }
    if (end.size() == 0 && end.count() == 0) {
      return directories.isEmpty();
    }
    return end.directoryEnd() - at >= Integer.BYTES
        && Fields.read(bytes, at, Integer.BYTES).u32(0) == DirectoryReader.SIGNATURE;
  }

  private void directory(EndRecord end, long at, long endAt, Fields record, long shift)
      throws IOException, FormatException {
    for (ZipDirectory other : directories) {
      if (other.at() == at && other.shift() == shift) {
        ranges.add(endAt, endAt + EndRecord.SIZE, "");
        return;
      }
    }
    if (directories.size() == MOST_DIRECTORIES) {
      throw new FormatException.LimitExceeded(
          source + ": end of central directory",
          endAt,
          "more than " + MOST_DIRECTORIES + " central directories can be found");
    }
    ByteCursor in = cursorAt(at);
    List<CentralHeader> headers = new ArrayList<>();
    try {
      DirectoryReader.read(in, end.directoryEnd(), shift, budget, headers);
    } catch (FormatException.Malformed e) {
      problems.add(e);
    }
    long size = in.position() - at;
    requireDeclared(end, endAt, headers.size(), size);
    long endSize = Math.min(EndRecord.SIZE + record.u16(EndRecord.SIZE - 2), bytes.size() - endAt);
    directories.add(new ZipDirectory(at, size, endAt, endSize, shift, end.count(), headers.size()));
    ranges.add(at, at + size, "");
    ranges.add(end.directoryEnd(), endAt + endSize, "");
    for (CentralHeader header : headers) {
      entry(header);
    }
    covered = ranges.joined();
  }

  private ByteCursor cursorAt(long at) {
    ByteCursor in = cursor;
    if (in == null) {
      in = new ByteCursor(bytes, source);
      cursor = in;
    }
    in.seek(at);
    return in;
  }

  private void requireDeclared(EndRecord end, long endAt, int found, long size) {
    // Without ZIP64 the count wraps around.
    boolean counted = end.count() == found || end.count() == (found & 0xffff);
    if (!counted || size != end.size()) {
      problems.add(
          new FormatException.Malformed(
              source + ": end of central directory",
              endAt,
              "declares %s entries in %s bytes but %d in %d bytes are there"
                  .formatted(
                      Long.toUnsignedString(end.count()),
                      Long.toUnsignedString(end.size()),
                      found,
                      size)));
    }
  }

  private void entry(CentralHeader central) throws IOException {
    Key key =
        new Key(
            central.localAt(),
            central.name(),
            central.method(),
            central.flags(),
            central.packed(),
            central.size());
    boolean repeated = !seen.add(key);
    if (repeated && directories.size() > 1) {
      return; // another directory said the same
    }
    LocalHeader local = locals.read(central.localAt());
    if (local == null) {
      problems.add(
          new FormatException.Malformed(
              source + ": central directory",
              central.at(),
              "points to no local header at " + Long.toUnsignedString(central.localAt())));
      entries.add(new ZipEntry(central, null, 0, false));
      return;
    }
    long behind = bytes.size() - local.dataAt();
    if (Long.compareUnsigned(central.packed(), behind) > 0) {
      problems.add(
          new FormatException.Malformed(
              source + ": central directory",
              central.at(),
              "declares %s bytes of data but %d follow"
                  .formatted(Long.toUnsignedString(central.packed()), behind)));
      ranges.add(local.at(), bytes.size(), owner(central));
      entries.add(new ZipEntry(central, local, 0, false));
      return;
    }
    long end = local.dataAt() + central.packed();
    LocalReader.Descriptor descriptor = LocalReader.Descriptor.NONE;
    if (((central.flags() | local.flags()) & ZipFlags.SIZES_FOLLOW) != 0) {
      descriptor = locals.descriptor(end, central.crc(), central.packed(), central.size());
    }
    ranges.add(local.at(), end + descriptor.length(), owner(central));
    entries.add(new ZipEntry(central, local, descriptor.length(), descriptor.differs()));
  }

  private static String owner(CentralHeader central) {
    return central.name().isEmpty() ? "a member without a name" : central.name();
  }
}
