package dev.vidimus.evidence.ledger.note;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.keys.VerifyingKey;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Instant;

/// A named private key that signs notes.
public final class SignerKey {
  private final VerifierKey verifier;
  private final SigningKey key;

  /// @param name not empty, without spaces and `+`
  /// @throws IllegalArgumentException if the pair is not of the algorithm, or the name not a name
  public static SignerKey of(String name, Algorithm algorithm, KeyPair pair) {
    try {
      VerifyingKey verifying = VerifyingKey.of(pair.getPublic(), name);
      return of(name, algorithm, new SigningKey(pair.getPrivate(), verifying));
    } catch (FormatException.Unsupported e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// @param name not empty, without spaces and `+`
  /// @throws IllegalArgumentException if the key is not of the algorithm, or the name not a name
  public static SignerKey of(String name, Algorithm algorithm, SigningKey key) {
    byte[] raw = algorithm.raw(key.verifying().der());
    try {
      return new SignerKey(VerifierKey.of(name, algorithm, algorithm.publicKey(raw)), key);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a key that cannot be read again", e);
    }
  }

  private SignerKey(VerifierKey verifier, SigningKey key) {
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
      byte[] value =
          key.sign(SignedMessage.of(algorithm, verifier.name(), text, now.getEpochSecond()));
      if (algorithm.isCosignature()) {
        value =
            ByteBuffer.allocate(Long.BYTES + value.length)
                .putLong(now.getEpochSecond())
                .put(value)
                .array();
      }
      return NoteSignature.of(verifier, value);
    } catch (CheckFailed e) {
      throw new IllegalStateException("cannot sign with " + verifier.label(), e);
    }
  }
}
