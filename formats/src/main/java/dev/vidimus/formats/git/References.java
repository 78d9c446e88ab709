package dev.vidimus.formats.git;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Branches, tags and `HEAD`, in files of their own or in `packed-refs`.
final class References {
  private static final String SYMBOLIC = "ref:";
  private static final int MOST_STEPS = 5; // as git follows them

  /// Where a short name is looked for, in git's order (gitrevisions, "refname").
  private static final String[] PLACES = {
    "%s", "refs/%s", "refs/tags/%s", "refs/heads/%s", "refs/remotes/%s", "refs/remotes/%s/HEAD"
  };

  private final RepositoryFolder repository;

  References(RepositoryFolder repository) {
    this.repository = repository;
  }

  /// What a full or short name stands for; null if there is no such name.
  @Nullable ObjectId find(String name) throws IOException, FormatException {
    if (!isName(name)) {
      return null;
    }
    for (String place : PLACES) {
      ObjectId id = follow(place.replace("%s", name));
      if (id != null) {
        return id;
      }
    }
    return null;
  }

  /// The rules of git-check-ref-format that matter to a path: it stays inside.
  private static boolean isName(String name) {
    if (name.isEmpty()
        || name.startsWith("/")
        || name.endsWith("/")
        || name.contains("..")
        || name.contains("//")) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c <= ' ' || c == 0x7f || "~^:?*[\\".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  private @Nullable ObjectId follow(String fullName) throws IOException, FormatException {
    String name = fullName;
    for (int step = 0; step < MOST_STEPS; step++) {
      String value = value(name);
      if (value == null) {
        return null;
      }
      if (!value.startsWith(SYMBOLIC)) {
        return value.length() == ObjectId.DIGITS && ObjectId.isHex(value, ObjectId.DIGITS)
            ? new ObjectId(value)
            : null;
      }
      name = value.substring(SYMBOLIC.length()).strip();
      if (!isName(name)) {
        return null;
      }
    }
    throw new FormatException.LimitExceeded(
        fullName, 0, "more than " + MOST_STEPS + " names that stand for names");
  }

  private @Nullable String value(String name) throws IOException, FormatException {
    for (Path folder : new Path[] {repository.own(), repository.shared()}) {
      Path file = folder.resolve(name);
      if (Files.isRegularFile(file)) {
        return SmallFile.text(file).strip();
      }
    }
    Path packed = repository.shared().resolve("packed-refs");
    if (Files.isRegularFile(packed)) {
      for (String line : SmallFile.lines(packed)) {
        // `<hex> <name>`; lines with # or ^ are notes.
        if (line.length() > ObjectId.DIGITS + 1
            && line.charAt(ObjectId.DIGITS) == ' '
            && line.startsWith(name, ObjectId.DIGITS + 1)
            && line.length() == ObjectId.DIGITS + 1 + name.length()) {
          return line.substring(0, ObjectId.DIGITS);
        }
      }
    }
    return null;
  }
}
