package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.Digest;
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
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A generation while it is written. Of records with one id, the one that was changed last counts;
/// of two that were changed at one time, the one that was added first.
final class Generation implements Closeable {
  private final Path folder;
  private final FileChannel channel;
  private final OutputStream out;
  private final MessageDigest digest = Digest.newSha256();
  private final Map<String, Kept> kept = new HashMap<>();
  private long offset;
  private Instant newest = Instant.EPOCH;

  /// A record that counts so far.
  ///
  /// @param keys under which it is found; packages first, then the id and its aliases
  /// @param packages how many of the keys are packages
  private record Kept(
      String modified, Place place, List<String> keys, int packages, boolean malware) {}

  /// @param folder that is there and empty
  Generation(Path folder) throws IOException {
    this.folder = folder;
    this.channel =
        FileChannel.open(
            folder.resolve(AdvisoryStore.RECORDS),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE);
    this.out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 20);
  }

  /// Whether a record would count.
  boolean wants(Advisory advisory) {
    Kept known = kept.get(advisory.id());
    return known == null || advisory.modified().compareTo(known.modified()) > 0;
  }

  /// Adds a record if it counts.
  ///
  /// @param written as [OsvWriter] writes it
  void add(Advisory advisory, byte[] written) throws IOException {
    if (!wants(advisory)) {
      return;
    }
    Set<String> keys = new LinkedHashSet<>();
    for (Advisory.Affected affected : advisory.affected()) {
      Ecosystem ecosystem = Ecosystem.of(affected.ecosystem());
      if (ecosystem != null) {
        keys.add(AdvisoryStore.key(ecosystem, affected.name()));
      }
    }
    int packages = keys.size();
    keys.add(advisory.id());
    keys.addAll(advisory.aliases());
    kept.put(
        advisory.id(),
        new Kept(
            advisory.modified(),
            new Place(offset, written.length),
            List.copyOf(keys),
            packages,
            advisory.isMalware()));
    write(written);
    write(new byte[] {'\n'});
    newest = later(newest, advisory.modified());
  }

  private void write(byte[] bytes) throws IOException {
    out.write(bytes);
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
    out.flush();
    channel.force(true);
    HashIndex.Builder packages = new HashIndex.Builder();
    HashIndex.Builder ids = new HashIndex.Builder();
    long malware = 0;
    for (Kept one : kept.values()) {
      malware += one.malware ? 1 : 0;
      for (int i = 0; i < one.keys.size(); i++) {
        (i < one.packages ? packages : ids).add(one.keys.get(i), one.place);
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
    try (FileChannel file =
        FileChannel.open(
            folder.resolve(name), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
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
    channel.close();
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
