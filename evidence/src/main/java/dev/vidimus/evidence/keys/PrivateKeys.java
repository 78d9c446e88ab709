package dev.vidimus.evidence.keys;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;

/// Private keys in PKCS#8, and the public keys that follow from them.
final class PrivateKeys {
  private static final int SEED = 32;

  private PrivateKeys() {}

  /// A new key in PKCS#8; of ML-DSA the seed, which is the form that others read
  /// ([RFC 9881, section 6](https://www.rfc-editor.org/rfc/rfc9881#section-6)).
  static byte[] generate(Scheme scheme) {
    try {
      return switch (scheme) {
        case P256, P384, P521 -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
          generator.initialize(new ECGenParameterSpec(scheme.parameters()));
          yield generator.generateKeyPair().getPrivate().getEncoded();
        }
        case ED25519 -> {
          KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
          generator.initialize(NamedParameterSpec.ED25519);
          yield generator.generateKeyPair().getPrivate().getEncoded();
        }
        case ML_DSA_44 -> seed(NISTObjectIdentifiers.id_ml_dsa_44);
        case ML_DSA_65 -> seed(NISTObjectIdentifiers.id_ml_dsa_65);
        case ML_DSA_87 -> seed(NISTObjectIdentifiers.id_ml_dsa_87);
      };
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("cannot make a key of " + scheme.word(), e);
    }
  }

  private static byte[] seed(ASN1ObjectIdentifier algorithm) throws IOException {
    byte[] seed = new byte[SEED];
    new SecureRandom().nextBytes(seed);
    return new PrivateKeyInfo(
            new AlgorithmIdentifier(algorithm),
            new DERTaggedObject(false, 0, new DEROctetString(seed)))
        .getEncoded();
  }

  /// Reads PKCS#8: of ML-DSA the seed, the expanded key, or both.
  static SigningKey read(byte[] pkcs8, String where) throws FormatException {
    try {
      PrivateKeyInfo info = PrivateKeyInfo.getInstance(pkcs8);
      AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
      VerifyingKey verifying =
          VerifyingKey.ofDer(
              SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicOf(key, where))
                  .getEncoded(),
              where);
      return new SigningKey(
          forJdk(
              key instanceof MLDSAPrivateKeyParameters mldsa ? expanded(info, mldsa) : pkcs8,
              verifying.scheme()),
          verifying);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      // BouncyCastle reports bad encodings by several unchecked exceptions.
      throw new FormatException.Malformed(where, 0, "no private key: " + e.getMessage());
    }
  }

  /// The PKCS#8 of a key in the older form of SEC 1, `EC PRIVATE KEY`.
  static byte[] ofSec1(byte[] der, String where) throws FormatException {
    try {
      ECPrivateKey key = ECPrivateKey.getInstance(der);
      return new PrivateKeyInfo(
              new AlgorithmIdentifier(
                  X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject()),
              key)
          .getEncoded();
    } catch (IOException | RuntimeException e) {
      throw new FormatException.Malformed(where, 0, "no private key: " + e.getMessage());
    }
  }

  private static AsymmetricKeyParameter publicOf(AsymmetricKeyParameter key, String where)
      throws FormatException {
    return switch (key) {
      case ECPrivateKeyParameters ec ->
          new ECPublicKeyParameters(
              ec.getParameters().getG().multiply(ec.getD()).normalize(), ec.getParameters());
      case Ed25519PrivateKeyParameters ed -> ed.generatePublicKey();
      case MLDSAPrivateKeyParameters mldsa -> mldsa.getPublicKeyParameters();
      default ->
          throw new FormatException.Unsupported(
              where, 0, "a private key that is not of EC, Ed25519 or ML-DSA");
    };
  }

  /// The only form of ML-DSA that the JDK takes: an OCTET STRING of the expanded key.
  private static byte[] expanded(PrivateKeyInfo info, MLDSAPrivateKeyParameters key)
      throws IOException {
    return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), new DEROctetString(key.getEncoded()))
        .getEncoded();
  }

  private static PrivateKey forJdk(byte[] pkcs8, Scheme scheme) throws GeneralSecurityException {
    return KeyFactory.getInstance(scheme.family()).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }
}
