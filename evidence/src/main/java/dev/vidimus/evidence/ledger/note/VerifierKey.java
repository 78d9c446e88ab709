package dev.vidimus.evidence.ledger.note;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Locale;

/// A named public key that notes are verified with.
public final class VerifierKey {
  private static final String STEP = "note signature";

  private final String name;
  private final Algorithm algorithm;
  private final byte[] raw;
  private final PublicKey key;
  private final int keyId;

  /// @param name not empty, without spaces and `+`
  /// @throws IllegalArgumentException if the key is not of the algorithm, or the name not a name
  public static VerifierKey of(String name, Algorithm algorithm, PublicKey key) {
    return new VerifierKey(name, algorithm, algorithm.raw(key.getEncoded()), key);
  }

  private VerifierKey(String name, Algorithm algorithm, byte[] raw, PublicKey key) {
    if (!Note.isName(name)) {
      throw new IllegalArgumentException("a key's name has no space and no plus: " + name);
    }
    this.name = name;
    this.algorithm = algorithm;
    this.raw = raw;
    this.key = key;
    this.keyId = keyId(name, algorithm, raw);
  }

  /// Reads a vkey, `name+id+base64(type || public key)`.
  ///
  /// @throws FormatException if it is not one, or of a type that we do not verify
  public static VerifierKey parse(String vkey) throws FormatException {
    // Base 64 has plus signs of its own.
    String[] parts = vkey.strip().split("\\+", 3);
    byte[] typed = parts.length == 3 ? Base64Text.decode(parts[2]) : null;
    if (typed == null || typed.length == 0 || !Note.isName(parts[0])) {
      throw new FormatException.Malformed("vkey", 0, "is not name+id+base64");
    }
    Algorithm algorithm = Algorithm.ofType(typed[0] & 0xff);
    if (algorithm == null) {
      throw new FormatException.Unsupported(
          "vkey", 0, String.format(Locale.ROOT, "signature type 0x%02x", typed[0]));
    }
    byte[] raw = Arrays.copyOfRange(typed, 1, typed.length);
    if (raw.length != algorithm.keyLength()) {
      throw new FormatException.Malformed(
          "vkey", 0, "has a key of " + raw.length + " bytes, not " + algorithm.keyLength());
    }
    VerifierKey key;
    try {
      key = new VerifierKey(parts[0], algorithm, raw, algorithm.publicKey(raw));
    } catch (GeneralSecurityException e) {
      throw new FormatException.Malformed("vkey", 0, "is no point of the curve");
    }
    if (!hex(key.keyId).equals(parts[1])) {
      throw new FormatException.Malformed("vkey", 0, "has the id " + hex(key.keyId));
    }
    return key;
  }

  /// SHA-256(name || 0x0A || type || public key), its first four bytes.
  private static int keyId(String name, Algorithm algorithm, byte[] raw) {
    byte[] text = name.getBytes(StandardCharsets.UTF_8);
    byte[] hashed =
        ByteBuffer.allocate(text.length + 2 + raw.length)
            .put(text)
            .put((byte) '\n')
            .put((byte) algorithm.type())
            .put(raw)
            .array();
    return ByteBuffer.wrap(Digest.sha256(hashed).bytes()).getInt();
  }

  /// The key's name; by convention a log's is its origin.
  public String name() {
    return name;
  }

  /// What it signs with.
  public Algorithm algorithm() {
    return algorithm;
  }

  /// Tells keys of one name apart; proves nothing.
  public int keyId() {
    return keyId;
  }

  /// Name and id, as messages give them: `example.com/foo+530d903a`.
  String label() {
    return name + "+" + hex(keyId);
  }

  /// The key as text, which [#parse] reads.
  public String vkey() {
    byte[] typed =
        ByteBuffer.allocate(1 + raw.length).put((byte) algorithm.type()).put(raw).array();
    return label() + "+" + Base64Text.encode(typed);
  }

  /// Requires that a signature that names this key is one of it over the text.
  void requireSignature(String text, NoteSignature signature) throws CheckFailed {
    byte[] value = signature.signature();
    int time = algorithm.isCosignature() ? Long.BYTES : 0;
    if (value.length != time + algorithm.signatureLength()) {
      throw new CheckFailed(
          STEP,
          "one of " + (time + algorithm.signatureLength()) + " bytes by " + label(),
          value.length + " bytes");
    }
    byte[] message = SignedMessage.of(algorithm, name, text, seconds(value, time));
    try {
      Signature verifier = Signature.getInstance(algorithm.jdkName());
      verifier.initVerify(key);
      verifier.update(message);
      if (verifier.verify(value, time, value.length - time)) {
        return;
      }
    } catch (GeneralSecurityException e) {
      // A value that is no signature at all: refused like a wrong one.
    }
    throw new CheckFailed(STEP, "one by " + label() + " over this text", "another");
  }

  /// The time of a cosignature, in seconds since 1970; 0 for signatures without one.
  private static long seconds(byte[] value, int length) throws CheckFailed {
    long seconds = length == 0 ? 0 : ByteBuffer.wrap(value).getLong();
    if (seconds < 0) {
      throw new CheckFailed(STEP, "a time below 2^63 seconds", Long.toUnsignedString(seconds));
    }
    return seconds;
  }

  private static String hex(int keyId) {
    return String.format(Locale.ROOT, "%08x", keyId);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VerifierKey that && vkey().equals(that.vkey());
  }

  @Override
  public int hashCode() {
    return keyId;
  }

  @Override
  public String toString() {
    return vkey();
  }
}
