package dev.vidimus.evidence.oms;

import java.util.List;

/// How a model was turned into a list of resources; section 6 of the specification.
///
/// @param hash of each resource
/// @param shardSize bytes of a resource at most, or 0 if each is a whole file
/// @param allowSymlinks whether the signer followed links to files
/// @param ignorePaths relative paths, each with everything beneath it, that the signer left out
public record Serialization(
    HashType hash, long shardSize, boolean allowSymlinks, List<String> ignorePaths) {
  public Serialization {
    ignorePaths = List.copyOf(ignorePaths);
  }

  boolean isSharded() {
    return shardSize > 0;
  }
}
