package dev.vidimus.evidence.trust;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The public key of a log. Logs may have RSA keys, which signers may not.
///
/// A key of a kind that we do not verify is kept, because the others beside it are still of use; it
/// fails when it is needed.
public final class LogKey {
  /// `SEQUENCE { OID rsaEncryption, NULL }`, which stands before a key in PKCS#1.
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

  private final String details;
  private final byte[] der;
  private final @Nullable PublicKey key;

  private LogKey(String details, byte[] der, @Nullable PublicKey key) {
    this.details = details;
    this.der = der;
    this.key = key;
  }

  /// @param details as `PublicKeyDetails` names the kind: `PKIX_ED25519`
  /// @param raw DER of a `SubjectPublicKeyInfo`, or of PKCS#1 if the kind says so
  /// @throws FormatException.Malformed if it is no key of that kind
  public static LogKey of(String details, byte[] raw, String where)
      throws FormatException.Malformed {
    byte[] der = details.startsWith("PKCS1_RSA_") ? ofPkcs1(raw) : raw;
    String family = family(details);
    if (family == null) {
      return new LogKey(details, der, null);
    }
    try {
      PublicKey key = KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(der));
      return new LogKey(details, der, key);
    } catch (GeneralSecurityException e) {
      throw new FormatException.Malformed(where, 0, "is no key of the kind " + details);
    }
  }

  private static @Nullable String family(String details) {
    return switch (details) {
      case "PKIX_ECDSA_P256_SHA_256", "PKIX_ECDSA_P384_SHA_384", "PKIX_ECDSA_P521_SHA_512" -> "EC";
      case "PKIX_ED25519" -> "Ed25519";
      case "PKIX_RSA_PKCS1V15_2048_SHA256",
          "PKIX_RSA_PKCS1V15_3072_SHA256",
          "PKIX_RSA_PKCS1V15_4096_SHA256",
          "PKCS1_RSA_PKCS1V5" ->
          "RSA";
      default -> null;
    };
  }

  private static byte[] ofPkcs1(byte[] raw) {
    ByteArrayOutputStream bits = new ByteArrayOutputStream();
    bits.writeBytes(RSA);
    bits.write(0x03);
    length(bits, raw.length + 1);
    bits.write(0); // no unused bits
    bits.writeBytes(raw);
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(0x30);
    length(der, bits.size());
    der.writeBytes(bits.toByteArray());
    return der.toByteArray();
  }

  private static void length(ByteArrayOutputStream out, int length) {
    if (length >= 0x100) {
      out.write(0x82);
      out.write(length >> 8);
    } else if (length >= 0x80) {
      out.write(0x81);
    }
    out.write(length);
  }

  /// The kind, in the words of `PublicKeyDetails`.
  public String details() {
    return details;
  }

  /// The DER of its `SubjectPublicKeyInfo`; the array must not be changed.
  public byte[] der() {
    return der;
  }

  /// SHA-256 of [#der], which names the key in RFC 6962.
  public Digest id() {
    return Digest.sha256(der);
  }

  /// Whether it is an Ed25519 key.
  public boolean isEd25519() {
    return details.equals("PKIX_ED25519");
  }

  /// Whether it is an RSA key.
  public boolean isRsa() {
    return "RSA".equals(family(details));
  }

  /// Requires a signature by this key.
  ///
  /// @param step that fails otherwise
  /// @throws CheckFailed if it is not one
  /// @throws FormatException.Unsupported if we do not verify signatures of this kind
  public void require(String step, byte[] message, byte[] signature)
      throws CheckFailed, FormatException.Unsupported {
    if (key == null) {
      throw new FormatException.Unsupported("log key", 0, "of the kind " + details);
    }
    boolean holds;
    try {
      Signature verifier = Signature.getInstance(algorithm());
      verifier.initVerify(key);
      verifier.update(message);
      holds = verifier.verify(signature);
    } catch (SignatureException | InvalidKeyException e) {
      holds = false; // bytes that are no signature at all
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + algorithm(), e);
    }
    if (!holds) {
      throw new CheckFailed(
          step, "a signature by the log's key " + id().hex(), "one over something else");
    }
  }

  private String algorithm() {
    return switch (details) {
      case "PKIX_ECDSA_P256_SHA_256" -> "SHA256withECDSA";
      case "PKIX_ECDSA_P384_SHA_384" -> "SHA384withECDSA";
      case "PKIX_ECDSA_P521_SHA_512" -> "SHA512withECDSA";
      case "PKIX_ED25519" -> "Ed25519";
      default -> "SHA256withRSA";
    };
  }
}
