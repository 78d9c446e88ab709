package dev.vidimus.registry.access;

import dev.vidimus.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/// Texts that open a door: long enough that nobody guesses one, so that a plain SHA-256 of it may
/// be kept.
public final class Credential {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int LENGTH = 40;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Credential() {}

  /// A new token of a machine. Hub clients drop what does not begin with `hf_` and go on with at
  /// least 34 letters and digits.
  public static String token() {
    return "hf_" + random();
  }

  /// A new secret of a person.
  public static String secret() {
    return "vs_" + random();
  }

  /// A new invitation.
  public static String invitation() {
    return "vi_" + random();
  }

  /// A new name of a session.
  public static String session() {
    return random();
  }

  /// A new short id of something that opens nothing.
  ///
  /// @param prefix one letter
  public static String id(String prefix) {
    return prefix + "-" + random().substring(0, 16);
  }

  /// What is kept of it.
  public static String hash(String credential) {
    return Digest.sha256(credential.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static String random() {
    StringBuilder text = new StringBuilder(LENGTH);
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
