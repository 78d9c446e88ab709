package dev.vidimus.evidence.ledger.tlog;

import java.io.IOException;

/// A tile that a checkpoint says is there is not, or is no tile.
public final class BrokenTile extends IOException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String found;

  BrokenTile(String path, String found) {
    super(path + ": expected a tile, found " + found);
    this.path = path;
    this.found = found;
  }

  /// Where it should be.
  public String path() {
    return path;
  }

  /// What is there instead.
  public String found() {
    return found;
  }
}
