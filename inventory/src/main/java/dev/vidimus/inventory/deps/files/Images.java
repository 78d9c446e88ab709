package dev.vidimus.inventory.deps.files;

import dev.vidimus.inventory.version.Ecosystem;
import java.util.List;

/// References to images: `host:port/path:tag@sha256:…`.
final class Images {
  private static final String LATEST = "latest";

  private Images() {}

  /// An image whose tag somebody else fills in.
  static Dependency untagged(String name) {
    return Dependency.of(Ecosystem.OCI, name, "").wanting(name);
  }

  /// The image as a package; its version is the digest if there is one, else the tag.
  static Dependency of(String reference) {
    int at = reference.indexOf('@');
    String digest = at < 0 ? "" : reference.substring(at + 1);
    String named = at < 0 ? reference : reference.substring(0, at);
    int colon = named.lastIndexOf(':');
    boolean hasTag = colon > named.lastIndexOf('/');
    String name = hasTag ? named.substring(0, colon) : named;
    String tag = hasTag ? named.substring(colon + 1) : digest.isEmpty() ? LATEST : "";
    return Dependency.of(Ecosystem.OCI, name, tag)
        .wanting(reference)
        .hashed(digest.isEmpty() ? List.of() : List.of(digest));
  }
}
