package dev.vidimus.checks.fuzz;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/// Readers that share a JVM, because one takes longer to start than a second of fuzzing: the first
/// byte of an input chooses one.
final class FuzzedChoice implements FuzzedReader {
  private final List<FuzzedReader> readers;

  FuzzedChoice(FuzzedReader... readers) {
    this.readers = List.of(readers);
  }

  @Override
  public void read(byte[] input) throws IOException {
    if (input.length > 0) {
      FuzzedReader chosen = readers.get((input[0] & 0xff) % readers.size());
      chosen.read(Arrays.copyOfRange(input, 1, input.length));
    }
  }
}
