package dev.vidimus.evidence.attestation;

import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.sigstore.BundleSigner;

/// Proof for other code that an attestation was verified: only [AttestationVerifier] makes one.
public final class VerifiedAttestation {
  private final Statement statement;
  private final Subject subject;
  private final BundleSigner signer;

  VerifiedAttestation(Statement statement, Subject subject, BundleSigner signer) {
    this.statement = statement;
    this.subject = subject;
    this.signer = signer;
  }

  /// What was attested.
  public Statement statement() {
    return statement;
  }

  /// Which of its subjects is the artifact.
  public Subject subject() {
    return subject;
  }

  /// Who signed it.
  public BundleSigner signer() {
    return signer;
  }
}
