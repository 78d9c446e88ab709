package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A tree that grows: the last, unfilled tile of each level, at most 8 · 255 hashes, from which the
/// root and every tile that growth completes follow. Not thread-safe.
public final class RightEdge {
  private static final int HASH = 32; // bytes

  private final List<List<Digest>> levels = new ArrayList<>();

  /// Tiles filled since [#take], in the order in which they were.
  private final Map<Tile, byte[]> filled = new LinkedHashMap<>();

  private long size;

  /// The tree of the first `size` leaves of a log; compare its [#root] with a checkpoint.
  public static RightEdge of(HashReader log, long size) throws IOException {
    RightEdge edge = new RightEdge();
    edge.size = size;
    for (int level = 0; size >> (Tile.HEIGHT * level) > 0; level++) {
      List<Digest> hashes = new ArrayList<>();
      long end = size >> (Tile.HEIGHT * level);
      for (long position = end - end % Tile.WIDTH; position < end; position++) {
        hashes.add(log.hash(Tile.HEIGHT * level, position));
      }
      edge.levels.add(hashes);
    }
    return edge;
  }

  /// Number of leaves.
  public long size() {
    return size;
  }

  /// Adds one leaf's hash at the right.
  public void add(Digest leaf) {
    add(0, leaf);
    size++;
  }

  private void add(int level, Digest hash) {
    if (level == levels.size()) {
      levels.add(new ArrayList<>());
    }
    List<Digest> tile = levels.get(level);
    tile.add(hash);
    if (tile.size() == Tile.WIDTH) {
      // `size` does not count the new leaf yet, so it still points into the tile just filled.
      filled.put(new Tile(level, size >> (Tile.HEIGHT * (level + 1)), Tile.WIDTH), bytes(tile));
      Digest root = Merkle.root(tile);
      tile.clear();
      add(level + 1, root);
    }
  }

  /// The root of the tree. From the lowest level up, each level's hashes and the root of what lies
  /// right of them, which is fewer leaves than one of them, are nodes of one level.
  public Digest root() {
    List<Digest> right = List.of();
    for (List<Digest> level : levels) {
      if (!level.isEmpty()) {
        List<Digest> nodes = new ArrayList<>(level);
        nodes.addAll(right);
        right = List.of(Merkle.root(nodes));
      }
    }
    return Merkle.root(right);
  }

  /// The full tiles that came about since the last call, and the partial ones of now: what must be
  /// stored before a checkpoint of this size.
  public Map<Tile, byte[]> take() {
    Map<Tile, byte[]> tiles = new LinkedHashMap<>(filled);
    filled.clear();
    for (int level = 0; level < levels.size(); level++) {
      List<Digest> hashes = levels.get(level);
      if (!hashes.isEmpty()) {
        long number = size >> (Tile.HEIGHT * (level + 1));
        tiles.put(new Tile(level, number, hashes.size()), bytes(hashes));
      }
    }
    return tiles;
  }

  private static byte[] bytes(List<Digest> hashes) {
    ByteArrayOutputStream tile = new ByteArrayOutputStream(hashes.size() * HASH);
    hashes.forEach(hash -> tile.writeBytes(hash.bytes()));
    return tile.toByteArray();
  }
}
