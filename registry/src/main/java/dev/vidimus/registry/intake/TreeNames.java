package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Printable;
import java.util.HashSet;
import java.util.Set;

/// The names of a tree as somebody else's list has them: none leads out of it, none comes twice.
public final class TreeNames {
  private static final int PRINTED = 200;

  private final Set<String> files = new HashSet<>();
  private final Set<String> folders = new HashSet<>();

  /// Takes a name before anything is written under it.
  ///
  /// @param path with `/`, relative
  /// @throws Refusal if it leads elsewhere, cannot be written as text, was taken before, or is a
  ///     file and a folder
  public void announce(String path) throws Refusal {
    NewTree.requireCanonical(path);
    if (!files.add(path) || folders.contains(path)) {
      throw refusal(path, "comes twice");
    }
    for (int at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      String folder = path.substring(0, at);
      if (files.contains(folder)) {
        throw refusal(folder, "is a file and a folder");
      }
      folders.add(folder);
    }
  }

  /// Whether a name was taken.
  boolean has(String path) {
    return files.contains(path);
  }

  /// How many names were taken.
  int size() {
    return files.size();
  }

  private static Refusal refusal(String path, String problem) {
    return new Refusal("the name " + Printable.of(path, PRINTED) + " " + problem, "");
  }
}
