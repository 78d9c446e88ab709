package dev.vidimus.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/// Percent-encoded texts (RFC 3986, section 2.1), strictly: what is no UTF-8 or has a control
/// character is refused.
public final class PercentCode {
  private PercentCode() {}

  /// Decodes a segment of a path.
  public static String segment(String text) throws Problem {
    return decode(text, false);
  }

  /// Decodes a name or value of a query or form, where `+` is a space.
  public static String value(String text) throws Problem {
    return decode(text, true);
  }

  private static String decode(String text, boolean plus) throws Problem {
    if (text.indexOf('%') < 0 && (!plus || text.indexOf('+') < 0)) {
      return checked(text, plus);
    }
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw Problem.badRequest("a percent sign without two hex digits", "");
        }
        bytes[length++] = (byte) (high << 4 | low);
        i += 2;
      } else if (c > 0x7f) {
        throw Problem.badRequest("a character that is not percent-encoded", "");
      } else {
        bytes[length++] = (byte) (plus && c == '+' ? ' ' : c);
      }
    }
    try {
      return checked(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString(),
          plus);
    } catch (CharacterCodingException e) {
      throw Problem.badRequest("percent-encoded bytes that are no UTF-8", "");
    }
  }

  private static String checked(String text, boolean lines) throws Problem {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean line = lines && (c == '\n' || c == '\r' || c == '\t');
      if ((c < ' ' && !line) || c == 0x7f) {
        throw Problem.badRequest("a control character", "");
      }
    }
    return text;
  }

  /// Encodes a text as one segment of a path.
  public static String encode(String text) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      int c = b & 0xff;
      boolean plain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || "-._~".indexOf(c) >= 0;
      if (plain) {
        encoded.append((char) c);
      } else {
        encoded.append('%');
        encoded.append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        encoded.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return encoded.toString();
  }

  /// Encodes a path, whose slashes stay.
  public static String encodePath(String path) {
    return encode(path).replace("%2F", "/");
  }
}
