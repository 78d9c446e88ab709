package dev.vidimus.registry.question;

import java.util.Locale;

/// Something that has a place in the lineage of artifacts.
///
/// @param kind what it is
/// @param key by which it is known: a snapshot, or its kind and name such as `dataset:acme/corpus`
/// @param label for people; a hostile text
public record LineageNode(Kind kind, String key, String label) {
  /// Kinds of nodes.
  public enum Kind {
    /// An artifact of the registry.
    ARTIFACT,
    /// An artifact of the registry that says that it is an adapter.
    ADAPTER,
    /// A model that is named and is not here.
    MODEL,
    DATASET,
    CODE,
    TOOL,
    /// Anything else that a build fetched.
    MATERIAL,
    /// A workload that runs an artifact now.
    DEPLOYMENT;

    /// Its word.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// Whether it is an artifact of the registry.
  public boolean isArtifact() {
    return kind == Kind.ARTIFACT || kind == Kind.ADAPTER;
  }
}
