package dev.vidimus.inventory.deps.files;

import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Addresses as they may be shown. Files name users, passwords and tokens in them, and what is read
/// here goes into findings and signed bills of materials.
public final class Address {
  /// Stands where a credential stood.
  public static final String HIDDEN = "****";

  private static final int LONGEST = 4_096;
  private static final Pattern USER = Pattern.compile("://([^/?#\\s]*)@");
  private static final Pattern QUERY =
      Pattern.compile(
          "(?i)([?&;][^=&;#\\s]{0,40}(?:key|token|secret|passw|pwd|auth|sig|credential)"
              + "[^=&;#\\s]{0,40}=)([^&;#\\s]++)");

  /// What is put in where it is used: `${TOKEN}`, `$TOKEN`, `%TOKEN%`, `<token>`.
  private static final Pattern VARIABLES =
      Pattern.compile("(?:\\$\\{[^}]*+\\}|\\$\\w++|%\\w++%|<[^>]*+>|:)++");

  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)[a-z][a-z0-9+.-]*://(?:localhost|127\\.[0-9.]+|\\[::1\\])(?:[:/?#].*)?");

  private Address() {}

  /// The same text without credentials; no address is as long as what is cut off.
  static String shown(String text) {
    if (!text.contains("://")) {
      return text;
    }
    String bounded = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
    String shown = USER.matcher(bounded).replaceAll(match -> withoutUser(bounded, match));
    return QUERY.matcher(shown).replaceAll(Address::withoutValue);
  }

  private static String withoutUser(String text, MatchResult match) {
    String user = match.group(1);
    boolean isSsh = text.regionMatches(true, match.start() - 3, "ssh", 0, 3);
    boolean isName = isSsh && user.indexOf(':') < 0; // its key is elsewhere
    boolean isHarmless = isName || user.equals("git") || VARIABLES.matcher(user).matches();
    return Matcher.quoteReplacement(isHarmless ? match.group() : "://" + HIDDEN + "@");
  }

  private static String withoutValue(MatchResult match) {
    boolean isHarmless = VARIABLES.matcher(match.group(2)).matches();
    return Matcher.quoteReplacement(isHarmless ? match.group() : match.group(1) + HIDDEN);
  }

  /// Whether an address leads to the machine that asks, so that nobody can listen in between.
  public static boolean isLoopback(String text) {
    return LOOPBACK.matcher(text).matches();
  }
}
