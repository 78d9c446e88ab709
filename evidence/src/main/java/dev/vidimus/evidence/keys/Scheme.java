package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.spec.NamedParameterSpec;
import org.jspecify.annotations.Nullable;

/// A kind of key together with the one signature algorithm that it is used with.
public enum Scheme {
  P256("p256", "EC", "secp256r1", "SHA256withECDSA", "PKIX_ECDSA_P256_SHA_256"),
  P384("p384", "EC", "secp384r1", "SHA384withECDSA", "PKIX_ECDSA_P384_SHA_384"),
  P521("p521", "EC", "secp521r1", "SHA512withECDSA", "PKIX_ECDSA_P521_SHA_512"),
  ED25519("ed25519", "Ed25519", "Ed25519", "Ed25519", "PKIX_ED25519"),
  ML_DSA_44("ml-dsa-44", "ML-DSA", "ML-DSA-44", "ML-DSA", "ML_DSA_44"),
  ML_DSA_65("ml-dsa-65", "ML-DSA", "ML-DSA-65", "ML-DSA", "ML_DSA_65"),
  ML_DSA_87("ml-dsa-87", "ML-DSA", "ML-DSA-87", "ML-DSA", "ML_DSA_87");

  private final String word;
  private final String family;
  private final String parameters;
  private final String signature;
  private final String keyDetails;

  Scheme(String word, String family, String parameters, String signature, String keyDetails) {
    this.word = word;
    this.family = family;
    this.parameters = parameters;
    this.signature = signature;
    this.keyDetails = keyDetails;
  }

  /// As the command line says it: `p256`.
  public String word() {
    return word;
  }

  /// As Sigstore's `PublicKeyDetails` says it: `PKIX_ECDSA_P256_SHA_256`.
  public String keyDetails() {
    return keyDetails;
  }

  /// Whether OMS version 1.0 has it; the others are our extension.
  public boolean isInOms() {
    return family.equals("EC");
  }

  /// The JDK's name of the key factory.
  String family() {
    return family;
  }

  /// The JDK's name of the curve or parameter set.
  String parameters() {
    return parameters;
  }

  /// The JDK's name of the signature algorithm. ECDSA signatures are in DER; ML-DSA is pure with
  /// the empty context.
  String signature() {
    return signature;
  }

  /// The scheme that a word of the command line means, or null.
  public static @Nullable Scheme ofWord(String word) {
    for (Scheme scheme : values()) {
      if (scheme.word.equals(word)) {
        return scheme;
      }
    }
    return null;
  }

  /// The scheme of a key.
  ///
  /// @throws FormatException.Unsupported for RSA, secp256k1 and everything else
  public static Scheme of(PublicKey key, String where) throws FormatException.Unsupported {
    String name =
        switch (key) {
          // The JDK's parameters print as `secp256r1 [NIST P-256,X9.62 prime256v1] (1.2.840…)`.
          case ECPublicKey ec -> ec.getParams().toString().split(" ", 2)[0];
          case EdECPublicKey ed -> ed.getParams().getName();
          default ->
              key.getParams() instanceof NamedParameterSpec named
                  ? named.getName()
                  : key.getAlgorithm();
        };
    for (Scheme scheme : values()) {
      if (scheme.parameters.equals(name)) {
        return scheme;
      }
    }
    throw new FormatException.Unsupported(
        where, 0, "a key of " + name + "; known are EC P-256, P-384, P-521, Ed25519 and ML-DSA");
  }
}
