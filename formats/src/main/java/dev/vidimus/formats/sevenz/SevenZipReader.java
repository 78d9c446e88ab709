package dev.vidimus.formats.sevenz;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.compressed.Inflated;
import dev.vidimus.formats.compressed.Inflation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;

/// Reads the headers of a 7z archive.
public final class SevenZipReader {
  private static final long MAGIC = 0x1c27_afbc_7a37L;
  private static final int START = 32;
  private static final int LARGEST_HEADER = 16 << 20;
  private static final int MOST_ENCODINGS = 4;
  private static final int END = 0;
  private static final int HEADER = 1;
  private static final int ARCHIVE_PROPERTIES = 2;
  private static final int ADDITIONAL_STREAMS = 3;
  private static final int MAIN_STREAMS = 4;
  private static final int FILES = 5;
  private static final int ENCODED_HEADER = 23;

  private final Bytes bytes;
  private final String source;
  private final Budget budget;
  private final Inflation inflation;
  private final List<FormatException> problems = new ArrayList<>(0);
  private Streams streams = Streams.NONE;
  private List<SevenZipEntry> entries = List.of();
  private long accounted = START;

  private SevenZipReader(Bytes bytes, String source, Budget budget, Inflation inflation) {
    this.bytes = bytes;
    this.source = source;
    this.budget = budget;
    this.inflation = inflation;
  }

  /// Reads the headers, decompressing them if need be, but no file.
  ///
  /// @param source the archive's name in errors
  /// @param budget entries are taken from it
  /// @return what there is; never an error, since every break leaves something to examine
  public static SevenZipArchive read(Bytes bytes, String source, Budget budget, Inflation inflation)
      throws IOException {
    SevenZipReader reader = new SevenZipReader(bytes, source, budget, inflation);
    try {
      reader.start();
    } catch (FormatException e) {
      reader.problems.add(e);
    }
    long unaccounted = reader.problems.isEmpty() ? bytes.size() - reader.accounted : 0;
    return new SevenZipArchive(
        bytes, reader.streams.folders(), reader.entries, reader.problems, Math.max(0, unaccounted));
  }

  private void start() throws IOException, FormatException {
    ByteCursor in = new ByteCursor(bytes.slice(0, Math.min(START, bytes.size())), source);
    if ((in.u32("7z magic") | (long) in.u16("7z magic") << 32) != MAGIC) {
      throw in.malformed("7z magic", "is not 37 7a bc af 27 1c");
    }
    in.skip("7z version", 2);
    long declared = in.u32("7z start header CRC");
    requireCrc("7z start header CRC", declared, bytes.slice(12, Math.min(20, bytes.size() - 12)));
    long offset = in.i64("7z header offset");
    long size = in.i64("7z header size");
    long crc = in.u32("7z header CRC");
    if (size == 0) {
      return; // an archive of nothing
    }
    long behind = bytes.size() - START;
    if (offset < 0 || offset > behind || Long.compareUnsigned(size, behind - offset) > 0) {
      throw in.malformed(
          "7z header offset",
          "declares %s bytes at %s but %d follow"
              .formatted(Long.toUnsignedString(size), Long.toUnsignedString(offset), behind));
    }
    requireSize(size);
    accounted += size;
    Bytes header = bytes.slice(START + offset, size);
    requireCrc("7z header CRC", crc, header);
    header(header, 0);
  }

  private void requireSize(long size) throws FormatException {
    if (size > LARGEST_HEADER) {
      throw new FormatException.LimitExceeded(
          source + ": 7z header", START, "of " + size + " bytes, over " + LARGEST_HEADER);
    }
  }

  /// A failed check is told, and reading goes on: some reader might not check.
  private void requireCrc(String field, long declared, Bytes content) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content.array(0, (int) content.size()));
    if (crc.getValue() != declared) {
      problems.add(
          new FormatException.Malformed(
              source + ": " + field,
              0,
              "declares %08x but is %08x".formatted(declared, crc.getValue())));
    }
  }

  private void header(Bytes content, int encodings) throws IOException, FormatException {
    ByteCursor in = new ByteCursor(content, source + ": header");
    int id = in.u8("7z header");
    if (id == ENCODED_HEADER) {
      encodedHeader(in, encodings);
      return;
    }
    if (id != HEADER) {
      throw in.malformed("7z header", "begins with " + id);
    }
    id = in.u8("7z header");
    if (id == ARCHIVE_PROPERTIES) {
      for (int property = in.u8("7z property"); property != END; property = in.u8("7z property")) {
        in.skip("7z property", Numbers.number(in, "7z property"));
      }
      id = in.u8("7z header");
    }
    if (id == ADDITIONAL_STREAMS) {
      throw new FormatException.Unsupported(source + ": 7z header", 0, "additional streams");
    }
    if (id == MAIN_STREAMS) {
      streams = Streams.read(in, START, bytes.size());
      accounted += streams.packedBytes();
      id = in.u8("7z header");
    }
    if (id == FILES) {
      entries = Files.read(in, streams, budget);
      id = in.u8("7z header");
    }
    if (id != END) {
      throw in.malformed("7z header", "has unknown property " + id);
    }
  }

  private void encodedHeader(ByteCursor in, int encodings) throws IOException, FormatException {
    if (encodings == MOST_ENCODINGS) {
      throw new FormatException.LimitExceeded(
          source + ": 7z header", 0, "encoded more than " + MOST_ENCODINGS + " times");
    }
    Streams packed = Streams.read(in, START, bytes.size());
    if (packed.folders().size() != 1) {
      throw in.malformed("7z header", "is encoded in " + packed.folders().size() + " folders");
    }
    accounted += packed.packedBytes();
    requireSize(packed.folders().getFirst().size());
    SevenZipArchive holder = new SevenZipArchive(bytes, packed.folders(), List.of(), List.of(), 0);
    try (Inflated header = holder.open(0, source + ": encoded header", inflation)) {
      FormatException broken = header.broken();
      if (broken != null) {
        problems.add(broken);
      }
      if (packed.digests().getFirst()[0] != -1) {
        requireCrc("7z encoded header CRC", packed.digests().getFirst()[0], header.content());
      }
      header(header.content(), encodings + 1);
    }
  }
}
