package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Digest;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/// A log's key of each kind that logs have, with the names that it goes by.
record ForgedKeys(String details, String algorithm, KeyPair pair) {

  static ForgedKeys ecdsa() {
    return new ForgedKeys("PKIX_ECDSA_P256_SHA_256", "SHA256withECDSA", generate("EC"));
  }

  static ForgedKeys ed25519() {
    return new ForgedKeys("PKIX_ED25519", "Ed25519", generate("Ed25519"));
  }

  static ForgedKeys rsa() {
    return new ForgedKeys("PKIX_RSA_PKCS1V15_2048_SHA256", "SHA256withRSA", generate("RSA"));
  }

  static KeyPair generate(String kind) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
      if (kind.equals("EC")) {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      } else if (kind.equals("RSA")) {
        generator.initialize(2048);
      }
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  byte[] der() {
    return pair.getPublic().getEncoded();
  }

  Digest id() {
    return Digest.sha256(der());
  }

  byte[] sign(byte[] message) {
    try {
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(pair.getPrivate());
      signer.update(message);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// A note that this key signed.
  String note(String text, String name) {
    byte[] id =
        switch (algorithm) {
          case "Ed25519" ->
              hash(name + "\n\u0001", Arrays.copyOfRange(der(), der().length - 32, der().length));
          case "SHA256withRSA" -> hash(name + "\n\u00ffPKIX-RSA-PKCS#1v1.5", der());
          default -> id().bytes();
        };
    byte[] signature = sign(text.getBytes(StandardCharsets.UTF_8));
    byte[] value = ByteBuffer.allocate(4 + signature.length).put(id, 0, 4).put(signature).array();
    return text + "\n\u2014 " + name + " " + Base64.getEncoder().encodeToString(value) + "\n";
  }

  private static byte[] hash(String head, byte[] key) {
    byte[] first = head.getBytes(StandardCharsets.ISO_8859_1);
    return Digest.sha256(ByteBuffer.allocate(first.length + key.length).put(first).put(key).array())
        .bytes();
  }
}
