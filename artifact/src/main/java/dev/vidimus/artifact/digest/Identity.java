package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Snapshot.Entry;
import dev.vidimus.artifact.Snapshot.Refused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every name by which the same bytes are known.
///
/// @param digest the snapshot digest: SHA-256 of `<hex>  <path>\n` for each file, in the order of
/// the paths' UTF-8 bytes
/// @param omsRoot SHA-256 of the files' raw digests in that order, over everything but git's files:
/// what OMS signs. It binds no names, so it says that two models are equal only beside the digest
/// @param files what the snapshot digest covers
/// @param notInIdentity paths that it leaves out
/// @param refused what cannot be part of an identity; not empty means that the digest is not the
/// whole truth
public record Identity(
    Digest digest,
    Digest omsRoot,
    List<FileIdentity> files,
    List<String> notInIdentity,
    List<Refused> refused) {
  /// Files up to this size, in bytes, get their git name; hubs name larger ones by SHA-256.
  public static final long GIT_LIMIT = 512 << 10;

  public Identity {
    files = List.copyOf(files);
    notInIdentity = List.copyOf(notInIdentity);
    refused = List.copyOf(refused);
  }

  /// One file.
  ///
  /// @param path relative to the root; the base name if the root is a file
  /// @param size in bytes
  /// @param sha256 of its content
  /// @param gitBlob the 40 hex digits of its git blob, or null if it is larger than [#GIT_LIMIT]
  public record FileIdentity(String path, long size, Digest sha256, @Nullable String gitBlob) {}

  /// Reads every byte of a file or folder once.
  ///
  /// @throws IOException if something cannot be read, or changes meanwhile
  public static Identity of(Path root) throws IOException {
    return of(Snapshot.of(root));
  }

  /// The same for a folder that was walked already.
  public static Identity of(Snapshot snapshot) throws IOException {
    return of(snapshot, Map.of());
  }

  /// The same for a folder of which some files were hashed as they were written.
  ///
  /// @param known SHA-256 of files larger than [#GIT_LIMIT], by their paths
  public static Identity of(Snapshot snapshot, Map<String, Digest> known) throws IOException {
    boolean isFolder = Files.isDirectory(snapshot.root());
    List<String> notByOms = isFolder ? Exclusions.ofOms() : List.of();
    List<String> notBySnapshot = isFolder ? Exclusions.ofSnapshot() : List.of();
    List<Entry> hashed =
        snapshot.entries().stream()
            .filter(entry -> !Exclusions.covers(notByOms, entry.path()))
            .toList();
    List<Sums> sums = sums(hashed, known);

    MessageDigest list = Digest.newSha256();
    MessageDigest roots = Digest.newSha256();
    List<FileIdentity> files = new ArrayList<>();
    for (int i = 0; i < hashed.size(); i++) {
      Entry entry = hashed.get(i);
      Digest digest = sums.get(i).sha256();
      roots.update(digest.bytes());
      if (!Exclusions.covers(notBySnapshot, entry.path())) {
        files.add(new FileIdentity(entry.path(), entry.size(), digest, sums.get(i).gitBlob()));
        list.update(line(entry.path(), digest).getBytes(StandardCharsets.UTF_8));
      }
    }
    return new Identity(
        Digest.of(list.digest()),
        Digest.of(roots.digest()),
        files,
        snapshot.entries().stream()
            .map(Entry::path)
            .filter(path -> Exclusions.covers(notBySnapshot, path))
            .toList(),
        snapshot.refused().stream()
            .filter(refused -> !Exclusions.covers(notBySnapshot, refused.path()))
            .toList());
  }

  private static List<Sums> sums(List<Entry> entries, Map<String, Digest> known)
      throws IOException {
    Iterator<Sums> read =
        Sha256.of(
                entries.stream()
                    .filter(e -> !known.containsKey(e.path()))
                    .map(Stretch::of)
                    .toList(),
                GIT_LIMIT)
            .iterator();
    List<Sums> all = new ArrayList<>();
    for (Entry entry : entries) {
      Digest digest = known.get(entry.path());
      all.add(digest == null ? read.next() : new Sums(digest, null));
    }
    return all;
  }

  /// The lines of `sha256sum`, of which the digest is the SHA-256.
  public String list() {
    StringBuilder lines = new StringBuilder();
    files.forEach(file -> lines.append(line(file.path(), file.sha256())));
    return lines.toString();
  }

  private static String line(String path, Digest digest) {
    return digest.hex() + "  " + path + "\n";
  }
}
