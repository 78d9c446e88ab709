package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Snapshot.Entry;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.evidence.intoto.Subject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an attestation is to be about, by its digests in the names of the [in-toto
/// DigestSet](https://github.com/in-toto/attestation/blob/main/spec/v1/digest_set.md):
///
/// - `sha256`, `sha384`, `sha512` of a file's bytes. A folder has none, so that nobody takes the
///   list of its files for the folder.
/// - `dirHash`: the snapshot digest, which is Go's `Hash1` in hex.
/// - `omsRoot`: our name for the root digest of OMS, of a folder. It binds no names of files, so it
///   is written for those who look for it, and never read.
public final class AttestedArtifact {
  private static final String DIR_HASH = "dirHash";
  private static final String OMS_ROOT = "omsRoot";
  private static final String SHA256 = "sha256";
  private static final int BUFFER = 1 << 16;
  private static final Pattern GIVEN = Pattern.compile("[A-Za-z][A-Za-z0-9_]*:[^\\s/:]+");
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  private final String name;
  private final @Nullable Path file;
  private final Map<String, String> digests;
  private final Set<String> files;

  private AttestedArtifact(
      String name, @Nullable Path file, Map<String, String> digests, Set<String> files) {
    this.name = name;
    this.file = file;
    this.digests = new LinkedHashMap<>(digests);
    this.files = Set.copyOf(files);
  }

  /// A tree that is known by its digests. A statement about any of its files is about it too, and
  /// what it says of the others is for the caller to see.
  ///
  /// @param dirHash the snapshot digest in hex
  /// @param files SHA-256 of each file in hex
  public static AttestedArtifact ofTree(String name, String dirHash, Set<String> files) {
    return new AttestedArtifact(name, null, Map.of(DIR_HASH, dirHash), files);
  }

  /// Reads a file or folder.
  ///
  /// @param beside files that are not part of it: where attestations lie or will lie
  /// @throws FormatException.Unsupported if it has links or devices, which no digest covers
  public static AttestedArtifact of(Path path, List<Path> beside)
      throws FormatException, IOException {
    Snapshot snapshot = without(Snapshot.of(path), beside);
    Identity identity = Identity.of(snapshot);
    if (!identity.refused().isEmpty()) {
      List<String> names = identity.refused().stream().map(Snapshot.Refused::path).toList();
      throw new FormatException.Unsupported(
          path.toString(), 0, "has what no digest covers: " + String.join(", ", names));
    }
    Map<String, String> digests = new LinkedHashMap<>();
    boolean isFolder = Files.isDirectory(path);
    if (!isFolder) {
      digests.put(SHA256, identity.files().getFirst().sha256().hex());
    }
    digests.put(DIR_HASH, identity.digest().hex());
    if (isFolder) {
      digests.put(OMS_ROOT, identity.omsRoot().hex());
    }
    String name = Objects.toString(path.toAbsolutePath().normalize().getFileName(), "artifact");
    return new AttestedArtifact(name, isFolder ? null : path, digests, Set.of());
  }

  private static Snapshot without(Snapshot snapshot, List<Path> beside) throws IOException {
    if (!Files.isDirectory(snapshot.root())) {
      return snapshot;
    }
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : snapshot.entries()) {
      boolean isBeside = false;
      for (Path one : beside) {
        isBeside |= Files.exists(one) && Files.isSameFile(one, entry.file());
      }
      if (!isBeside) {
        entries.add(entry);
      }
    }
    return new Snapshot(snapshot.root(), entries, snapshot.refused());
  }

  /// Whether a text names an artifact by its digest, `sha256:` and 64 hex digits, and not by path.
  public static boolean isDigest(String text) {
    return GIVEN.matcher(text).matches();
  }

  /// An artifact that is known by a digest only. `sha256` may be a file's or a snapshot digest,
  /// which is printed in the same way.
  ///
  /// @throws IllegalArgumentException if it is no digest, or one that does not bind its artifact
  public static AttestedArtifact ofDigest(String text) {
    int colon = text.indexOf(':');
    String algorithm = colon < 0 ? "" : text.substring(0, colon);
    String value = text.substring(colon + 1);
    int digits = DigestStrength.hexDigits(algorithm);
    if (!isDigest(text) || DigestStrength.isWeak(algorithm)) {
      throw new IllegalArgumentException("no digest that binds an artifact: " + text);
    }
    if (digits > 0 && (value.length() != digits || !HEX.matcher(value).matches())) {
      throw new IllegalArgumentException(
          algorithm + " has " + digits + " lower-case hex digits, not " + value);
    }
    Map<String, String> digests = new LinkedHashMap<>(Map.of(algorithm, value));
    if (algorithm.equals(SHA256)) {
      digests.put(DIR_HASH, value);
    }
    return new AttestedArtifact(text, null, digests, Set.of());
  }

  /// The subject of a statement about it.
  ///
  /// @param called its name there, or null for its own
  public Subject subject(@Nullable String called) {
    return new Subject(called == null ? name : called, digests);
  }

  /// Its base name, or the digest by which it was given.
  public String name() {
    return name;
  }

  /// The digests that are known without reading it again, by algorithm.
  public Map<String, String> digests() {
    return Map.copyOf(digests);
  }

  /// Its digest by an algorithm as [#digest] has it; of a tree, the SHA-256 of the file that a
  /// statement means.
  ///
  /// @param claimed what the statement says
  @Nullable String digest(String algorithm, String claimed) throws IOException {
    return algorithm.equals(SHA256) && files.contains(claimed) ? claimed : digest(algorithm);
  }

  /// Its digest by an algorithm, or null if it has none by that. Reads a file again for all but
  /// SHA-256.
  @Nullable String digest(String algorithm) throws IOException {
    if (algorithm.equals(OMS_ROOT)) {
      return null;
    }
    String known = digests.get(algorithm);
    if (known != null || file == null) {
      return known;
    }
    String jdk =
        switch (algorithm) {
          case "sha384" -> "SHA-384";
          case "sha512" -> "SHA-512";
          default -> "";
        };
    if (jdk.isEmpty()) {
      return null;
    }
    String value = hash(file, jdk);
    digests.put(algorithm, value);
    return value;
  }

  private static String hash(Path file, String algorithm) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance(algorithm);
      byte[] buffer = new byte[BUFFER];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks " + algorithm, e);
    }
  }
}
