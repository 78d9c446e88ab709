package dev.vidimus.registry.intake;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Free space, asked for before the first byte is written.
public final class Room {
  /// Bytes that stay free beside what is taken in.
  private static final long MARGIN = 64L << 20;

  /// What no database and no ledger can write an entry in, in bytes.
  private static final long FULL = 64L << 10;

  private Room() {}

  /// Whether nothing more can be written there.
  ///
  /// @param folder that is there
  public static boolean isFull(Path folder) throws IOException {
    return Files.exists(folder) && Files.getFileStore(folder).getUsableSpace() < FULL;
  }

  /// Requires room for so many bytes.
  ///
  /// @param folder made if it is not there
  public static void require(Path folder, long bytes) throws IOException {
    long free = free(folder);
    if (bytes > free) {
      throw new Refusal(
          "needs " + bytes + " bytes, and " + free + " may be used at " + folder,
          "vidimus storage shows what is kept; vidimus gc removes what nobody needs");
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
