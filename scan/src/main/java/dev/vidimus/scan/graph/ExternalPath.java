package dev.vidimus.scan.graph;

import dev.vidimus.scan.archive.Paths;

/// A path by which a model names another file, which loaders join to the model's folder.
public final class ExternalPath {
  private ExternalPath() {}

  /// True if the path leads out of the model's folder: upwards, to a root or a drive, to the home
  /// folder, or over the network.
  public static boolean escapes(String path) {
    return Paths.escapes(path)
        || path.startsWith("~")
        || path.contains("://")
        || path.startsWith("file:")
        || escapesWithoutNul(path);
  }

  /// A loader in C stops at a NUL, another does not.
  private static boolean escapesWithoutNul(String path) {
    int nul = path.indexOf('\0');
    return nul >= 0 && Paths.escapes(path.replace("\0", ""));
  }
}
