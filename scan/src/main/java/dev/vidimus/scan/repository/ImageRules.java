package dev.vidimus.scan.repository;

import java.util.List;
import java.util.Set;

/// What manifests of container images and of models in the same form say: Docker's, those of
/// ollama, ModelPack and KitOps
/// ([manifest](https://github.com/opencontainers/image-spec/blob/main/manifest.md)).
final class ImageRules {
  /// Names under which a client writes a blob, below the folder that it was told.
  private static final Set<String> TITLES =
      Set.of(
          "org.opencontainers.image.title",
          "org.cncf.model.filepath",
          "org.cnai.model.filepath",
          "ml.kitops.path");

  private static final Set<String> COMMANDS = Set.of("created_by", "Cmd", "Entrypoint", "Shell");

  private ImageRules() {}

  /// True of a member that a client turns into a path: a digest becomes the name of a blob
  /// (CVE-2024-37032).
  static boolean isPath(List<String> path, String file) {
    if (path.isEmpty()) {
      return false;
    }
    String name = path.getLast();
    boolean isOfLayer = path.size() > 1 && path.get(path.size() - 2).equals("Layers");
    return name.equals("digest")
        || TITLES.contains(name)
        || (file.equals("manifest.json") && (name.equals("Config") || isOfLayer));
  }

  /// True of a path or digest that leads out of its folder.
  static boolean escapes(String text) {
    String plain = text.replace('\\', '/');
    return (plain.startsWith("/") && !plain.endsWith("=")) // which may be base64
        || plain.contains(":/")
        || plain.equals("..")
        || plain.startsWith("../")
        || plain.contains("/../")
        || plain.contains(":../")
        || plain.endsWith("/..");
  }

  /// True of a command that an image runs, or was built by.
  static boolean isCommand(List<String> path) {
    int size = path.size();
    return size > 0
        && (COMMANDS.contains(path.getLast())
            || (size > 1 && COMMANDS.contains(path.get(size - 2))));
  }
}
