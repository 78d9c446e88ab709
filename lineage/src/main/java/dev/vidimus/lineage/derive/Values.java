package dev.vidimus.lineage.derive;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The expected values of a range: as BF16 where the source has that, which is half as much to
/// move, and as F32 when somebody asks. One for each thread.
final class Values {
  private final Rows rows;
  private final Rows.@Nullable Bits bits;
  private final boolean areFours;
  private Rows.@Nullable Reader reader;
  private long[] fours = {};
  private MemorySegment foursBytes = MemorySegment.NULL;
  private float[] floats = {};
  private long element;
  private int count;
  private boolean isRead;

  Values(Rows rows) {
    this.rows = rows;
    this.bits = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? rows.openBf16() : null;
    this.areFours = bits != null;
  }

  /// Reads a range, of which the length is a multiple of four.
  ///
  /// @param given the values if somebody has read them, otherwise empty
  void read(long element, int count, float[] given) throws IOException {
    this.element = element;
    this.count = count;
    this.isRead = given.length > 0;
    if (isRead) {
      floats = given;
    }
    Rows.Bits source = bits;
    if (source == null) {
      floats();
      return;
    }
    if (fours.length < count / 4) {
      fours = new long[count / 4];
      foursBytes = MemorySegment.ofArray(fours);
    }
    source.read(element, count, foursBytes.asSlice(0, 2L * count));
  }

  /// Whether there are [#fours].
  boolean areFours() {
    return areFours;
  }

  /// Values of BF16, four in each number.
  long[] fours() {
    return fours;
  }

  /// The values.
  float[] floats() throws IOException {
    if (!isRead) {
      Rows.Reader open = reader == null ? rows.open() : reader;
      reader = open;
      floats = floats.length < count ? new float[count] : floats;
      open.read(element, count, floats);
      isRead = true;
    }
    return floats;
  }
}
