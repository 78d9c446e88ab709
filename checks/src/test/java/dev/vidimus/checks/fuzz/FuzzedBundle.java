package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.sigstore.Bundle;
import java.io.IOException;

/// Bundle, envelope and the statement inside.
final class FuzzedBundle implements FuzzedReader {
  @Override
  public void read(byte[] input) throws IOException {
    try {
      Bundle bundle = Bundle.read(Bytes.of(input), "fuzzed");
      Statement.read(bundle.envelope().payload(), "payload");
    } catch (FormatException e) {
      // the only other outcome
    }
  }
}
