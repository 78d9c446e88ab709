package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.security.MessageDigest;

/// Hashes stream after stream by the JDK, whose code uses a CPU's SHA instructions.
final class StreamWorker implements Worker {
  private static final int SLICE = 1 << 18;

  private final Work work;

  StreamWorker(Work work) {
    this.work = work;
  }

  @Override
  public Void call() throws IOException {
    byte[] slice = new byte[SLICE];
    MessageDigest sha256 = Digest.newSha256();
    for (int index = work.take(); index >= 0; index = work.take()) {
      try (Stream stream = work.open(index)) {
        do {
          sha256.update(slice, 0, stream.next(slice, 0, SLICE));
        } while (!stream.atEnd());
        work.done(index, stream.sums(Digest.of(sha256.digest())));
      }
    }
    return null;
  }
}
