package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.Bytes;
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
  static final String CLAIMS = "claims";
  static final String PACKAGES = "packages.index";
  static final String IDS = "ids.index";
  static final String ABOUT = "about.json";

  private static final int LONGEST_RECORD = 16 << 20;

  private final About about;
  private final List<FileBytes> open;
  private final FileBytes records;
  private final FileBytes claims;
  private final HashIndex packages;
  private final HashIndex ids;

  private AdvisoryStore(About about, List<FileBytes> open) throws IOException, FormatException {
    this.about = about;
    this.open = List.copyOf(open);
    this.records = open.get(0);
    this.claims = open.get(1);
    this.packages = new HashIndex(open.get(2), PACKAGES);
    this.ids = new HashIndex(open.get(3), IDS);
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
    About about = About.parse(Files.readString(folder.resolve(ABOUT)), ABOUT);
    List<FileBytes> open = new ArrayList<>();
    AdvisoryStore store = null;
    try {
      for (String name : List.of(RECORDS, CLAIMS, PACKAGES, IDS)) {
        open.add(FileBytes.open(folder.resolve(name)));
      }
      store = new AdvisoryStore(about, open);
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

  /// That a record speaks of a version.
  ///
  /// @param id of the record
  /// @param isWithdrawn it was taken back, and does not count
  /// @param isInferred it lists the version without the part that says where it was built
  /// @param record where all of it lies, for [#read(Hit)]
  public record Hit(String id, boolean isWithdrawn, boolean isInferred, Place record) {}

  /// A record that speaks of a version.
  ///
  /// @param isInferred it lists the version without the part that says where it was built
  public record Match(Advisory advisory, boolean isInferred) {}

  /// Which records speak of a version, in the order of their ids. Withdrawn ones are among them.
  public List<Hit> hits(Ecosystem ecosystem, String name, String version)
      throws IOException, FormatException {
    List<Hit> hits = new ArrayList<>();
    for (Place place : packages.find(key(ecosystem, name))) {
      Claim claim = Claim.read(slice(claims, CLAIMS, place), CLAIMS);
      Matching.Answer answer = Matching.of(claim.affected(), ecosystem, name, version);
      if (answer != Matching.Answer.NO) {
        boolean isInferred = answer == Matching.Answer.INFERRED;
        hits.add(new Hit(claim.id(), claim.isWithdrawn(), isInferred, claim.record()));
      }
    }
    hits.sort(Comparator.comparing(Hit::id));
    return hits;
  }

  /// The records that speak of a version, in the order of their ids. Withdrawn ones are among them.
  public List<Match> matches(Ecosystem ecosystem, String name, String version)
      throws IOException, FormatException {
    List<Match> matches = new ArrayList<>();
    for (Hit hit : hits(ecosystem, name, version)) {
      matches.add(new Match(read(hit), hit.isInferred()));
    }
    return matches;
  }

  /// The records that speak of a package in whatever version, in the order of their ids.
  public List<Match> matchesOfEvery(Ecosystem ecosystem, String name)
      throws IOException, FormatException {
    List<Match> matches = new ArrayList<>();
    for (Place place : packages.find(key(ecosystem, name))) {
      Claim claim = Claim.read(slice(claims, CLAIMS, place), CLAIMS);
      if (Matching.isOfEvery(claim.affected(), ecosystem, name)) {
        matches.add(new Match(read(claim.record()), false));
      }
    }
    matches.sort(Comparator.comparing(match -> match.advisory().id()));
    return matches;
  }

  /// All of a record.
  public Advisory read(Hit hit) throws IOException, FormatException {
    return read(hit.record());
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
    return OsvReader.read(slice(records, RECORDS, place), RECORDS);
  }

  /// Read at once: what follows asks for a few bytes at a time.
  private static Bytes slice(Bytes file, String name, Place place)
      throws IOException, FormatException {
    boolean isInside =
        place.offset() >= 0
            && place.length() >= 0
            && place.length() <= LONGEST_RECORD
            && place.offset() <= file.size() - place.length();
    if (!isInside) {
      throw new FormatException.Malformed(
          name + ": place", place.offset(), "is not inside of " + file.size() + " bytes");
    }
    return Bytes.of(file.array(place.offset(), place.length()));
  }

  @Override
  public void close() throws IOException {
    for (FileBytes file : open) {
      file.close();
    }
  }
}
