package dev.vidimus.formats.zip;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What an end of central directory record says, APPNOTE 4.3.16, and the ZIP64 record before it.
///
/// Readers differ here in three ways, and each way is a reading: PyTorch's miniz follows the ZIP64
/// locator, Python looks straight before it; some believe the 32-bit fields as long as they are not
/// all ones; and Python counts the directory back from its end, where miniz believes its offset.
///
/// @param directoryEnd where the directory ends at the latest
/// @param offset declared start of the directory, unsigned
/// @param size declared bytes of the directory, unsigned
/// @param count declared entries, unsigned
record EndRecord(long directoryEnd, long offset, long size, long count) {
  static final int SIZE = 22;
  static final int SIGNATURE = 0x0605_4b50;
  private static final int SIGNATURE_64 = 0x0606_4b50;
  private static final int LOCATOR_SIGNATURE = 0x0706_4b50;
  private static final int LOCATOR = 20;
  private static final int SIZE_64 = 56;

  /// Every reading of the record at a position.
  ///
  /// @param record at least the 22 bytes of the record
  static List<EndRecord> readings(Bytes bytes, long at, Fields record) throws IOException {
    List<EndRecord> readings = new ArrayList<>(3);
    long locatorAt = at - LOCATOR;
    if (locatorAt >= 0) {
      Fields locator = Fields.read(bytes, locatorAt, LOCATOR);
      if (locator.u32(0) == LOCATOR_SIGNATURE) {
        add64(readings, bytes, locatorAt, locator.i64(8));
        add64(readings, bytes, locatorAt, locatorAt - SIZE_64);
      }
    }
    long offset = record.u32(16);
    long size = record.u32(12);
    int count = record.u16(10);
    if (readings.isEmpty() || (offset != 0xffff_ffffL && size != 0xffff_ffffL && count != 0xffff)) {
      // The directory ends at the record, or at the ZIP64 record before it.
      long end = readings.isEmpty() ? at : readings.getLast().directoryEnd();
      add(readings, new EndRecord(end, offset, size, count));
    }
    return readings;
  }

  private static void add64(List<EndRecord> readings, Bytes bytes, long locatorAt, long at)
      throws IOException {
    if (at >= 0 && at <= locatorAt - SIZE_64) {
      Fields record = Fields.read(bytes, at, SIZE_64);
      if (record.u32(0) == SIGNATURE_64) {
        add(readings, new EndRecord(at, record.i64(48), record.i64(40), record.i64(32)));
      }
    }
  }

  private static void add(List<EndRecord> readings, EndRecord reading) {
    for (EndRecord other : readings) {
      if (other.offset == reading.offset
          && other.size == reading.size
          && (other.count & 0xffff) == (reading.count & 0xffff)) {
        return;
      }
    }
    readings.add(reading);
  }
}
