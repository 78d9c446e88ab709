package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.registry.statement.Intake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Map;
import java.util.Objects;

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
    for (Snapshot.Entry entry : snapshot.entries()) {
      Path target = staging.tree().resolve(entry.path());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      copy(entry, target);
    }
    String base = String.valueOf(path.toAbsolutePath().normalize().getFileName());
    return new Fetched(
        isFolder ? staging.tree() : staging.tree().resolve(base),
        new Intake.Source(isFolder ? "folder" : "file", shown, "", List.of()),
        base,
        Map.of());
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

  private static void copy(Snapshot.Entry entry, Path target) throws IOException {
    BasicFileAttributes before = attributes(entry.file());
    try {
      Files.copy(entry.file(), target, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
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
  }

  private static Refusal changed(Snapshot.Entry entry) {
    return new Refusal(
        entry.path() + ": changed while it was read", "admit it again when nobody writes it");
  }

  private static BasicFileAttributes attributes(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
