package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.digest.HashedCopy;
import dev.vidimus.registry.examine.AttestationChecking;
import dev.vidimus.registry.statement.Intake;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A file or folder of this machine.
public final class LocalSource {
  private static final int SHOWN = 5;
  private static final int PRINTED = 200;

  private LocalSource() {}

  /// Copies a file or folder.
  ///
  /// @param shown the path as it was given
  /// @throws Refusal if it has what cannot be part of an artifact, or there is no room
  public static Fetched fetch(Path path, String shown, Staging staging) throws IOException {
    if (!Files.exists(path)) {
      throw new Refusal(
          shown + ": there is no such file or folder",
          "a model of a hub is hf://org/name or hub://HOST/org/name");
    }
    Snapshot snapshot = Snapshot.of(path);
    requireWhole(snapshot, shown);
    Room.require(staging.tree(), snapshot.size());
    boolean isFolder = Files.isDirectory(path);
    Map<String, Digest> hashed = copy(snapshot, staging.tree());
    String base = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    return new Fetched(
        isFolder ? staging.tree() : staging.tree().resolve(base),
        new Intake.Source(isFolder ? "folder" : "file", shown, "", List.of()),
        base,
        Map.of(),
        hashed,
        isFolder ? List.of() : beside(path, staging));
  }

  /// Attestations about a single file lie beside it, under its name and more.
  private static List<Path> beside(Path path, Staging staging) throws IOException {
    Path file = path.toAbsolutePath().normalize();
    String base = file.getFileName() + ".";
    List<Path> copies = new ArrayList<>();
    for (String end : AttestationChecking.ENDS) {
      Path attestation = file.resolveSibling(base + end.substring(1));
      if (Files.isRegularFile(attestation, LinkOption.NOFOLLOW_LINKS)) {
        BasicFileAttributes attributes = attributes(attestation);
        if (attributes.size() <= AttestationChecking.MOST_BYTES) {
          Path copy = staging.scratch().resolve("beside").resolve(base + end.substring(1));
          Files.createDirectories(Objects.requireNonNull(copy.getParent()));
          copy(
              new Snapshot.Entry(base + end.substring(1), attributes.size(), attestation),
              copy,
              false);
          copies.add(copy);
        }
      }
    }
    return copies;
  }

  private static void requireWhole(Snapshot snapshot, String shown) throws Refusal {
    if (snapshot.entries().isEmpty() && snapshot.refused().isEmpty()) {
      throw new Refusal(shown + ": there is nothing in it", "");
    }
    if (snapshot.refused().isEmpty()) {
      return;
    }
    StringBuilder what = new StringBuilder();
    for (Snapshot.Refused refused :
        snapshot.refused().subList(0, Math.min(SHOWN, snapshot.refused().size()))) {
      what.append("\n  ").append(refused.path()).append(" (").append(refused.reason());
      what.append(": ").append(Printable.of(refused.detail(), PRINTED)).append(")");
    }
    throw new Refusal(
        shown
            + ": "
            + snapshot.refused().size()
            + " entries cannot be part of an artifact, which is regular files only:"
            + what,
        "replace links by what they lead to: cp -RL " + shown + " COPY");
  }

  /// @return SHA-256 of the large files, which are hashed on the way
  private static Map<String, Digest> copy(Snapshot snapshot, Path tree) throws IOException {
    List<Snapshot.Entry> large =
        snapshot.entries().stream().filter(e -> e.size() >= HashedCopy.SMALLEST).toList();
    boolean onTheWay = HashedCopy.isWorthwhile(large.size());
    Map<String, Digest> hashed = new HashMap<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      Path target = tree.resolve(entry.path());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Digest digest = copy(entry, target, onTheWay && entry.size() >= HashedCopy.SMALLEST);
      if (digest != null) {
        hashed.put(entry.path(), digest);
      }
    }
    return hashed;
  }

  private static @Nullable Digest copy(Snapshot.Entry entry, Path target, boolean hashing)
      throws IOException {
    BasicFileAttributes before = attributes(entry.file());
    Digest digest = null;
    try {
      if (hashing) {
        digest = HashedCopy.copy(entry.file(), entry.size(), target);
      } else {
        Files.copy(entry.file(), target, LinkOption.NOFOLLOW_LINKS);
      }
    } catch (NoSuchFileException | EOFException e) {
      throw changed(entry);
    }
    BasicFileAttributes after = attributes(entry.file());
    if (before.size() != entry.size()
        || after.size() != entry.size()
        || Files.size(target) != entry.size()
        || !before.lastModifiedTime().equals(after.lastModifiedTime())
        || !Objects.equals(before.fileKey(), after.fileKey())) {
      throw changed(entry);
    }
    return digest;
  }

  private static Refusal changed(Snapshot.Entry entry) {
    return new Refusal(
        entry.path() + ": changed while it was read", "admit it again when nobody writes it");
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
