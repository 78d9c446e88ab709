package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.digest.Exclusions;
import dev.vidimus.registry.shelf.Revisions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/// The files of a version that is put together.
///
/// @param files by their paths
record Tree(Map<String, Node> files) {
  private static final Comparator<String> BY_BYTES =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  static final Tree EMPTY = new Tree(Map.of());

  Tree {
    files = Map.copyOf(files);
  }

  /// One file.
  ///
  /// @param content where its bytes lie
  record Node(Digest digest, long size, Path content) {}

  /// The snapshot digest that the intake will find: what it leaves out is left out here.
  String snapshot() {
    StringBuilder list = new StringBuilder();
    Map<String, Node> sorted = new TreeMap<>(BY_BYTES);
    sorted.putAll(files);
    sorted.forEach(
        (path, node) -> {
          if (!Exclusions.covers(Exclusions.ofSnapshot(), path)) {
            list.append(node.digest().hex()).append("  ").append(path).append('\n');
          }
        });
    return Digest.sha256(list.toString().getBytes(StandardCharsets.UTF_8)).toString();
  }

  /// The commit by which clients know it.
  String commit() {
    return Revisions.ofDigest(snapshot());
  }
}
