package dev.vidimus.inventory.version;

import org.jspecify.annotations.Nullable;

/// How an ecosystem reads and orders versions.
///
/// @param <V> a version that was read
public interface Scheme<V extends Comparable<V>> {
  /// The longest text that can be a version, in UTF-16 units.
  int LONGEST = 256;

  /// Reads a version, or returns null if the text is none.
  @Nullable V parse(String text);

  /// What a version is without the part that says where it was built, or null if it has no such
  /// part. Advisories seldom name that part, and builds of one version share its faults.
  default @Nullable V withoutBuild(V version) {
    return null;
  }
}
