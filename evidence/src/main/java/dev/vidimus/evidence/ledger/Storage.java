package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// Where a ledger lies, in three verbs, and a fourth for them together. Paths are relative, of
/// lower-case letters, digits, `.` and `/`. Safe for use by several threads; one ledger at a time
/// writes.
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

  /// Puts files in this order, then replaces the checkpoint. An implementation may make all of them
  /// durable at once; then a reader still sees a file before the checkpoint over it.
  ///
  /// @throws StorageConflict as the other verbs
  /// @throws IOException if it cannot be known what the storage holds
  default void commit(SequencedMap<String, byte[]> files, byte[] expectedOld, byte[] replacement)
      throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      putIfAbsent(file.getKey(), file.getValue());
    }
    replaceCheckpoint(expectedOld, replacement);
  }
}
