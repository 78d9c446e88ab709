package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Where a ledger lies, in three verbs. Paths are relative, of lower-case letters, digits, `.` and
/// `/`. Safe for use by several threads; one ledger at a time writes.
public interface Storage extends TileSource {
  /// Where the checkpoint lies.
  String CHECKPOINT = "checkpoint";

  /// Makes sure that a path holds these bytes, durably, before it returns.
  ///
  /// @throws StorageConflict if the path holds others, which stay as they are
  /// @throws IOException if it cannot be known whether the path holds them
  void putIfAbsent(String path, byte[] bytes) throws IOException;

  @Override
  byte @Nullable [] get(String path) throws IOException;

  /// Replaces the checkpoint, durably and at once: a reader sees the old one or the new one.
  ///
  /// @param expectedOld what is there, or null if nothing is
  /// @throws StorageConflict if something else is there, which stays as it is
  void replaceCheckpoint(byte @Nullable [] expectedOld, byte[] replacement) throws IOException;
}
