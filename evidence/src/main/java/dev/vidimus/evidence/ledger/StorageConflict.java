package dev.vidimus.evidence.ledger;

import java.io.IOException;

/// A path that is written once holds something else than what was to be written.
public final class StorageConflict extends IOException {
  private static final long serialVersionUID = 1L;

  /// @param path relative to the ledger
  public StorageConflict(String path) {
    super(path + ": holds other bytes than those to be written");
  }
}
