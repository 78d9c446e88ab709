package dev.vidimus.evidence.ledger.tlog;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Up to 256 entries in one file (c2sp.org/tlog-tiles, "Log entries"): for each a big-endian
/// unsigned 16-bit length in bytes, and that many bytes.
///
/// @param number zero-based; the bundle's entries begin at index `256·number`
/// @param width how many entries it holds, 1 to 256
public record EntryBundle(long number, int width) {
  /// The largest entry that a bundle's form can hold, in bytes.
  public static final int MOST_BYTES = 0xffff;

  /// @throws IllegalArgumentException if there is no such bundle
  public EntryBundle {
    if (number < 0 || width < 1 || width > Tile.WIDTH) {
      throw new IllegalArgumentException("no bundle: " + number + ", " + width);
    }
  }

  /// The bundle that holds an entry in the log of `size` entries.
  ///
  /// @param index below `size`
  public static EntryBundle holding(long index, long size) {
    long number = index / Tile.WIDTH;
    return new EntryBundle(number, (int) Math.min(Tile.WIDTH, size - number * Tile.WIDTH));
  }

  /// Its path in a log: `tile/entries/x001/234.p/17`.
  public String path() {
    return "tile/entries/" + Tile.path(number, width);
  }

  /// @param entries each at most 65,535 bytes
  public static byte[] encode(List<byte[]> entries) {
    ByteArrayOutputStream bundle = new ByteArrayOutputStream();
    for (byte[] entry : entries) {
      if (entry.length > MOST_BYTES) {
        throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
      }
      bundle.write(entry.length >> 8);
      bundle.write(entry.length);
      bundle.writeBytes(entry);
    }
    return bundle.toByteArray();
  }

  /// Reads a bundle of exactly [#width] entries.
  ///
  /// @throws FormatException if it holds fewer, or anything behind them
  public List<byte[]> decode(byte[] bundle) throws FormatException {
    ByteCursor cursor = new ByteCursor(Bytes.of(bundle), path());
    List<byte[]> entries = new ArrayList<>(width);
    try {
      for (int i = 0; i < width; i++) {
        int length = cursor.u8("entry length") << 8 | cursor.u8("entry length");
        entries.add(cursor.array("entry", length));
      }
    } catch (IOException e) {
      throw new IllegalStateException("an array cannot fail to be read", e);
    }
    if (cursor.hasRemaining()) {
      throw new FormatException.Malformed(
          cursor.where("end"), cursor.position(), cursor.remaining() + " bytes follow the entries");
    }
    return entries;
  }
}
