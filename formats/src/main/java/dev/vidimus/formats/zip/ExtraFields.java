package dev.vidimus.formats.zip;

/// The extra fields of a header, APPNOTE 4.5: tagged, and read as far as they are well formed. What
/// follows the last well-formed one (PyTorch pads there to align its tensors) is passed over.
///
/// @param fields the header
/// @param at offset of the first extra field in it
/// @param length bytes of all extra fields
record ExtraFields(Fields fields, int at, int length) {
  private static final int ZIP64 = 0x0001;
  private static final int UNICODE_PATH = 0x7075;
  private static final int UNICODE_PATH_HEAD = 5;

  /// Values that replace header fields of all ones, in the order of APPNOTE 4.5.3.
  ///
  /// @param size plain size
  /// @param packed compressed size
  /// @param offset of the local header
  record Zip64(long size, long packed, long offset) {}

  private static final long ALL_ONES = 0xffff_ffffL;

  /// The three values, replaced where they are all ones and the field has a replacement.
  Zip64 zip64(long size, long packed, long offset) {
    int field = find(ZIP64);
    if (field < 0) {
      return new Zip64(size, packed, offset);
    }
    int end = field + 4 + fields.u16(field + 2);
    int next = field + 4;
    long[] values = {size, packed, offset};
    for (int i = 0; i < values.length; i++) {
      if (values[i] == ALL_ONES && next + Long.BYTES <= end) {
        values[i] = fields.i64(next);
        next += Long.BYTES;
      }
    }
    return new Zip64(values[0], values[1], values[2]);
  }

  /// The name in an Info-ZIP Unicode path field; empty if there is none.
  String unicodePath() {
    int field = find(UNICODE_PATH);
    int size = field < 0 ? 0 : fields.u16(field + 2);
    return size <= UNICODE_PATH_HEAD
        ? ""
        : fields.text(field + 4 + UNICODE_PATH_HEAD, size - UNICODE_PATH_HEAD);
  }

  private int find(int tag) {
    int end = at + length;
    int next = at;
    while (next + 4 <= end) {
      int size = fields.u16(next + 2);
      if (next + 4 + size > end) {
        return -1;
      }
      if (fields.u16(next) == tag) {
        return next;
      }
      next += 4 + size;
    }
    return -1;
  }
}
