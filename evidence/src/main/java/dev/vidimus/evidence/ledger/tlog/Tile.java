package dev.vidimus.evidence.ledger.tlog;

import java.util.Locale;

/// The place of up to 256 hashes of one level, by the arithmetic of c2sp.org/tlog-tiles.
///
/// The tree is cut into bands of eight levels. Hash `i` of tile `number` at tile level `level` is
/// the hash of the complete subtree of 256^level leaves at position `256·number + i`, which is
/// what the tile of that position one level below amounts to once it is full:
///
/// ```text
/// 70,000 entries:  level 0  tile/0/000 .. tile/0/272, tile/0/273.p/112   273·256 + 112 = 70,000
///                  level 1  tile/1/000,               tile/1/001.p/17      1·256 +  17 =    273
///                  level 2                            tile/2/000.p/1                      =      1
/// ```
///
/// @param level 0 to 7, as 256^8 leaves are more than 2⁶³
/// @param number zero-based position among the tiles of its level
/// @param width how many hashes it holds, 1 to 256; below 256 it is called partial
public record Tile(int level, long number, int width) {
  /// Hashes in a full tile, entries in a full bundle.
  public static final int WIDTH = 256;

  /// Levels of the binary tree that a tile spans: 256 is 2⁸.
  public static final int HEIGHT = 8;

  /// Tile levels; 256^7 subtrees of 2⁵⁶ leaves are the last below 2⁶³.
  static final int LEVELS = 8;

  /// @throws IllegalArgumentException if there is no such tile
  public Tile {
    if (level < 0 || level >= LEVELS || number < 0 || width < 1 || width > WIDTH) {
      throw new IllegalArgumentException("no tile: " + level + ", " + number + ", " + width);
    }
  }

  /// The tile that holds hash `position` of a level in the log of `size` entries, as wide as that
  /// log has it.
  ///
  /// @param position below `size` / 256^level
  public static Tile holding(int level, long position, long size) {
    long number = position / WIDTH;
    long hashes = size >> (HEIGHT * level);
    return new Tile(level, number, (int) Math.min(WIDTH, hashes - number * WIDTH));
  }

  /// Its path in a log: `tile/1/x001/234.p/17`.
  public String path() {
    return "tile/" + level + "/" + path(number, width);
  }

  /// A number in groups of three digits, all but the last behind an `x`, so that no folder holds
  /// more than 1,000 tiles: 1234067 is `x001/x234/067`.
  static String path(long number, int width) {
    StringBuilder path = new StringBuilder(String.format(Locale.ROOT, "%03d", number % 1000));
    for (long rest = number / 1000; rest > 0; rest /= 1000) {
      path.insert(0, String.format(Locale.ROOT, "x%03d/", rest % 1000));
    }
    return width == WIDTH ? path.toString() : path + ".p/" + width;
  }
}
