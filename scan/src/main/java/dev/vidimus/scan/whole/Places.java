package dev.vidimus.scan.whole;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The files and folders of a repository, to resolve what files say about one another.
final class Places {
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final Set<String> folders = new HashSet<>();
  private final Set<String> beside;
  private final Map<String, Deque<Part>> byFolder = new HashMap<>();

  /// @param beside paths that are there and were not examined
  Places(Collection<Part> parts, Collection<String> beside) {
    this.beside = Set.copyOf(beside);
    folders.add("");
    for (Part part : parts) {
      this.parts.put(part.path(), part);
      byFolder.computeIfAbsent(part.folder(), f -> new ArrayDeque<>()).add(part);
      addFolders(part.path());
    }
    beside.forEach(this::addFolders);
  }

  private void addFolders(String path) {
    for (int end = path.lastIndexOf('/'); end >= 0; end = path.lastIndexOf('/', end - 1)) {
      if (!folders.add(path.substring(0, end + 1)) || end == 0) {
        return; // those above it are known
      }
    }
  }

  Collection<Part> all() {
    return parts.values();
  }

  /// Whether files are there that were not examined.
  boolean isPartial() {
    return !beside.isEmpty();
  }

  @Nullable Part part(String path) {
    return parts.get(path);
  }

  boolean exists(String path) {
    return parts.containsKey(path) || beside.contains(path);
  }

  boolean isFolder(String path) {
    return folders.contains(path.isEmpty() || path.endsWith("/") ? path : path + "/");
  }

  /// Files right inside a folder.
  Collection<Part> inside(String folder) {
    Deque<Part> inside = byFolder.get(folder);
    return inside == null ? Set.of() : inside;
  }

  /// The path that a relative path means from a folder, without `.` and `..`; null if it leads out
  /// of the repository or is no relative path.
  static @Nullable String resolve(String folder, String relative) {
    String plain = relative.replace('\\', '/');
    boolean isAbsolute =
        plain.startsWith("/")
            || plain.startsWith("~")
            || plain.contains("://")
            || (plain.length() > 1 && plain.charAt(1) == ':')
            || plain.indexOf('\0') >= 0;
    if (isAbsolute) {
      return null;
    }
    Deque<String> steps = new ArrayDeque<>();
    for (String step : (folder + plain).split("/", -1)) {
      if (step.equals("..")) {
        if (steps.pollLast() == null) {
          return null;
        }
      } else if (!step.isEmpty() && !step.equals(".")) {
        steps.addLast(step);
      }
    }
    return String.join("/", steps);
  }

  /// The file of a module that Python would import from a folder; null if there is none. The name
  /// has no leading points.
  @Nullable String module(String folder, String module) {
    String base = folder + module.replace('.', '/');
    for (String path : new String[] {base + ".py", base + "/__init__.py"}) {
      if (exists(path)) {
        return path;
      }
    }
    return null;
  }

  /// The folder that leading points mean, and what follows them. One point is the folder itself.
  static @Nullable String above(String folder, int points) {
    String at = folder;
    for (int i = 1; i < points; i++) {
      if (at.isEmpty()) {
        return null;
      }
      at = at.substring(0, at.lastIndexOf('/', at.length() - 2) + 1);
    }
    return at;
  }
}
