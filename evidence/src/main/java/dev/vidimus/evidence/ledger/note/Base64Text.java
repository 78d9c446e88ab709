package dev.vidimus.evidence.ledger.note;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Base 64 as C2SP uses it: standard alphabet, padded, one spelling for every value (RFC 4648,
/// section 4; the JDK's decoder also takes missing padding and stray bits in the last digit).
public final class Base64Text {
  private Base64Text() {}

  /// The text of a value.
  public static String encode(byte[] value) {
    return Base64.getEncoder().encodeToString(value);
  }

  /// The value of a text, or null if it is not the one spelling of any.
  public static byte @Nullable [] decode(String text) {
    try {
      byte[] value = Base64.getDecoder().decode(text);
      return encode(value).equals(text) ? value : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
