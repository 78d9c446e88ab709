package dev.vidimus.cli.scan;

/// Quantities as people read them. By hand, because `String.format` costs more than a small scan.
final class Human {
  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};

  private Human() {}

  /// `812 bytes`, `1.2 kB`, `34 MB`; thousands, as disks are sold.
  static String size(long bytes) {
    if (bytes < 1000) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    long tenths = bytes / 100;
    int unit = 0;
    while (tenths >= 10_000) {
      tenths /= 1000;
      unit++;
    }
    String number = tenths < 100 ? tenths / 10 + "." + tenths % 10 : String.valueOf(tenths / 10);
    return number + " " + UNITS[unit];
  }

  /// `12,345`.
  static String number(long value) {
    StringBuilder text = new StringBuilder().append(value);
    for (int at = text.length() - 3; at > 0; at -= 3) {
      text.insert(at, ',');
    }
    return text.toString();
  }

  /// `byte 1,234 (0x4d2)`.
  static String offset(long offset) {
    return "byte " + number(offset) + " (0x" + Long.toHexString(offset) + ")";
  }

  /// `45 ms`, `3.2 s`, `2 min 10 s`.
  static String time(long millis) {
    if (millis < 1000) {
      return millis + " ms";
    }
    long seconds = millis / 1000;
    if (seconds < 60) {
      return seconds + "." + millis % 1000 / 100 + " s";
    }
    return seconds / 60 + " min " + seconds % 60 + " s";
  }

  /// `1 file`, `12 files`.
  static String count(long count, String thing) {
    return number(count) + " " + (count == 1 ? thing : thing + "s");
  }
}
