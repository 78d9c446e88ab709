package dev.vidimus.formats.git;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Where a repository is
/// ([gitrepository-layout](https://git-scm.com/docs/gitrepository-layout)).
///
/// @param workTree the folder whose files it tracks
/// @param own the folder of this working tree: `HEAD` is here
/// @param shared the folder that all working trees share: objects and branches are here
record RepositoryFolder(Path workTree, Path own, Path shared) {
  private static final String GIT_FILE = "gitdir:";

  /// The repository that a file or folder is in, looking upwards.
  ///
  /// @throws NoSuchRevisionException if it is in none
  /// @throws FormatException if the repository has a form that is not read
  static RepositoryFolder around(Path place) throws IOException, FormatException {
    Path start = place.toRealPath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      Path own = gitFolder(folder);
      if (own != null) {
        Path common = own.resolve("commondir");
        Path shared =
            Files.isRegularFile(common)
                ? own.resolve(path(common, SmallFile.text(common).strip())).normalize()
                : own;
        RepositoryFolder found = new RepositoryFolder(folder, own, shared);
        found.requireReadable();
        return found;
      }
    }
    throw new NoSuchRevisionException("of " + place, "is in no git repository");
  }

  /// `.git` is a folder, or a file that names one: in linked working trees and submodules.
  private static @Nullable Path gitFolder(Path folder) throws IOException, FormatException {
    Path git = folder.resolve(".git");
    if (Files.isDirectory(git)) {
      return Files.exists(git.resolve("HEAD")) ? git : null;
    }
    if (!Files.isRegularFile(git)) {
      return null;
    }
    String text = SmallFile.text(git).strip();
    if (!text.startsWith(GIT_FILE)) {
      throw new FormatException.Malformed(git.toString(), 0, "does not begin with " + GIT_FILE);
    }
    return folder.resolve(path(git, text.substring(GIT_FILE.length()).strip())).normalize();
  }

  private static Path path(Path file, String text) throws FormatException {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new FormatException.Malformed(file.toString(), 0, "names no path");
    }
  }

  /// Extensions of the format stand in the configuration, under `[extensions]`.
  private void requireReadable() throws IOException, FormatException {
    Path config = shared.resolve("config");
    if (!Files.isRegularFile(config)) {
      return;
    }
    boolean inside = false;
    for (String line : SmallFile.lines(config)) {
      String text = line.strip().toLowerCase(Locale.ROOT);
      if (text.startsWith("[")) {
        inside = text.startsWith("[extensions]");
        text = text.substring(Math.max(text.indexOf(']'), 0) + 1).strip();
      }
      int equals = text.indexOf('=');
      if (inside && equals > 0) {
        requireReadable(
            config, text.substring(0, equals).strip(), text.substring(equals + 1).strip());
      }
    }
  }

  private static void requireReadable(Path config, String name, String value)
      throws FormatException {
    boolean unread =
        (name.equals("objectformat") && !value.equals("sha1"))
            || (name.equals("refstorage") && !value.equals("files"));
    if (unread) {
      throw new FormatException.Unsupported(
          config.toString(), 0, "extension " + name + " = " + value);
    }
  }
}
