package dev.vidimus.formats.sevenz;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What a header says of files: names, attributes, and which of them have no stream.
final class Files {
  private static final int END = 0;
  private static final int EMPTY_STREAM = 14;
  private static final int NAMES = 17;
  private static final int ATTRIBUTES = 21;

  private final ByteCursor in;
  private final boolean[] empty;
  private final String[] names;
  private final long[] attributes;

  private Files(ByteCursor in, int count) {
    this.in = in;
    this.empty = new boolean[count];
    this.names = new String[count];
    this.attributes = new long[count];
    Arrays.fill(names, "");
  }

  /// Reads what follows the id of a files info and gives each file its stream.
  static List<SevenZipEntry> read(ByteCursor in, Streams streams, Budget budget)
      throws IOException, FormatException {
    // A file takes two bytes of the header at least: the end of its name.
    int count = Numbers.count(in, "7z files", in.remaining());
    Files files = new Files(in, count);
    for (int id = in.u8("7z files"); id != END; id = in.u8("7z files")) {
      long size = Numbers.number(in, "7z file property");
      in.proved("7z file property", in.position(), size, size);
      long end = in.position() + size;
      files.property(id);
      if (in.position() > end) {
        throw in.malformed("7z file property", "is longer than the " + size + " bytes declared");
      }
      in.seek(end);
    }
    return files.entries(streams, budget);
  }

  private void property(int id) throws IOException, FormatException {
    switch (id) {
      case EMPTY_STREAM ->
          System.arraycopy(
              Numbers.bits(in, "7z empty streams", empty.length), 0, empty, 0, empty.length);
      case NAMES -> {
        requireInternal();
        for (int i = 0; i < names.length; i++) {
          names[i] = name();
        }
      }
      case ATTRIBUTES -> {
        boolean[] defined = Numbers.bitsOrAll(in, "7z attributes", attributes.length);
        requireInternal();
        for (int i = 0; i < attributes.length; i++) {
          attributes[i] = defined[i] ? in.u32("7z attributes") : 0;
        }
      }
      default -> {} // times, comments and padding say nothing about content
    }
  }

  private void requireInternal() throws IOException, FormatException {
    if (in.u8("7z files") != 0) {
      throw new FormatException.Unsupported(
          in.where("7z files"), in.position(), "file properties in an external stream");
    }
  }

  private String name() throws IOException, FormatException {
    StringBuilder name = new StringBuilder();
    for (int unit = in.u16("7z file name"); unit != 0; unit = in.u16("7z file name")) {
      name.append((char) unit);
    }
    // Unpaired surrogates would not survive on the way to a terminal.
    return new String(name.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private List<SevenZipEntry> entries(Streams streams, Budget budget) throws FormatException {
    List<SevenZipEntry> entries = new ArrayList<>();
    int folder = 0;
    int inFolder = 0;
    long offset = 0;
    for (int i = 0; i < names.length; i++) {
      budget.takeEntry(in.where("7z files"), in.position());
      if (empty[i]) {
        entries.add(new SevenZipEntry(names[i], -1, 0, 0, -1, attributes[i]));
        continue;
      }
      while (folder < streams.folders().size() && inFolder == streams.sizes().get(folder).length) {
        folder++;
        inFolder = 0;
        offset = 0;
      }
      if (folder == streams.folders().size()) {
        throw in.malformed("7z files", "are more than there are streams");
      }
      long size = streams.sizes().get(folder)[inFolder];
      long crc = streams.digests().get(folder)[inFolder];
      entries.add(new SevenZipEntry(names[i], folder, offset, size, crc, attributes[i]));
      offset += size;
      inFolder++;
    }
    return entries;
  }
}
