package dev.vidimus.inventory.findings;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.vex.Exploits;
import dev.vidimus.inventory.vex.Statement;
import dev.vidimus.inventory.vex.Vex;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was imported to go with the advisories: statements on vulnerabilities (VEX), the scores of
/// EPSS, and the catalogue of those that are known to be exploited (KEV). They lie beside the
/// advisories, and count wherever these do.
public final class Companions {
  /// How long statements count that say when they were made.
  public static final Duration STATEMENTS_COUNT = Duration.ofDays(365);

  private static final String FOLDER = "companions";
  private static final String VEX = "vex-";
  private static final String EPSS = "epss";
  private static final String KEV = "kev.json";
  private static final int MOST = 1_000;

  private final Path folder;

  /// @param advisories the folder of all generations
  public Companions(Path advisories) {
    this.folder = advisories.resolve(FOLDER);
  }

  /// Keeps a document of OpenVEX or CycloneDX beside those that are there; the same one once.
  ///
  /// @return how many statements it makes
  /// @throws FormatException if it is neither; nothing is kept then
  public int vex(Path file) throws IOException, FormatException {
    try (FileBytes bytes = FileBytes.open(file)) {
      int statements = Vex.read(bytes, file.toString()).size();
      byte[] content = bytes.array(0, Math.toIntExact(bytes.size()));
      keep(VEX + Digest.sha256(content).hex() + ".json", content);
      return statements;
    }
  }

  /// Keeps scores in the place of those that were there.
  ///
  /// @return how many they are
  /// @throws FormatException if a line is none; nothing is kept then
  public int epss(Path file) throws IOException, FormatException {
    int scores = Exploits.none().scored(file).scores().size();
    boolean isPacked = file.toString().endsWith(".gz");
    keep(EPSS + (isPacked ? ".csv.gz" : ".csv"), Files.readAllBytes(file));
    Files.deleteIfExists(folder.resolve(EPSS + (isPacked ? ".csv" : ".csv.gz")));
    return scores;
  }

  /// Keeps a catalogue in the place of the one that was there.
  ///
  /// @return how many vulnerabilities it names
  /// @throws FormatException if it is none; nothing is kept then
  public int kev(Path file) throws IOException, FormatException {
    try (FileBytes bytes = FileBytes.open(file)) {
      int known = Exploits.none().known(bytes, file.toString()).known().size();
      keep(KEV, bytes.array(0, Math.toIntExact(bytes.size())));
      return known;
    }
  }

  /// Forgets all of it.
  public void clear() throws IOException {
    for (Path file : files("")) {
      Files.delete(file);
    }
  }

  private void keep(String name, byte[] content) throws IOException {
    Files.createDirectories(folder);
    Path next = Files.createTempFile(folder, ".", ".next");
    try {
      Files.write(next, content);
      try (FileChannel written = FileChannel.open(next, StandardOpenOption.WRITE)) {
        written.force(true);
      }
      Files.move(next, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(next);
    }
  }

  private List<Path> files(String start) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            folder, file -> String.valueOf(file.getFileName()).startsWith(start))) {
      files.forEach(found::add);
    } catch (NoSuchFileException e) {
      return List.of();
    }
    found.sort(Comparator.naturalOrder());
    return found;
  }

  /// The statements that were imported.
  ///
  /// @throws FormatException if a document is broken, or there are too many
  public List<Statement> statements() throws IOException, FormatException {
    List<Path> documents = files(VEX);
    if (documents.size() > MOST) {
      throw new FormatException.LimitExceeded(
          folder.toString(), 0, "more than " + MOST + " documents of VEX");
    }
    List<Statement> statements = new ArrayList<>();
    for (Path document : documents) {
      try (Bytes bytes = FileBytes.open(document)) {
        statements.addAll(Vex.read(bytes, "imported VEX"));
      }
    }
    return statements;
  }

  /// The scores and the catalogue that were imported.
  ///
  /// @throws FormatException if one is broken
  public Exploits exploits() throws IOException, FormatException {
    Exploits exploits = Exploits.none();
    for (Path scores : files(EPSS)) {
      exploits = exploits.scored(scores);
    }
    for (Path catalogue : files(KEV)) {
      try (Bytes bytes = FileBytes.open(catalogue)) {
        exploits = exploits.known(bytes, KEV);
      }
    }
    return exploits;
  }

  /// All that is known, with advisories of any age.
  ///
  /// @param advisories null if none were imported
  public Knowledge with(@Nullable AdvisoryStore advisories, Instant now)
      throws IOException, FormatException {
    return new Knowledge(
        advisories, new Vex(statements(), now, STATEMENTS_COUNT), exploits(), now, null);
  }
}
