package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Hashes of a log of known size, read from its tiles, which are not trusted: what is made of them
/// must be verified against a checkpoint. Keeps the tiles it read; made for one proof.
///
/// Level `l` of the binary tree lies in band `l / 8`; a tile stores only the lowest level of its
/// band, and the subtree `r = l mod 8` levels above spans 2^r neighbouring hashes of one tile,
/// because 2^r divides 256.
public final class TileHashes implements HashReader {
  private static final int HASH = 32; // bytes

  private final TileSource source;
  private final long size;
  private final Map<Tile, List<Digest>> read = new HashMap<>();

  /// @param size entries of the log as a checkpoint states it; says how wide partial tiles are
  public TileHashes(TileSource source, long size) {
    this.source = source;
    this.size = size;
  }

  @Override
  public Digest hash(int level, long number) throws IOException {
    int band = level / Tile.HEIGHT;
    int above = level % Tile.HEIGHT;
    long first = number << above;
    Tile tile = Tile.holding(band, first, size);
    int at = (int) (first % Tile.WIDTH);
    int count = 1 << above;
    List<Digest> hashes = read.get(tile);
    if (hashes == null) {
      hashes = hashes(tile);
      read.put(tile, hashes);
    }
    if (at + count > hashes.size()) {
      throw new IOException("a log of " + size + " entries has no subtree " + level + ":" + number);
    }
    return Merkle.root(hashes.subList(at, at + count));
  }

  private List<Digest> hashes(Tile tile) throws IOException {
    byte[] bytes = source.get(tile.path());
    if (bytes == null) {
      // A partial tile may go once the full one is there.
      Tile full = new Tile(tile.level(), tile.number(), Tile.WIDTH);
      bytes = source.get(full.path());
    }
    if (bytes == null) {
      throw new BrokenTile(tile.path(), "nothing");
    }
    if (bytes.length % HASH != 0 || bytes.length < tile.width() * HASH) {
      throw new BrokenTile(tile.path(), bytes.length + " bytes");
    }
    List<Digest> hashes = new ArrayList<>(tile.width());
    byte[] hash = new byte[HASH];
    for (int i = 0; i < tile.width(); i++) {
      System.arraycopy(bytes, i * HASH, hash, 0, HASH);
      hashes.add(Digest.of(hash));
    }
    return hashes;
  }
}
