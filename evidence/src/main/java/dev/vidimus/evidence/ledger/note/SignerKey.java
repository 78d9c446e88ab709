package dev.vidimus.evidence.ledger.note;

import dev.vidimus.evidence.CheckFailed;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;

/// A named private key that signs notes.
public final class SignerKey {
  private final VerifierKey verifier;
  private final PrivateKey key;

  /// @param name not empty, without spaces and `+`
  /// @throws IllegalArgumentException if the pair is not of the algorithm, or the name not a name
  public static SignerKey of(String name, Algorithm algorithm, KeyPair pair) {
    return new SignerKey(VerifierKey.of(name, algorithm, pair.getPublic()), pair.getPrivate());
  }

  private SignerKey(VerifierKey verifier, PrivateKey key) {
    this.verifier = verifier;
    this.key = key;
  }

  /// The public half.
  public VerifierKey verifier() {
    return verifier;
  }

  /// Signs a text.
  ///
  /// @param text ends in a line end; a checkpoint, if the key makes cosignatures
  /// @param now the time that a cosignature states, in whole seconds; unused in a plain signature
  public NoteSignature sign(String text, Instant now) {
    Algorithm algorithm = verifier.algorithm();
    try {
      Signature signer = Signature.getInstance(algorithm.jdkName());
      signer.initSign(key);
      signer.update(SignedMessage.of(algorithm, verifier.name(), text, now.getEpochSecond()));
      byte[] value = signer.sign();
      if (algorithm.isCosignature()) {
        value =
            ByteBuffer.allocate(Long.BYTES + value.length)
                .putLong(now.getEpochSecond())
                .put(value)
                .array();
      }
      return NoteSignature.of(verifier, value);
    } catch (GeneralSecurityException | CheckFailed e) {
      throw new IllegalStateException("cannot sign with " + verifier.label(), e);
    }
  }
}
