package dev.vidimus.registry.statement;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a person may do. Somebody can have several; that the same person does not do two things
/// about one artifact is checked apart.
public enum Role {
  SUBMITTER,
  REVIEWER,
  SECURITY,
  RELEASE,
  DEPLOYER,
  AUDITOR,
  ADMIN;

  /// The word: `reviewer`.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The role of a word, or null.
  public static @Nullable Role ofWord(String word) {
    for (Role role : values()) {
      if (role.word().equals(word)) {
        return role;
      }
    }
    return null;
  }
}
