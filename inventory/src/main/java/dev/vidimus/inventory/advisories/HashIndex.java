package dev.vidimus.inventory.advisories;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where the records of a key lie: a table of buckets in a file. A key is known by eight bytes of
/// its SHA-256, so a place may be another key's: whoever reads the record sees that.
///
/// The file: the magic, the number of buckets as a power of two (1 byte), the index of each
/// bucket's first entry and of the end (4 bytes each), entries of hash, offset (8 bytes each) and
/// length (4). All numbers are big-endian.
final class HashIndex {
  private static final byte[] MAGIC = "VIDIDX1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int ENTRY = 20;
  private static final int MOST_BITS = 24;
  private static final int MOST_IN_BUCKET = 100_000;

  private final Bytes bytes;
  private final String source;
  private final int bits;

  /// A part of another file.
  ///
  /// @param offset in bytes
  /// @param length in bytes
  record Place(long offset, int length) {}

  /// @param source its name in errors
  /// @throws FormatException if it is no index
  HashIndex(Bytes bytes, String source) throws IOException, FormatException {
    this.bytes = bytes;
    this.source = source;
    ByteCursor cursor = new ByteCursor(bytes, source);
    for (byte each : MAGIC) {
      if (cursor.u8("magic") != each) {
        throw cursor.malformed("magic", "is no index of advisories");
      }
    }
    this.bits = cursor.u8("buckets");
    if (bits > MOST_BITS || bytes.size() < entries()) {
      throw cursor.malformed("buckets", "2^" + bits + " do not fit in " + bytes.size() + " bytes");
    }
  }

  private long entries() {
    return MAGIC.length + 1 + 4 * ((1L << bits) + 1);
  }

  /// The places of a key.
  List<Place> find(String key) throws IOException, FormatException {
    long hash = hash(key);
    long bucket = bits == 0 ? 0 : hash >>> (Long.SIZE - bits);
    ByteBuffer ends = ByteBuffer.wrap(bytes.array(MAGIC.length + 1 + 4 * bucket, 8));
    int first = ends.getInt();
    int count = ends.getInt() - first;
    long from = entries() + (long) first * ENTRY;
    boolean fits =
        first >= 0
            && count >= 0
            && count <= MOST_IN_BUCKET
            && from + (long) count * ENTRY <= bytes.size();
    if (!fits) {
      throw new FormatException.Malformed(
          source + ": bucket", MAGIC.length + 1 + 4 * bucket, "has " + count + " entries");
    }
    ByteBuffer entries = ByteBuffer.wrap(bytes.array(from, count * ENTRY));
    List<Place> places = new ArrayList<>();
    while (entries.hasRemaining()) {
      long each = entries.getLong();
      Place place = new Place(entries.getLong(), entries.getInt());
      if (each == hash) {
        places.add(place);
      }
    }
    return places;
  }

  /// What a key is known by.
  static long hash(String key) {
    byte[] digest = Digest.sha256(key.getBytes(StandardCharsets.UTF_8)).bytes();
    return ByteBuffer.wrap(digest).getLong();
  }

  /// Collects entries, and writes them.
  static final class Builder {
    private long[] hashes = new long[1 << 12];
    private long[] offsets = new long[1 << 12];
    private int[] lengths = new int[1 << 12];
    private int size;

    void add(long hash, Place place) {
      if (size == hashes.length) {
        hashes = Arrays.copyOf(hashes, 2 * size);
        offsets = Arrays.copyOf(offsets, 2 * size);
        lengths = Arrays.copyOf(lengths, 2 * size);
      }
      hashes[size] = hash;
      offsets[size] = place.offset();
      lengths[size] = place.length();
      size++;
    }

    /// Writes the index: the same entries in the same order give the same bytes.
    void write(OutputStream to) throws IOException {
      int bits = Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(size));
      int[] ends = new int[(1 << bits) + 1];
      for (int i = 0; i < size; i++) {
        ends[bucket(hashes[i], bits) + 1]++;
      }
      for (int i = 1; i < ends.length; i++) {
        ends[i] += ends[i - 1];
      }
      int[] order = new int[size];
      int[] next = ends.clone();
      for (int i = 0; i < size; i++) {
        order[next[bucket(hashes[i], bits)]++] = i;
      }
      DataOutputStream out = new DataOutputStream(new BufferedOutputStream(to, 1 << 16));
      out.write(MAGIC);
      out.writeByte(bits);
      for (int end : ends) {
        out.writeInt(end);
      }
      for (int i : order) {
        out.writeLong(hashes[i]);
        out.writeLong(offsets[i]);
        out.writeInt(lengths[i]);
      }
      out.flush();
    }

    private static int bucket(long hash, int bits) {
      return bits == 0 ? 0 : (int) (hash >>> (Long.SIZE - bits));
    }
  }
}
