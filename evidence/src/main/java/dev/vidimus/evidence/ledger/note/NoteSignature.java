package dev.vidimus.evidence.ledger.note;

import java.nio.ByteBuffer;

/// One signature line of a note: `— name base64(key id || signature)`.
///
/// @param name the key's name
/// @param value base64 of the key id, four bytes, and at least one byte of signature
public record NoteSignature(String name, String value) {
  /// @throws IllegalArgumentException if the name is no name, or the value not of that form
  public NoteSignature {
    byte[] bytes = Base64Text.decode(value);
    if (bytes == null || bytes.length <= Integer.BYTES) {
      throw new IllegalArgumentException("is not base64 of a key id and a signature");
    }
    if (!Note.isName(name)) {
      throw new IllegalArgumentException("has a name with a space or a plus");
    }
  }

  /// @param signature for cosignatures it begins with the time
  static NoteSignature of(VerifierKey key, byte[] signature) {
    ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + signature.length);
    byte[] value = bytes.putInt(key.keyId()).put(signature).array();
    return new NoteSignature(key.name(), Base64Text.encode(value));
  }

  /// First four bytes of the hash that [VerifierKey] defines.
  public int keyId() {
    return bytes().getInt();
  }

  /// What follows the key id.
  public byte[] signature() {
    ByteBuffer bytes = bytes().position(Integer.BYTES);
    byte[] signature = new byte[bytes.remaining()];
    bytes.get(signature);
    return signature;
  }

  /// The time that a cosignature by this key states, in seconds since 1970.
  ///
  /// @throws IllegalArgumentException if it is another key's, or the key makes no cosignatures
  public long seconds(VerifierKey key) {
    if (!isBy(key) || !key.algorithm().isCosignature() || signature().length < Long.BYTES) {
      throw new IllegalArgumentException("no cosignature by " + key.label());
    }
    return ByteBuffer.wrap(signature()).getLong();
  }

  /// The line, with the line end.
  public String line() {
    return Note.DASH + name + " " + value + "\n";
  }

  boolean isBy(VerifierKey key) {
    return name.equals(key.name()) && keyId() == key.keyId();
  }

  private ByteBuffer bytes() {
    byte[] bytes = Base64Text.decode(value);
    if (bytes == null) {
      throw new IllegalStateException("checked when it was made: " + value);
    }
    return ByteBuffer.wrap(bytes);
  }
}
