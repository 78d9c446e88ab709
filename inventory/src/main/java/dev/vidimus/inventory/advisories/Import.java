package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/// Makes a generation of records from an export of OSV and the generation before it: single
/// records, a zip of records, or a folder of both. It takes the place of the one before in one
/// step; a broken record is reported and left out, anything else leaves the old generation as it
/// is.
public final class Import {
  private static final int LONGEST_RECORD = 16 << 20;
  private static final long MOST_RECORDS = 1_000_000;
  private static final long MOST_BYTES = 64L << 30;
  private static final int DEEPEST = 8;
  private static final int MOST_PROBLEMS = 1_000;
  private static final String LOCK = "lock";

  private final Path folder;
  private final InstantSource clock;
  private final LongConsumer progress;
  private final List<String> problems = new ArrayList<>();
  private long records;
  private long bytes;
  private long broken;

  /// What an import did.
  ///
  /// @param about of the new generation
  /// @param read records that were read
  /// @param broken records that were left out
  /// @param problems why, one line each; at most 1,000
  public record Result(About about, long read, long broken, List<String> problems) {
    public Result {
      problems = List.copyOf(problems);
    }
  }

  /// @param folder of all generations; made if it is not there
  /// @param progress is told the number of records read so far, now and then
  public Import(Path folder, InstantSource clock, LongConsumer progress) {
    this.folder = folder;
    this.clock = clock;
    this.progress = progress;
  }

  /// Imports.
  ///
  /// @param sources files and folders
  /// @param keeps whether records of the generation before are kept, unless a younger one came
  /// @throws FormatException if a zip is none, or there is too much of something
  /// @throws IOException if something cannot be read or written, or another import runs
  public Result run(List<Path> sources, boolean keeps) throws IOException, FormatException {
    Files.createDirectories(folder);
    try (FileChannel lock =
        FileChannel.open(
            folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        throw new IOException(folder + ": another process imports advisories");
      }
      String before = AdvisoryStore.current(folder);
      long number = before.isEmpty() ? 1 : Long.parseLong(before) + 1;
      Path made = folder.resolve(Long.toString(number));
      Generation.delete(made); // what a killed import left
      Files.createDirectory(made);
      boolean isDone = false;
      try {
        About about = write(made, number, sources, keeps ? before : "");
        swap(number);
        isDone = true;
        if (!before.isEmpty()) {
          Generation.delete(folder.resolve(before));
        }
        return new Result(about, records, broken, problems);
      } finally {
        if (!isDone) {
          Generation.delete(made);
        }
      }
    }
  }

  private About write(Path made, long number, List<Path> sources, String before)
      throws IOException, FormatException {
    try (Generation generation = new Generation(made);
        Parsing parsing = new Parsing(one -> take(one, generation))) {
      for (Path source : sources) {
        read(source, parsing, 0);
      }
      parsing.finish();
      if (!before.isEmpty()) {
        keep(folder.resolve(before).resolve(AdvisoryStore.RECORDS), generation);
      }
      About about = generation.finish(number, clock.instant());
      Generation.sync(made);
      return about;
    }
  }

  private void swap(long number) throws IOException {
    Path next = folder.resolve(AdvisoryStore.CURRENT + ".next");
    Files.writeString(next, number + "\n");
    Generation.sync(next);
    Files.move(next, folder.resolve(AdvisoryStore.CURRENT), StandardCopyOption.ATOMIC_MOVE);
    Generation.sync(folder);
  }

  private void read(Path source, Parsing parsing, int depth) throws IOException, FormatException {
    if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
      if (depth == DEEPEST) {
        throw tooMuch(source.toString(), "folders deeper than " + DEEPEST);
      }
      List<Path> children = new ArrayList<>();
      try (DirectoryStream<Path> files = Files.newDirectoryStream(source)) {
        files.forEach(children::add);
      }
      children.sort(Comparator.naturalOrder());
      for (Path child : children) {
        boolean isFolder = Files.isDirectory(child, LinkOption.NOFOLLOW_LINKS);
        if (isFolder || hasEnding(child, ".json") || hasEnding(child, ".zip")) {
          read(child, parsing, depth + 1);
        }
      }
    } else if (hasEnding(source, ".zip")) {
      readZip(source, parsing);
    } else {
      try (InputStream in = Files.newInputStream(source)) {
        record(source.toString(), in, parsing);
      }
    }
  }

  private static boolean hasEnding(Path file, String ending) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(ending);
  }

  /// Names of members are shown, and never used as paths.
  private void readZip(Path source, Parsing parsing) throws IOException, FormatException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(source), 1 << 20);
        ZipInputStream zip = new ZipInputStream(file, StandardCharsets.UTF_8)) {
      boolean isEmpty = true;
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        isEmpty = false;
        if (!entry.isDirectory() && entry.getName().endsWith(".json")) {
          record(source + "!/" + entry.getName(), zip, parsing);
        }
      }
      if (isEmpty) {
        throw new FormatException.Malformed(source.toString(), 0, "is no zip with members");
      }
    } catch (ZipException | IllegalArgumentException e) {
      throw new FormatException.Malformed(source.toString(), 0, String.valueOf(e.getMessage()));
    }
  }

  private void record(String name, InputStream in, Parsing parsing)
      throws IOException, FormatException {
    byte[] text = in.readNBytes(LONGEST_RECORD + 1);
    bytes += text.length;
    if (++records > MOST_RECORDS || bytes > MOST_BYTES) {
      throw tooMuch(name, "more than " + MOST_RECORDS + " records or " + MOST_BYTES + " bytes");
    }
    if (text.length > LONGEST_RECORD) {
      leaveOut(name + ": over " + LONGEST_RECORD + " bytes");
    } else {
      parsing.add(name, text);
    }
    if (records % 1_000 == 0) {
      progress.accept(records);
    }
  }

  private void take(Parsing.Parsed one, Generation generation) throws IOException, FormatException {
    if (one.advisory() == null) {
      leaveOut(one.problem());
    } else {
      generation.add(one.advisory(), one.written());
    }
  }

  private void leaveOut(String problem) {
    broken++;
    if (problems.size() < MOST_PROBLEMS) {
      problems.add(problem);
    }
  }

  /// What an import wrote is one record a line.
  private void keep(Path file, Generation generation) throws IOException, FormatException {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        byte[] text = line.getBytes(StandardCharsets.UTF_8);
        generation.add(OsvReader.read(Bytes.of(text), file.toString()), text);
      }
    }
  }

  private static FormatException tooMuch(String where, String what) {
    return new FormatException.LimitExceeded(where, 0, what);
  }
}
