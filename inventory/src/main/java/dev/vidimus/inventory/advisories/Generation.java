package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.advisories.Advisory.Affected;
import dev.vidimus.inventory.advisories.HashIndex.Place;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A generation while it is written. Of records with one id, the one that was changed last counts;
/// of two that were changed at one time, the one that was added first.
final class Generation implements Closeable {
  /// Sixteen bytes and more of memory each.
  private static final long MOST_KEYS = 20_000_000;

  private final Path folder;
  private final FileChannel recordsFile;
  private final OutputStream records;
  private final FileChannel claimsFile;
  private final OutputStream claims;
  private final MessageDigest digest = Digest.newSha256();
  private final Map<String, Kept> kept = new HashMap<>();
  private long offset;
  private long claimsOffset;
  private long keys;
  private Instant newest = Instant.EPOCH;

  /// A record that counts so far. Keys are hashes: there are millions of them.
  ///
  /// @param packages under which its claims are found
  /// @param claims one for each package
  /// @param ids under which the record is found
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Kept(
      String modified,
      Place record,
      long[] packages,
      Place[] claims,
      long[] ids,
      boolean malware) {}

  /// @param folder that is there and empty
  Generation(Path folder) throws IOException {
    this.folder = folder;
    this.recordsFile = create(folder.resolve(AdvisoryStore.RECORDS));
    this.records = buffered(recordsFile);
    this.claimsFile = create(folder.resolve(AdvisoryStore.CLAIMS));
    this.claims = buffered(claimsFile);
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  private static OutputStream buffered(FileChannel channel) {
    return new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20);
  }

  /// Whether a record would count.
  boolean wants(Advisory advisory) {
    Kept known = kept.get(advisory.id());
    return known == null || advisory.modified().compareTo(known.modified()) > 0;
  }

  /// Adds a record if it counts.
  ///
  /// @param written as [OsvWriter] writes it
  /// @throws FormatException if all records together have too many packages and aliases
  void add(Advisory advisory, byte[] written) throws IOException, FormatException {
    if (!wants(advisory)) {
      return;
    }
    Place record = new Place(offset, written.length);
    Map<String, List<Affected>> byPackage = byPackage(advisory);
    Set<String> ids = new TreeSet<>(advisory.aliases());
    ids.add(advisory.id());
    keys += byPackage.size() + ids.size();
    if (keys > MOST_KEYS) {
      throw new FormatException.LimitExceeded(
          advisory.id(), 0, "more than " + MOST_KEYS + " packages and aliases in all records");
    }
    List<Place> places = new ArrayList<>(byPackage.size());
    for (List<Affected> affected : byPackage.values()) {
      byte[] claim = new Claim(advisory.id(), advisory.isWithdrawn(), record, affected).written();
      claims.write(claim);
      places.add(new Place(claimsOffset, claim.length));
      claimsOffset += claim.length;
    }
    kept.put(
        advisory.id(),
        new Kept(
            advisory.modified(),
            record,
            hashes(byPackage.keySet()),
            places.toArray(Place[]::new),
            hashes(ids),
            advisory.isMalware()));
    write(written);
    write(new byte[] {'\n'});
    newest = later(newest, advisory.modified());
  }

  private static Map<String, List<Affected>> byPackage(Advisory advisory) {
    Map<String, List<Affected>> byPackage = new LinkedHashMap<>();
    for (Affected affected : advisory.affected()) {
      Ecosystem ecosystem = Ecosystem.of(affected.ecosystem());
      if (ecosystem != null) {
        byPackage
            .computeIfAbsent(
                AdvisoryStore.key(ecosystem, affected.name()), key -> new ArrayList<>(1))
            .add(affected);
      }
    }
    return byPackage;
  }

  private static long[] hashes(Set<String> keys) {
    return keys.stream().mapToLong(HashIndex::hash).toArray();
  }

  private void write(byte[] bytes) throws IOException {
    records.write(bytes);
    digest.update(bytes);
    offset += bytes.length;
  }

  private static Instant later(Instant known, String text) {
    try {
      Instant other = Instant.parse(text);
      return other.isAfter(known) ? other : known;
    } catch (DateTimeParseException e) {
      return known;
    }
  }

  /// Writes everything that is left, durably.
  About finish(long number, Instant now) throws IOException {
    records.flush();
    recordsFile.force(true);
    claims.flush();
    claimsFile.force(true);
    HashIndex.Builder packages = new HashIndex.Builder();
    HashIndex.Builder ids = new HashIndex.Builder();
    long malware = 0;
    for (Kept one : kept.values()) {
      malware += one.malware ? 1 : 0;
      for (int i = 0; i < one.packages.length; i++) {
        packages.add(one.packages[i], one.claims[i]);
      }
      for (long id : one.ids) {
        ids.add(id, one.record);
      }
    }
    durable(AdvisoryStore.PACKAGES, packages::write);
    durable(AdvisoryStore.IDS, ids::write);
    String sum = "sha256:" + HexFormat.of().formatHex(digest.digest());
    About about = new About(number, now, newest, kept.size(), malware, sum);
    byte[] text = (about.json() + "\n").getBytes(StandardCharsets.UTF_8);
    durable(AdvisoryStore.ABOUT, file -> file.write(text));
    return about;
  }

  private interface Content {
    void write(OutputStream out) throws IOException;
  }

  private void durable(String name, Content content) throws IOException {
    try (FileChannel file = create(folder.resolve(name))) {
      content.write(Channels.newOutputStream(file));
      file.force(true);
    }
  }

  /// Makes the names in a folder durable.
  static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    try (claimsFile) {
      recordsFile.close();
    }
  }

  /// Deletes a folder of files, if it is there.
  static void delete(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder)) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
      Files.delete(folder);
    }
  }
}
