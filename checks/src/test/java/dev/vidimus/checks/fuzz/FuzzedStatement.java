package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.intoto.Statement;
import java.io.IOException;

final class FuzzedStatement implements FuzzedReader {
  @Override
  public void read(byte[] input) throws IOException {
    try {
      Statement.read(input, "fuzzed").bytes();
    } catch (FormatException e) {
      // the only other outcome
    }
  }
}
