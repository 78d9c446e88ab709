package dev.vidimus.server.job;

import java.io.IOException;
import java.util.concurrent.Semaphore;

/// A place at the processors. Work takes it when its bytes are here: a source that drips keeps
/// nobody from examining what others brought.
final class Turn implements AutoCloseable {
  private final Semaphore places;
  private boolean taken;

  Turn(Semaphore places) {
    this.places = places;
  }

  /// Waits for a place.
  void take() throws IOException {
    try {
      places.acquire();
      taken = true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the server ends", e);
    }
  }

  @Override
  public void close() {
    if (taken) {
      places.release();
    }
  }
}
