package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.advisories.HashIndex.Place;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One generation of records, open for questions from many threads. A later import makes another
/// generation; this one stays as it is while it is open.
public final class AdvisoryStore implements Closeable {
  static final String CURRENT = "current";
  static final String RECORDS = "records";
  static final String PACKAGES = "packages.index";
  static final String IDS = "ids.index";
  static final String ABOUT = "about.json";

  private static final int LONGEST_RECORD = 16 << 20;

  private final FileBytes records;
  private final FileBytes packagesFile;
  private final FileBytes idsFile;
  private final HashIndex packages;
  private final HashIndex ids;
  private final About about;

  private AdvisoryStore(Path folder, FileBytes records, FileBytes packagesFile, FileBytes idsFile)
      throws IOException, FormatException {
    this.records = records;
    this.packagesFile = packagesFile;
    this.idsFile = idsFile;
    this.packages = new HashIndex(packagesFile, PACKAGES);
    this.ids = new HashIndex(idsFile, IDS);
    this.about = About.parse(Files.readString(folder.resolve(ABOUT)), ABOUT);
  }

  /// Opens the current generation; null if nothing was imported yet.
  ///
  /// @param folder of all generations
  /// @throws FormatException if a file is not what the import made
  public static @Nullable AdvisoryStore open(Path folder) throws IOException, FormatException {
    while (true) {
      String name = current(folder);
      if (name.isEmpty()) {
        return null;
      }
      try {
        return openGeneration(folder.resolve(name));
      } catch (NoSuchFileException e) {
        if (name.equals(current(folder))) {
          throw e; // not an import that took its place at this moment
        }
      }
    }
  }

  /// Name of the current generation's folder; empty if there is none.
  static String current(Path folder) throws IOException {
    try {
      return Files.readString(folder.resolve(CURRENT)).strip();
    } catch (NoSuchFileException e) {
      return "";
    }
  }

  private static AdvisoryStore openGeneration(Path folder) throws IOException, FormatException {
    List<FileBytes> open = new ArrayList<>();
    AdvisoryStore store = null;
    try {
      for (String name : List.of(RECORDS, PACKAGES, IDS)) {
        open.add(FileBytes.open(folder.resolve(name)));
      }
      store = new AdvisoryStore(folder, open.get(0), open.get(1), open.get(2));
      return store;
    } finally {
      if (store == null) {
        for (FileBytes file : open) {
          file.close();
        }
      }
    }
  }

  /// What this generation says of itself.
  public About about() {
    return about;
  }

  /// The key of a package in the index.
  static String key(Ecosystem ecosystem, String name) {
    return ecosystem.word() + "\0" + ecosystem.normalized(name);
  }

  /// A record that speaks of a version.
  ///
  /// @param isInferred it lists the version without the part that says where it was built
  public record Match(Advisory advisory, boolean isInferred) {}

  /// The records that speak of a version, in the order of their ids. Withdrawn ones are among them.
  public List<Match> matches(Ecosystem ecosystem, String name, String version)
      throws IOException, FormatException {
    List<Match> matches = new ArrayList<>();
    for (Place place : packages.find(key(ecosystem, name))) {
      Advisory advisory = read(place);
      Matching.Answer answer = Matching.of(advisory, ecosystem, name, version);
      if (answer != Matching.Answer.NO) {
        matches.add(new Match(advisory, answer == Matching.Answer.INFERRED));
      }
    }
    matches.sort(Comparator.comparing(match -> match.advisory().id()));
    return matches;
  }

  /// Whether any record speaks of a package, whatever its version.
  public boolean knows(Ecosystem ecosystem, String name) throws IOException, FormatException {
    return !packages.find(key(ecosystem, name)).isEmpty();
  }

  /// The records of an id: the one that has it, and those that have it as an alias.
  public List<Advisory> byId(String id) throws IOException, FormatException {
    List<Advisory> found = new ArrayList<>();
    for (Place place : ids.find(id)) {
      Advisory advisory = read(place);
      if (advisory.id().equals(id) || advisory.aliases().contains(id)) {
        found.add(advisory);
      }
    }
    found.sort(Comparator.comparing(advisory -> !advisory.id().equals(id)));
    return found;
  }

  private Advisory read(Place place) throws IOException, FormatException {
    boolean isInside =
        place.offset() >= 0
            && place.length() >= 0
            && place.length() <= LONGEST_RECORD
            && place.offset() <= records.size() - place.length();
    if (!isInside) {
      throw new FormatException.Malformed(
          PACKAGES + ": place", place.offset(), "is not inside of " + records.size() + " bytes");
    }
    return OsvReader.read(records.slice(place.offset(), place.length()), RECORDS);
  }

  @Override
  public void close() throws IOException {
    records.close();
    packagesFile.close();
    idsFile.close();
  }
}
