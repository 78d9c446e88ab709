package dev.vidimus.scan.archive;

import java.util.HashSet;
import java.util.Set;

/// The symbolic links that extracting an archive has made so far.
final class Links {
  // Deeper paths than this are looked at in their first parts only, so that a long name costs
  // little.
  private static final int MOST_PARENTS = 64;

  private final Set<String> names = new HashSet<>(0);

  void add(String name) {
    names.add(plain(name));
  }

  /// True if extracting a member of this name would write through a link: a link is one of its
  /// folders, or has its name.
  boolean isThrough(String name) {
    if (names.isEmpty()) {
      return false;
    }
    String path = plain(name);
    int parents = 0;
    for (int slash = path.indexOf('/');
        slash >= 0 && parents < MOST_PARENTS;
        slash = path.indexOf('/', slash + 1)) {
      if (names.contains(path.substring(0, slash))) {
        return true;
      }
      parents++;
    }
    return names.contains(path);
  }

  /// The name without the `./` that some writers put before it, and without a slash at its end.
  static String plain(String name) {
    int start = 0;
    while (name.startsWith("./", start)) {
      start += 2;
    }
    int end = name.endsWith("/") && name.length() > start ? name.length() - 1 : name.length();
    return name.substring(start, end);
  }
}
