package dev.vidimus.cli.scan;

import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/// Finds `org/name` in the local cache of the Hugging Face hub client, where
/// `models--org--name/refs/main` names the folder of `snapshots/` that is current.
final class HubCacheFolder {
  private static final int LONGEST_REVISION = 128;

  private HubCacheFolder() {}

  /// The folder of the current revision, or null if the cache has no such model.
  static @Nullable Path find(String name, Host host) throws IOException {
    int slash = name.indexOf('/');
    if (slash < 0 || !isName(name.substring(0, slash)) || !isName(name.substring(slash + 1))) {
      return null;
    }
    Path models = cache(host).resolve("models--" + name.replace("/", "--"));
    Path snapshots = models.resolve("snapshots");
    if (!Files.isDirectory(snapshots)) {
      return null;
    }
    Path main = models.resolve("refs").resolve("main");
    if (Files.isRegularFile(main) && Files.size(main) <= LONGEST_REVISION) {
      String revision = Files.readString(main).strip();
      if (isName(revision) && Files.isDirectory(snapshots.resolve(revision))) {
        return snapshots.resolve(revision);
      }
    }
    return newest(snapshots);
  }

  /// As `huggingface_hub.constants` finds it.
  private static Path cache(Host host) {
    String cache = host.variable("HF_HUB_CACHE");
    if (!cache.isEmpty()) {
      return Path.of(cache);
    }
    String home = host.variable("HF_HOME");
    if (!home.isEmpty()) {
      return Path.of(home, "hub");
    }
    String caches = host.variable("XDG_CACHE_HOME");
    Path folder = caches.isEmpty() ? Path.of(host.variable("HOME"), ".cache") : Path.of(caches);
    return folder.resolve("huggingface").resolve("hub");
  }

  private static @Nullable Path newest(Path snapshots) throws IOException {
    Path newest = null;
    FileTime latest = null;
    try (DirectoryStream<Path> revisions = Files.newDirectoryStream(snapshots)) {
      for (Path revision : revisions) {
        FileTime time = Files.getLastModifiedTime(revision);
        if (Files.isDirectory(revision) && (latest == null || time.compareTo(latest) > 0)) {
          newest = revision;
          latest = time;
        }
      }
    }
    return newest;
  }

  /// What the hub allows in names; nothing that leads to another folder.
  private static boolean isName(String text) {
    if (text.isEmpty() || text.startsWith(".") || text.startsWith("-")) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!isPlain && c != '.' && c != '_' && c != '-') {
        return false;
      }
    }
    return true;
  }
}
