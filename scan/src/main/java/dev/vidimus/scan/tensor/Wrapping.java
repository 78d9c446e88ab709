package dev.vidimus.scan.tensor;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Text that is, as a whole, another text or a program in disguise.
final class Wrapping {
  private static final int SHORTEST = 24;
  private static final int LONGEST = 16 << 20;

  private Wrapping() {}

  /// What base64 (of either alphabet) or a run of `\x41` escapes stands for; null if the text is
  /// neither.
  static byte @Nullable [] unwrap(String text) {
    String trimmed = text.strip();
    if (trimmed.length() < SHORTEST || trimmed.length() > LONGEST) {
      return null;
    }
    byte[] escapes = escapes(trimmed);
    return escapes != null ? escapes : base64(trimmed);
  }

  private static byte @Nullable [] escapes(String text) {
    if (!text.startsWith("\\x") || text.length() % 4 != 0) {
      return null;
    }
    byte[] bytes = new byte[text.length() / 4];
    for (int i = 0; i < bytes.length; i++) {
      int high = Character.digit(text.charAt(4 * i + 2), 16);
      int low = Character.digit(text.charAt(4 * i + 3), 16);
      if (text.charAt(4 * i) != '\\' || text.charAt(4 * i + 1) != 'x' || high < 0 || low < 0) {
        return null;
      }
      bytes[i] = (byte) (high << 4 | low);
    }
    return bytes;
  }

  private static byte @Nullable [] base64(String text) {
    boolean url = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      url |= c == '-' || c == '_';
      boolean known =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "+/-_=\n\r".indexOf(c) >= 0;
      if (!known) {
        return null;
      }
    }
    try {
      return url ? Base64.getUrlDecoder().decode(text) : Base64.getMimeDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /// The kind of program that the bytes are, for a sentence; null if they are none.
  static @Nullable String program(byte[] bytes) {
    if (begins(bytes, 0x7f, 'E', 'L', 'F')) {
      return "an ELF executable";
    }
    if (begins(bytes, 'M', 'Z') && bytes.length > 64) {
      return "a Windows executable";
    }
    boolean pickle =
        bytes.length > 2
            && (bytes[0] & 0xff) == 0x80
            && bytes[1] >= 2
            && bytes[1] <= 5
            && bytes[bytes.length - 1] == '.';
    return pickle ? "a pickle" : null;
  }

  private static boolean begins(byte[] bytes, int... head) {
    for (int i = 0; i < head.length; i++) {
      if (i >= bytes.length || bytes[i] != (byte) head[i]) {
        return false;
      }
    }
    return true;
  }

  /// The bytes as text; null if they are not UTF-8 or hold control characters.
  static @Nullable String text(byte[] bytes) {
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return null;
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
