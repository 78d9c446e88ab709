package dev.vidimus.registry.statement;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleWriter;
import java.io.IOException;
import java.util.List;

/// Statements under a signature, as the log keeps them.
public final class Sealing {
  private Sealing() {}

  /// Signs a statement.
  ///
  /// @return a Sigstore bundle v0.3 with the key method
  public static byte[] seal(Statement statement, SigningKey key) {
    byte[] payload = statement.bytes();
    byte[] signature = key.sign(Envelope.pae(Envelope.IN_TOTO, payload));
    return BundleWriter.write(
        new Envelope(Envelope.IN_TOTO, payload, List.of(signature)), key.verifying(), List.of());
  }

  /// Reads a statement whose signer is not known yet; what it says is a claim.
  public static Statement unverified(byte[] bundle, String where)
      throws FormatException, IOException {
    return Statement.read(Bundle.read(Bytes.of(bundle), where).envelope().payload(), where);
  }

  /// Reads a statement, and requires that this key signed it.
  ///
  /// @param where its name in errors
  /// @throws CheckFailed if another key signed it, or it is no statement of version 1
  /// @throws FormatException if it is no bundle
  public static Statement open(byte[] bundle, VerifyingKey key, String where)
      throws CheckFailed, FormatException, IOException {
    Envelope envelope = Bundle.read(Bytes.of(bundle), where).envelope();
    if (envelope.signatures().size() != 1) {
      throw new CheckFailed(
          "one signature", "exactly one signature", envelope.signatures().size() + " signatures");
    }
    key.require(envelope.pae(), envelope.signatures().getFirst());
    if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
      throw new CheckFailed("payload type", Envelope.IN_TOTO, envelope.payloadType());
    }
    Statement statement = Statement.read(envelope.payload(), where);
    if (!statement.type().equals(Statement.V1)) {
      throw new CheckFailed("statement", Statement.V1, statement.type());
    }
    return statement;
  }
}
