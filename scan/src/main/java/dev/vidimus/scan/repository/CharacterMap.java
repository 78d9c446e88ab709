package dev.vidimus.scan.repository;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The table of a `Precompiled` normalizer, as SentencePiece makes it: the size of a trie, the
/// trie, and what texts are replaced by, each with a zero behind it.
final class CharacterMap {
  private static final int LONGEST = 8 << 20;
  private static final int SIZE = 4;

  private CharacterMap() {}

  /// The first replacement that is more than a character written otherwise (`㏇` is `Co.`), or
  /// null. What cannot be read as such a table gives the empty text.
  static @Nullable String words(String base64) {
    try {
      return base64.length() > LONGEST ? "" : words(Base64.getDecoder().decode(base64));
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /// The same of the table itself.
  static @Nullable String words(byte[] table) {
    if (table.length < SIZE) {
      return table.length == 0 ? null : "";
    }
    long trie =
        (table[0] & 0xffL)
            | (table[1] & 0xffL) << 8
            | (table[2] & 0xffL) << 16
            | (table[3] & 0xffL) << 24;
    if (trie > table.length - SIZE) {
      return "";
    }
    int start = SIZE + (int) trie;
    for (int at = start; at < table.length; at++) {
      if (table[at] == 0) {
        String text = new String(table, start, at - start, StandardCharsets.UTF_8);
        if (Words.longestRun(text, true) >= Words.OF_A_CHARACTER) {
          return text;
        }
        start = at + 1;
      }
    }
    String rest = new String(table, start, table.length - start, StandardCharsets.UTF_8);
    return Words.longestRun(rest, true) >= Words.OF_A_CHARACTER ? rest : null;
  }

  /// The text of code points in hex with spaces between them; what is none is left out.
  static String spelled(String codePoints) {
    StringBuilder text = new StringBuilder();
    for (String hex : codePoints.strip().split(" ", -1)) {
      try {
        int point = Integer.parseInt(hex, 16);
        if (Character.isValidCodePoint(point)) {
          text.appendCodePoint(point);
        }
      } catch (NumberFormatException e) {
        // a comment
      }
    }
    return text.toString();
  }
}
