package dev.vidimus.evidence.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Which run of the operating system this is. What one run has written, the same run reads again,
/// whether it reached the disk or not; only the next one may miss something.
final class Boot {
  /// Of every name, in bytes: a UUID as text.
  static final int LENGTH = 36;

  /// Stands for no run at all.
  static final String UNKNOWN = " ".repeat(LENGTH);

  private static final Path LINUX = Path.of("/proc/sys/kernel/random/boot_id");

  private Boot() {}

  /// Its name, or [#UNKNOWN] where the system gives none.
  static String current() {
    try {
      String name = Files.readString(LINUX, StandardCharsets.US_ASCII).strip();
      return name.length() == LENGTH ? name : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN;
    }
  }
}
