package dev.vidimus.evidence.attestation;

import dev.vidimus.evidence.keys.Scheme;
import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.jspecify.annotations.Nullable;

/// ECDSA signatures as r and s in the length of the curve's order, one behind the other: IEEE
/// P1363, what PKCS#11 and some cloud keys return. DSSE leaves the encoding open.
final class RawSignature {
  private RawSignature() {}

  /// The same signature in DER, or null if it is DER already or cannot be r and s.
  static byte @Nullable [] toDer(Scheme scheme, byte[] signature) {
    int length = length(scheme);
    if (length == 0 || signature.length != 2 * length || isDer(signature)) {
      return null;
    }
    ASN1Integer r = new ASN1Integer(new BigInteger(1, Arrays.copyOf(signature, length)));
    ASN1Integer s =
        new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(signature, length, 2 * length)));
    try {
      return new DERSequence(new ASN1Integer[] {r, s}).getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("two numbers cannot be encoded", e);
    }
  }

  /// Bytes of the order of the curve; 0 if the scheme has no curve of this kind.
  private static int length(Scheme scheme) {
    return switch (scheme) {
      case P256 -> 32;
      case P384 -> 48;
      case P521 -> 66;
      case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> 0;
    };
  }

  private static boolean isDer(byte[] signature) {
    try {
      ASN1Primitive value = ASN1Primitive.fromByteArray(signature);
      return value instanceof ASN1Sequence sequence
          && sequence.size() == 2
          && sequence.getObjectAt(0) instanceof ASN1Integer
          && sequence.getObjectAt(1) instanceof ASN1Integer;
    } catch (IOException | RuntimeException e) {
      return false; // BouncyCastle reports bad encodings by several unchecked exceptions
    }
  }
}
