package dev.vidimus.artifact;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 digest, 32 bytes; printed as `sha256:` and 64 lower-case hex digits.
public final class Digest implements Comparable<Digest> {
  private static final int LENGTH = 32;
  private static final String PREFIX = "sha256:";

  private final byte[] value;

  private Digest(byte[] value) {
    this.value = value;
  }

  /// @param value 32 bytes
  /// @throws IllegalArgumentException if there are not 32
  public static Digest of(byte[] value) {
    if (value.length != LENGTH) {
      throw new IllegalArgumentException("a SHA-256 digest has 32 bytes, not " + value.length);
    }
    return new Digest(value.clone());
  }

  /// @param hex 64 lower-case hex digits; upper case is refused, so that a digest has one spelling
  /// @throws IllegalArgumentException if it is anything else
  public static Digest ofHex(String hex) {
    if (hex.length() != 2 * LENGTH
        || !hex.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
      throw new IllegalArgumentException("a SHA-256 digest has 64 lower-case hex digits: " + hex);
    }
    return new Digest(HexFormat.of().parseHex(hex));
  }

  /// The digest of an array.
  public static Digest sha256(byte[] content) {
    return new Digest(newSha256().digest(content));
  }

  /// A fresh SHA-256; every Java platform has one.
  public static MessageDigest newSha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }

  /// The 64 lower-case hex digits.
  public String hex() {
    return HexFormat.of().formatHex(value);
  }

  /// A copy of the 32 bytes.
  public byte[] bytes() {
    return value.clone();
  }

  @Override
  public int compareTo(Digest other) {
    return Arrays.compareUnsigned(value, other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Digest digest && Arrays.equals(value, digest.value);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(value);
  }

  @Override
  public String toString() {
    return PREFIX + hex();
  }
}
