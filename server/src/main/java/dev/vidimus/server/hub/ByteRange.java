package dev.vidimus.server.hub;

import org.jspecify.annotations.Nullable;

/// A part of a file that a request wants (RFC 9110, section 14).
///
/// @param begin first byte
/// @param end after the last byte
record ByteRange(long begin, long end) {
  private static final String UNIT = "bytes=";

  /// How many bytes it has; 0 if the file has none of it.
  long length() {
    return end - begin;
  }

  /// What a header `Range` means for a file; null if the whole is answered: there is no such
  /// header, or it is none that can be understood, or names several parts.
  ///
  /// @param size of the file in bytes
  /// @return an empty range if none of it is in the file
  static @Nullable ByteRange of(@Nullable String header, long size) {
    if (header == null || !header.startsWith(UNIT) || header.indexOf(',') >= 0) {
      return null;
    }
    String range = header.substring(UNIT.length()).strip();
    int dash = range.indexOf('-');
    if (dash < 0) {
      return null;
    }
    long first = number(range.substring(0, dash));
    long last = number(range.substring(dash + 1));
    if (dash == 0) {
      if (last < 0) {
        return null;
      }
      return new ByteRange(size - Math.min(last, size), size); // the last bytes
    }
    boolean open = dash == range.length() - 1;
    if (first < 0 || (!open && (last < 0 || last < first))) {
      return null;
    }
    if (first >= size) {
      return new ByteRange(size, size);
    }
    return new ByteRange(first, open ? size : Math.min(last, size - 1) + 1);
  }

  /// A number of digits alone; -1 if it is none. One too large for a file is as large as any.
  private static long number(String digits) {
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }
}
