package dev.vidimus.scan.cache;

import dev.vidimus.artifact.Snapshot;
import org.jspecify.annotations.Nullable;

/// Where the result of a file is kept.
public interface Memory {
  /// Nothing is kept.
  Memory NONE = entry -> null;

  /// The place of a file's result.
  ///
  /// @return null if the file's result must not be kept, or one that was kept be used
  @Nullable Slot slot(Snapshot.Entry entry);

  /// The place of one result; used by one thread.
  interface Slot {
    /// What was kept; null if there is nothing.
    byte @Nullable [] read();

    /// Keeps a result of the file as it was when the slot was asked for.
    void write(byte[] result);
  }
}
