package dev.vidimus.artifact.digest;

import static dev.vidimus.artifact.digest.Sha256Rounds.BLOCK;
import static dev.vidimus.artifact.digest.Sha256Rounds.INITIAL;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Hashes as many streams side by side as there are lanes. Streams differ in length, so the lanes
/// are a small work queue: when a stream ends, its lane takes the next one and the others go on.
/// Memory: 64 KiB for each lane.
final class LaneWorker implements Worker {
  /// Below this many streams one after the other is faster.
  static final int FEWEST = 6;

  private static final int SLICE = 1 << 16;
  private static final int WORDS = INITIAL.length;

  private final Work work;
  private final Lanes lanes;
  private final int count;
  private final int[] state;
  private final byte[][] buffers;

  /// Where each lane's next block begins, and where its last whole block ends.
  private final int[] at;

  private final int[] end;
  private final @Nullable Stream[] streams;
  private final boolean[] padded;
  private final int[] indexes;
  private int active;

  LaneWorker(Work work, Lanes lanes) {
    this.work = work;
    this.lanes = lanes;
    this.count = lanes.count();
    this.state = new int[WORDS * count];
    this.buffers = new byte[count][SLICE + 2 * BLOCK];
    this.at = new int[count];
    this.end = new int[count];
    this.streams = new Stream[count];
    this.padded = new boolean[count];
    this.indexes = new int[count];
  }

  @Override
  public Void call() throws IOException {
    try {
      for (int lane = 0; lane < count; lane++) {
        begin(lane);
      }
      while (active >= FEWEST) {
        together();
      }
      for (int lane = 0; lane < count; lane++) {
        if (streams[lane] != null) {
          alone(lane);
        }
      }
      return null;
    } finally {
      for (Stream stream : streams) {
        if (stream != null) {
          stream.close();
        }
      }
    }
  }

  /// Compresses what every lane has, then brings more to those that have nothing left.
  private void together() throws IOException {
    int bytes = SLICE;
    for (int lane = 0; lane < count; lane++) {
      if (streams[lane] == null) {
        at[lane] = 0; // an idle lane goes over the same old bytes, and nobody looks at its state
      } else {
        bytes = Math.min(bytes, end[lane] - at[lane]);
      }
    }
    lanes.compress(state, buffers, at, bytes / BLOCK);
    for (int lane = 0; lane < count; lane++) {
      at[lane] += bytes;
      if (streams[lane] != null && at[lane] == end[lane]) {
        more(lane);
      }
    }
  }

  /// Ends the stream of a lane without the others.
  private void alone(int lane) throws IOException {
    int[] own = new int[WORDS];
    for (int word = 0; word < WORDS; word++) {
      own[word] = state[word * count + lane];
    }
    int[] w = new int[Sha256Rounds.ROUNDS];
    while (true) {
      for (; at[lane] < end[lane]; at[lane] += BLOCK) {
        Sha256Rounds.compress(own, buffers[lane], at[lane], w);
      }
      Stream stream = streams[lane];
      if (padded[lane] || stream == null) {
        break;
      }
      fill(lane, stream);
    }
    for (int word = 0; word < WORDS; word++) {
      state[word * count + lane] = own[word];
    }
    finish(lane);
  }

  private void more(int lane) throws IOException {
    Stream stream = streams[lane];
    if (stream != null && !padded[lane]) {
      fill(lane, stream);
      return;
    }
    finish(lane);
    begin(lane);
  }

  /// Lets a lane begin the next stream, or idle if there is none.
  private void begin(int lane) throws IOException {
    int index = work.take();
    if (index < 0) {
      return;
    }
    Stream stream = work.open(index);
    streams[lane] = stream;
    indexes[lane] = index;
    active++;
    for (int word = 0; word < WORDS; word++) {
      state[word * count + lane] = INITIAL[word];
    }
    fill(lane, stream);
  }

  private void fill(int lane, Stream stream) throws IOException {
    int read = stream.next(buffers[lane], 0, SLICE);
    at[lane] = 0;
    padded[lane] = stream.atEnd();
    end[lane] = padded[lane] ? Sha256Rounds.pad(buffers[lane], read, stream.length()) : SLICE;
  }

  private void finish(int lane) throws IOException {
    byte[] digest = new byte[WORDS * Integer.BYTES];
    for (int word = 0; word < WORDS; word++) {
      Sha256Rounds.WORD.set(digest, word * Integer.BYTES, state[word * count + lane]);
    }
    Stream stream = streams[lane];
    if (stream == null) {
      throw new IllegalStateException("lane " + lane + " has no stream to finish");
    }
    work.done(indexes[lane], stream.sums(Digest.of(digest)));
    streams[lane] = null;
    active--;
    stream.close();
  }
}
