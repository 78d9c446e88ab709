package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/// A private key and its public half. It prints as its public half.
public final class SigningKey {
  private final PrivateKey key;
  private final VerifyingKey verifying;
  private final @Nullable Provider provider;

  /// A key in memory.
  public SigningKey(PrivateKey key, VerifyingKey verifying) {
    this(key, verifying, null);
  }

  /// A key that never leaves its token.
  ///
  /// @param provider that signs with the token, or null for the JDK's own
  public SigningKey(PrivateKey key, VerifyingKey verifying, @Nullable Provider provider) {
    this.key = key;
    this.verifying = verifying;
    this.provider = provider;
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
      Signature signer =
          provider == null
              ? Signature.getInstance(algorithm)
              : Signature.getInstance(algorithm, provider);
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
