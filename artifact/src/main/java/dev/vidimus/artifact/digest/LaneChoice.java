package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Digest;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Decides whether streams are hashed one after the other by the JDK or side by side in vectors.
///
/// A CPU with SHA instructions hashes over 1 GB/s, and keeps the JDK's code. Another reaches 0.2 to
/// 0.4 GB/s, and vectors three to five times that, if the compiler makes real vectors of our code:
/// it is measured, after the result was compared with the JDK's.
final class LaneChoice {
  /// Less work than this, in bytes, is done before vectors are warm.
  static final long WORTHWHILE = 128L << 20;

  private static final int SAMPLE = 1 << 18;
  private static final double SHA_INSTRUCTIONS = 0.8; // bytes in a nanosecond
  private static final long MOST_WARMING = 1_500_000_000; // nanoseconds
  private static final long LEAST_WAIT = 1_000_000;

  private LaneChoice() {}

  /// New lanes, or null if the JDK's code is better here. The system property `vidimus.sha256`
  /// takes the decision away: `lanes` or `streams`.
  ///
  /// @param bytes how much there is to hash
  static @Nullable Lanes choose(long bytes) {
    String told = System.getProperty("vidimus.sha256", "");
    boolean hasModule = ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();
    if (!hasModule || told.equals("streams")) {
      return null;
    }
    if (told.equals("lanes")) {
      return VectorLanes.supported() == 0 ? null : new VectorLanes();
    }
    if (bytes < WORTHWHILE) {
      return null;
    }
    double streams = streamSpeed();
    return streams < SHA_INSTRUCTIONS && VectorLanes.supported() > 0
        ? better(new VectorLanes(), streams)
        : null;
  }

  /// Whether one stream alone is as fast as this CPU hashes.
  static boolean hasInstructions() {
    return streamSpeed() >= SHA_INSTRUCTIONS;
  }

  /// Bytes in a nanosecond; the best of some tries, because others share the machine.
  private static double streamSpeed() {
    byte[] sample = sample();
    MessageDigest sha256 = Digest.newSha256();
    double best = 0;
    for (int i = 0; i < 8; i++) {
      long begin = System.nanoTime();
      sha256.digest(sample);
      best = Math.max(best, (double) SAMPLE / (System.nanoTime() - begin));
    }
    return best;
  }

  private static @Nullable Lanes better(Lanes lanes, double streams) {
    byte[] sample = sample();
    byte[][] input = new byte[lanes.count()][];
    Arrays.fill(input, sample);
    int[] at = new int[lanes.count()];
    int[] state = new int[8 * lanes.count()];
    long begin = System.nanoTime();
    for (long now = begin; now - begin < MOST_WARMING; now = System.nanoTime()) {
      lanes.compress(state, input, at, 1);
      long spent = System.nanoTime() - now;
      if ((double) Sha256Rounds.BLOCK * lanes.count() / spent > 1.3 * streams) {
        return agrees(lanes, sample) ? lanes : null;
      }
      // Until the compiler is done each block costs a thousand times what it will: leave it the
      // CPU.
      LockSupport.parkNanos(Math.max(spent, LEAST_WAIT));
    }
    return null;
  }

  /// Whether the first and the last lane hash as one stream does.
  private static boolean agrees(Lanes lanes, byte[] sample) {
    int count = lanes.count();
    byte[][] input = new byte[count][];
    Arrays.fill(input, sample);
    int[] at = new int[count];
    at[count - 1] = Sha256Rounds.BLOCK;
    int[] state = new int[8 * count];
    for (int i = 0; i < state.length; i++) {
      state[i] = Sha256Rounds.INITIAL[i / count];
    }
    lanes.compress(state, input, at, 1);
    for (int lane = 0; lane < count; lane++) {
      int[] own = Sha256Rounds.INITIAL.clone();
      Sha256Rounds.compress(own, sample, at[lane], new int[Sha256Rounds.ROUNDS]);
      for (int word = 0; word < own.length; word++) {
        if (own[word] != state[word * count + lane]) {
          return false;
        }
      }
    }
    return true;
  }

  private static byte[] sample() {
    byte[] sample = new byte[SAMPLE];
    for (int i = 0; i < SAMPLE; i++) {
      sample[i] = (byte) (i * 31 + (i >> 8));
    }
    return sample;
  }
}
