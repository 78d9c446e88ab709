package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Pem;
import dev.vidimus.evidence.keys.VerifyingKey;

/// Public and private keys, as DER inside a good PEM block.
final class FuzzedKey implements FuzzedReader {
  @Override
  public void read(byte[] input) {
    try {
      VerifyingKey.ofDer(input, "fuzzed");
    } catch (FormatException e) {
      // or a private key
    }
    try {
      KeyFile.read(new Pem("PRIVATE KEY", input).text(), null, "fuzzed");
    } catch (FormatException e) {
      // the only other outcome
    }
  }
}
