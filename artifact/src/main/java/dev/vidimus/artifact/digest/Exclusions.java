package dev.vidimus.artifact.digest;

import java.util.List;

/// Paths at the top of a folder that its identity leaves out, because tools write them there and
/// nobody publishes them. They are listed wherever they are left out.
public final class Exclusions {
  private static final List<String> GIT =
      List.of(".git", ".gitattributes", ".github", ".gitignore");
  private static final List<String> SNAPSHOT =
      List.of(".git", ".gitattributes", ".github", ".gitignore", ".cache/huggingface", ".DS_Store");

  private Exclusions() {}

  /// What OMS leaves out of every model, in the order of the names.
  public static List<String> ofOms() {
    return GIT;
  }

  /// What the snapshot digest leaves out.
  public static List<String> ofSnapshot() {
    return SNAPSHOT;
  }

  /// Whether a path is one of the excluded, or lies beneath one; compared by whole components.
  public static boolean covers(List<String> excluded, String path) {
    for (String prefix : excluded) {
      if (path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/')) {
        return true;
      }
    }
    return false;
  }
}
