package dev.vidimus.formats.git;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Where a pack has its objects, of version 1 or 2
/// ([gitformat-pack](https://git-scm.com/docs/gitformat-pack), "pack-*.idx files"). Searched on
/// disk, by halves.
final class PackIndex {
  private static final int MAGIC = 0xff744f63;
  private static final int FANOUT = 256 * Integer.BYTES;
  private static final int V1_ENTRY = Integer.BYTES + ObjectId.BYTES;

  private final Bytes bytes;
  private final ByteCursor cursor;
  private final boolean old;
  private final long[] fanout = new long[256];

  /// @throws FormatException if the tables do not fit the file
  PackIndex(Bytes bytes, String source) throws IOException, FormatException {
    this.bytes = bytes;
    this.cursor = new ByteCursor(bytes, source);
    this.old = cursor.u32Big("magic") != (MAGIC & 0xffff_ffffL);
    if (!old && cursor.u32Big("version") != 2) {
      throw new FormatException.Unsupported(source + ": version", 4, "index version");
    }
    cursor.seek(tableStart() - FANOUT);
    long before = 0;
    for (int i = 0; i < fanout.length; i++) {
      fanout[i] = cursor.u32Big("fan-out table");
      if (fanout[i] < before) {
        throw cursor.malformed("fan-out table", "is not sorted");
      }
      before = fanout[i];
    }
    long each = old ? V1_ENTRY : ObjectId.BYTES + 2L * Integer.BYTES;
    if (count() > cursor.remaining() / each) {
      throw cursor.malformed("fan-out table", "declares more objects than the file has room for");
    }
  }

  private long tableStart() {
    return old ? FANOUT : 2L * Integer.BYTES + FANOUT;
  }

  private long count() {
    return fanout[255];
  }

  private long nameAt(long index) {
    return old
        ? tableStart() + index * V1_ENTRY + Integer.BYTES
        : tableStart() + index * ObjectId.BYTES;
  }

  /// Where the object begins in the pack; -1 if the pack does not have it.
  long find(ObjectId id) throws IOException, FormatException {
    byte[] wanted = id.bytes();
    long index = lowerBound(wanted);
    return index < count() && Arrays.equals(name(index), wanted) ? offset(index) : -1;
  }

  /// The objects whose names begin with these digits, two at most: enough to see that there is one.
  List<ObjectId> startingWith(String digits) throws IOException {
    byte[] least = new ObjectId(digits + "0".repeat(ObjectId.DIGITS - digits.length())).bytes();
    List<ObjectId> found = new ArrayList<>(2);
    for (long i = lowerBound(least); i < count() && found.size() < 2; i++) {
      ObjectId id = ObjectId.of(name(i), 0);
      if (!id.hex().startsWith(digits)) {
        break;
      }
      found.add(id);
    }
    return found;
  }

  /// The first index whose name is not below the wanted one.
  private long lowerBound(byte[] wanted) throws IOException {
    int first = wanted[0] & 0xff;
    long low = first == 0 ? 0 : fanout[first - 1];
    long high = fanout[first];
    while (low < high) {
      long middle = (low + high) >>> 1;
      if (Arrays.compareUnsigned(name(middle), wanted) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private byte[] name(long index) throws IOException {
    return bytes.array(nameAt(index), ObjectId.BYTES);
  }

  private long offset(long index) throws IOException, FormatException {
    if (old) {
      cursor.seek(tableStart() + index * V1_ENTRY);
      return cursor.u32Big("offset");
    }
    long offsets = tableStart() + count() * (ObjectId.BYTES + Integer.BYTES);
    cursor.seek(offsets + index * Integer.BYTES);
    long offset = cursor.u32Big("offset");
    if (offset < 0x8000_0000L) {
      return offset;
    }
    // The high bit means: look into the table of 64-bit offsets.
    long large = offsets + count() * Integer.BYTES + (offset & 0x7fff_ffffL) * Long.BYTES;
    if (large > bytes.size() - Long.BYTES) {
      throw cursor.malformed("offset", "leads out of the table of large offsets");
    }
    cursor.seek(large);
    return cursor.i64Big("large offset");
  }
}
