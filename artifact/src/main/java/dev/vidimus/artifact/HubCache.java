package dev.vidimus.artifact;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The one layout whose links are read: `models--org--name/snapshots/<revision>/…` of the Hugging
/// Face hub cache, where each file is a link to `../../blobs/<hex>`.
///
/// @param revision the `snapshots/<revision>` folder, or null outside a hub cache
record HubCache(@Nullable Path revision) {
  /// The hub cache that a folder or file lies in, if any.
  static HubCache around(Path root) {
    for (Path folder = root; folder != null; folder = folder.getParent()) {
      Path snapshots = folder.getParent();
      Path repository = snapshots == null ? null : snapshots.getParent();
      if (snapshots != null
          && repository != null
          && nameOf(snapshots).equals("snapshots")
          && isRepository(nameOf(repository))) {
        return new HubCache(folder);
      }
    }
    return new HubCache(null);
  }

  /// The blob that a link of this cache means, or null if the link has any other form.
  @Nullable Path blobOf(Path link, String target) {
    Path top = revision;
    if (top == null || !link.startsWith(top)) {
      return null;
    }
    Path snapshots = top.getParent();
    Path repository = snapshots == null ? null : snapshots.getParent();
    if (repository == null) {
      return null;
    }
    int depth = link.getNameCount() - top.getNameCount() - 1; // folders between revision and link
    String up = "../".repeat(depth + 2);
    int hexLength = target.length() - up.length() - "blobs/".length();
    if ((hexLength != 40 && hexLength != 64) || !target.startsWith(up + "blobs/")) {
      return null;
    }
    String hex = target.substring(target.length() - hexLength);
    boolean isHex = hex.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0);
    return isHex ? repository.resolve("blobs").resolve(hex) : null;
  }

  private static boolean isRepository(String name) {
    return name.startsWith("models--") || name.startsWith("datasets--");
  }

  private static String nameOf(Path path) {
    Path name = path.getFileName();
    return name == null ? "" : name.toString();
  }
}
