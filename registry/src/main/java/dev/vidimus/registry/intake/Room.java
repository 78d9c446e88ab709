package dev.vidimus.registry.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Free space, asked for before the first byte is written.
public final class Room {
  /// Bytes that stay free beside what is taken in.
  private static final long MARGIN = 64L << 20;

  /// What no database and no ledger can write an entry in, in bytes.
  private static final long FULL = 64L << 10;

  private static final List<String> WORDS =
      List.of("No space left on device", "Disk quota exceeded", "SQLITE_FULL");

  private static final int DEEPEST = 20;

  private Room() {}

  /// Whether nothing more can be written there.
  ///
  /// @param folder that is there
  public static boolean isFull(Path folder) throws IOException {
    return Files.exists(folder) && Files.getFileStore(folder).getUsableSpace() < FULL;
  }

  /// Whether a write failed because a disk or a quota is full, in the words of Linux and SQLite:
  /// what was written before may be deleted by now, so that there is room again.
  public static boolean isMissing(Throwable problem) {
    int depth = 0;
    for (Throwable cause = problem; cause != null && depth < DEEPEST; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof NoRoom || WORDS.stream().anyMatch(message::contains)) {
        return true;
      }
      depth++;
    }
    return false;
  }

  /// Requires room for so many bytes.
  ///
  /// @param folder made if it is not there
  public static void require(Path folder, long bytes) throws IOException {
    long free = free(folder);
    if (bytes > free) {
      throw new NoRoom("needs " + bytes + " bytes, and " + free + " may be used", folder, "");
    }
  }

  /// Bytes that may be used.
  ///
  /// @param folder made if it is not there
  public static long free(Path folder) throws IOException {
    Files.createDirectories(folder);
    return Math.max(0, Files.getFileStore(folder).getUsableSpace() - MARGIN);
  }
}
