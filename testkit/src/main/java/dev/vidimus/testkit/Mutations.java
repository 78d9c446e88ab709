package dev.vidimus.testkit;

import java.util.Arrays;
import java.util.Random;

/// Damages valid files in the same ways on every run.
public final class Mutations {
  private static final byte[] EXTREMES = {0, 1, 0x7f, (byte) 0x80, (byte) 0xfe, (byte) 0xff};

  private final Random random;

  /// @param seed the same seed gives the same damage
  public Mutations(long seed) {
    this.random = new Random(seed);
  }

  /// A damaged copy: bits flipped, bytes made extreme, parts repeated, moved or cut off.
  public byte[] of(byte... file) {
    byte[] copy = file.clone();
    int changes = 1 + random.nextInt(4);
    for (int i = 0; i < changes && copy.length > 0; i++) {
      copy = change(copy);
    }
    return copy;
  }

  private byte[] change(byte[] file) {
    int at = random.nextInt(file.length);
    int length = Math.min(1 + random.nextInt(16), file.length - at);
    switch (random.nextInt(6)) {
      case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> file[at] = EXTREMES[random.nextInt(EXTREMES.length)];
      case 2 -> Arrays.fill(file, at, at + length, EXTREMES[random.nextInt(EXTREMES.length)]);
      case 3 -> System.arraycopy(file, random.nextInt(file.length - length + 1), file, at, length);
      case 4 -> {
        return Arrays.copyOf(file, at);
      }
      default -> {
        byte[] longer = new byte[file.length + length];
        System.arraycopy(file, 0, longer, 0, at);
        System.arraycopy(file, at, longer, at + length, file.length - at);
        System.arraycopy(file, at, longer, at, length);
        return longer;
      }
    }
    return file;
  }
}
