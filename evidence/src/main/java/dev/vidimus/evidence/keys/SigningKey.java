package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/// A private key and its public half. It prints as its public half.
public final class SigningKey {
  private final PrivateKey key;
  private final VerifyingKey verifying;

  /// @param key for the JDK's own provider, or one of a token that never leaves it
  public SigningKey(PrivateKey key, VerifyingKey verifying) {
    this.key = key;
    this.verifying = verifying;
  }

  /// A new key.
  public static SigningKey generate(Scheme scheme) throws FormatException {
    return PrivateKeys.read(PrivateKeys.generate(scheme), "new key");
  }

  /// The public half.
  public VerifyingKey verifying() {
    return verifying;
  }

  /// Signs the bytes by the key's scheme; ECDSA in DER.
  public byte[] sign(byte[] message) {
    String algorithm = verifying.scheme().signature();
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("cannot sign by " + algorithm, e);
    }
  }

  @Override
  public String toString() {
    return "signing key of " + verifying;
  }
}
