package dev.vidimus.formats.git;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The name of an object: the SHA-1 of its type, its size and its content.
///
/// @param hex 40 lower-case hex digits
record ObjectId(String hex) {
  static final int BYTES = 20;
  static final int DIGITS = 40;

  /// Reads 20 bytes.
  static ObjectId of(byte[] bytes, int from) {
    return new ObjectId(HexFormat.of().formatHex(bytes, from, from + BYTES));
  }

  /// True if the text is `least` to 40 hex digits, of either case.
  static boolean isHex(String text, int least) {
    if (text.length() < least || text.length() > DIGITS) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  byte[] bytes() {
    return HexFormat.of().parseHex(hex);
  }

  /// A digest that has seen what git puts before the content.
  static MessageDigest begun(ObjectType type, long size) {
    MessageDigest sha1 = sha1();
    sha1.update((type.word() + " " + size + "\0").getBytes(StandardCharsets.US_ASCII));
    return sha1;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-1", e);
    }
  }
}
