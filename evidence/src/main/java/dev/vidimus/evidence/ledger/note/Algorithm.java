package dev.vidimus.evidence.ledger.note;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// The signature types that we make and verify, of those that c2sp.org/signed-note assigns. Others
/// occur in notes and are ignored with their keys unknown.
public enum Algorithm {
  /// Ed25519 over the note's text.
  ED25519(0x01, "Ed25519", "302a300506032b6570032100", 32, 64),

  /// Ed25519 over a time and a checkpoint's text: `cosignature/v1`.
  ED25519_COSIGNATURE(0x04, "Ed25519", "302a300506032b6570032100", 32, 64),

  /// ML-DSA-44 over a time, both names, and a checkpoint's size and root: `subtree/v1`.
  ML_DSA_44_COSIGNATURE(
      0x06, "ML-DSA-44", "30820532300b06096086480165030403110382052100", 1312, 2420);

  private final int type;
  private final String jdkName;
  private final byte[] publicKeyPrefix;
  private final int keyLength;
  private final int signatureLength;

  /// @param prefix of the key in an X.509 SubjectPublicKeyInfo: everything before its raw bytes
  Algorithm(int type, String jdkName, String prefix, int keyLength, int signatureLength) {
    this.type = type;
    this.jdkName = jdkName;
    this.publicKeyPrefix = HexFormat.of().parseHex(prefix);
    this.keyLength = keyLength;
    this.signatureLength = signatureLength;
  }

  /// The signature type identifier byte.
  int type() {
    return type;
  }

  String jdkName() {
    return jdkName;
  }

  /// Whether a signature begins with a time, 8 bytes of big-endian seconds since 1970.
  boolean isCosignature() {
    return this != ED25519;
  }

  /// Length of a raw public key in bytes.
  int keyLength() {
    return keyLength;
  }

  /// Length of a signature in bytes, without key id and time.
  int signatureLength() {
    return signatureLength;
  }

  static @Nullable Algorithm ofType(int type) {
    for (Algorithm algorithm : values()) {
      if (algorithm.type == type) {
        return algorithm;
      }
    }
    return null;
  }

  /// @param raw [#keyLength] bytes
  PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
    ByteBuffer buffer = ByteBuffer.allocate(publicKeyPrefix.length + keyLength);
    byte[] encoded = buffer.put(publicKeyPrefix).put(raw).array();
    return KeyFactory.getInstance(jdkName).generatePublic(new X509EncodedKeySpec(encoded));
  }

  /// The raw bytes of a public key.
  ///
  /// @param encoded DER of its `SubjectPublicKeyInfo`
  /// @throws IllegalArgumentException if it is of another algorithm
  byte[] raw(byte[] encoded) {
    int prefix = publicKeyPrefix.length;
    if (encoded.length != prefix + keyLength
        || !Arrays.equals(encoded, 0, prefix, publicKeyPrefix, 0, prefix)) {
      throw new IllegalArgumentException("no key of " + jdkName);
    }
    return Arrays.copyOfRange(encoded, prefix, encoded.length);
  }
}
