package dev.vidimus.cli.registry;

import dev.vidimus.artifact.Snapshot;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.DefaultPolicy;
import dev.vidimus.policy.PolicyBundle;
import dev.vidimus.policy.PolicyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A policy bundle as a folder of files.
final class PolicyFolder {
  private static final long MOST_BYTES = 16L << 20;
  private static final int MOST_FILES = 500;

  private PolicyFolder() {}

  /// The files of a folder, by their paths.
  ///
  /// @throws PolicyException if they are too many or too large, or something is no file
  static Map<String, byte[]> read(Path folder) throws IOException, PolicyException {
    if (!Files.isDirectory(folder)) {
      throw new PolicyException(List.of(folder + ": is no folder"));
    }
    Snapshot snapshot = Snapshot.of(folder);
    if (!snapshot.refused().isEmpty()) {
      throw new PolicyException(
          List.of(folder + ": " + snapshot.refused().getFirst().path() + " is no regular file"));
    }
    if (snapshot.size() > MOST_BYTES || snapshot.entries().size() > MOST_FILES) {
      throw new PolicyException(
          List.of(folder + ": more than " + MOST_FILES + " files or " + MOST_BYTES + " bytes"));
    }
    Map<String, byte[]> files = new TreeMap<>();
    for (Snapshot.Entry entry : snapshot.entries()) {
      if (Snapshot.isIdentity(entry.path())) {
        files.put(entry.path(), Files.readAllBytes(entry.file()));
      }
    }
    return files;
  }

  /// A folder's policy, compiled; or the built-in one by the word `default`.
  static CheckedPolicy load(Path folder, String word) throws IOException, PolicyException {
    return word.equals("default") && !Files.isDirectory(folder)
        ? DefaultPolicy.load()
        : CheckedPolicy.compile(PolicyBundle.read(read(folder)));
  }

  /// Writes a bundle's files into a new folder.
  static void write(Path folder, Map<String, byte[]> files) throws IOException {
    Files.createDirectory(folder);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
  }
}
