package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.List;

/// A public key. Two are equal if their `SubjectPublicKeyInfo` is.
public final class VerifyingKey {
  private static final String LABEL = "PUBLIC KEY";

  private final Scheme scheme;
  private final PublicKey key;

  private VerifyingKey(Scheme scheme, PublicKey key) {
    this.scheme = scheme;
    this.key = key;
  }

  /// @param where the key's origin, for the error
  /// @throws FormatException.Unsupported if it is of no [Scheme]
  public static VerifyingKey of(PublicKey key, String where) throws FormatException.Unsupported {
    return new VerifyingKey(Scheme.of(key, where), key);
  }

  /// The one key of a PEM text; what stands around its block is passed over.
  public static VerifyingKey ofPem(String text, String where) throws FormatException {
    List<Pem> blocks =
        Pem.read(text, where).stream().filter(block -> block.label().equals(LABEL)).toList();
    if (blocks.size() != 1) {
      throw new FormatException.Malformed(
          where, 0, "has " + blocks.size() + " PEM blocks " + LABEL + ", not one");
    }
    return ofDer(blocks.getFirst().der(), where);
  }

  /// A key in the DER of its `SubjectPublicKeyInfo`.
  public static VerifyingKey ofDer(byte[] der, String where) throws FormatException {
    for (String family : List.of("EC", "Ed25519", "ML-DSA")) {
      try {
        return of(
            KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der)), where);
      } catch (GeneralSecurityException e) {
        // of another family, perhaps
      }
    }
    throw new FormatException.Unsupported(
        where, 0, "no public key of EC P-256, P-384, P-521, Ed25519 or ML-DSA");
  }

  /// Its scheme.
  public Scheme scheme() {
    return scheme;
  }

  /// The DER of its `SubjectPublicKeyInfo`.
  public byte[] der() {
    return key.getEncoded();
  }

  /// The PEM text, always the same for the same key.
  public String pem() {
    return new Pem(LABEL, der()).text();
  }

  /// The hint by which OMS bundles name the key: hex SHA-256 of the PEM text, not of the DER.
  public String hint() {
    return Digest.sha256(pem().getBytes(StandardCharsets.US_ASCII)).hex();
  }

  /// Requires a signature by this key.
  ///
  /// @param message the very bytes that were signed
  /// @throws CheckFailed if it is not; there is no boolean to forget
  public void require(byte[] message, byte[] signature) throws CheckFailed {
    require(scheme.signature(), message, signature);
  }

  /// The same by another hash than the scheme's; only what OMS 0.2.0 signed needs it.
  public void requireSha256(byte[] message, byte[] signature) throws CheckFailed {
    require("SHA256withECDSA", message, signature);
  }

  /// The same over bytes whose hash is known; EC keys only, because the others sign no hash.
  ///
  /// @param hash by the scheme's own hash function
  public void requireHashed(byte[] hash, byte[] signature) throws CheckFailed {
    if (!key.getAlgorithm().equals("EC")) {
      throw new IllegalArgumentException(scheme + " signs no hash");
    }
    require("NONEwithECDSA", hash, signature);
  }

  private void require(String algorithm, byte[] message, byte[] signature) throws CheckFailed {
    boolean holds;
    try {
      Signature verifier = Signature.getInstance(algorithm);
      verifier.initVerify(key);
      verifier.update(message);
      holds = verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) { // a certificate can hold any point
      throw new CheckFailed("signature", "a signature by " + algorithm, "none: " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + algorithm, e);
    }
    if (!holds) {
      throw new CheckFailed(
          "signature",
          "a signature over this payload by the key " + hint(),
          "one over something else, or by another key");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifyingKey that && Arrays.equals(der(), that.der());
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(der());
  }

  @Override
  public String toString() {
    return scheme.word() + " " + hint();
  }
}
