package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.inspection.Inspection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a tokenizer does to texts besides cutting them: tokens that look like others, and steps
/// that replace, insert or remove words.
final class TokenizerRules implements JsonWalk.Visitor {
  private static final Set<String> FILES =
      Set.of("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json");

  private static final int MOST_TOKENS = 200_000;
  private static final int LONGEST_TOKEN = 200;

  /// Tokens that one marker of a template may stand for; a language and a task are two.
  private static final int MOST_OF_A_MARKER = 4;

  /// Markers around a text; models of speech have four.
  private static final int MOST_MARKERS = 10;

  private final Location location;
  private final Inspection inspection;

  /// The first token of each look.
  private final Map<String, Token> tokens = new HashMap<>();

  private final Map<String, Integer> inserted = new HashMap<>();

  /// The entry of `added_tokens` that is being read.
  private String entry = "";

  private String content = "";
  private long contentAt;
  private boolean isSpecial;

  private TokenizerRules(Location location, Inspection inspection) {
    this.location = location;
    this.inspection = inspection;
  }

  /// @param file base name in lower case
  static boolean concern(String file) {
    return FILES.contains(file);
  }

  /// @param at where it stands
  private record Token(String text, boolean isSpecial, long at) {}

  static TokenizerRules of(Location location, Inspection inspection) {
    return new TokenizerRules(location, inspection);
  }

  @Override
  public void text(List<String> path, String text, long at) {
    if (path.isEmpty()) {
      return;
    }
    switch (path.getFirst()) {
      case "model" -> {} // the vocabulary
      case "added_tokens", "added_tokens_decoder" -> {
        enter(path);
        if (path.getLast().equals("content")) {
          content = text;
          contentAt = at;
        }
      }
      case "normalizer" -> rewriting(path, text, TokenizerRule.REWRITTEN_INPUT, at);
      case "decoder" -> rewriting(path, text, TokenizerRule.REWRITTEN_OUTPUT, at);
      case "post_processor" -> insertion(path, at);
      default -> {
        String name = path.getFirst();
        boolean isToken = name.endsWith("_token") || name.equals("additional_special_tokens");
        if (isToken && (path.getLast().equals("content") || path.size() <= 2)) {
          add(new Token(text, true, at));
        }
      }
    }
  }

  @Override
  public void other(List<String> path, JsonReader.Kind kind, boolean value, long at) {
    boolean isAdded =
        !path.isEmpty()
            && (path.getFirst().equals("added_tokens")
                || path.getFirst().equals("added_tokens_decoder"));
    if (isAdded) {
      enter(path);
      if (path.getLast().equals("special")) {
        isSpecial = value;
      }
    }
  }

  /// Has to be called behind the last value.
  void end() {
    close();
  }

  private void enter(List<String> path) {
    String now = path.size() > 1 ? path.get(0) + "." + path.get(1) : "";
    if (!now.equals(entry)) {
      close();
      entry = now;
    }
  }

  private void close() {
    if (!content.isEmpty()) {
      add(new Token(content, isSpecial, contentAt));
    }
    content = "";
    isSpecial = false;
  }

  private void add(Token token) {
    if (token.text().length() > LONGEST_TOKEN || tokens.size() >= MOST_TOKENS) {
      return;
    }
    String look = TokenLook.of(token.text());
    if (!TokenLook.isControl(look)) {
      return;
    }
    if (token.text().codePoints().anyMatch(TokenLook::isUnseen)) {
      report(
          TokenizerRule.UNREADABLE_TOKEN,
          token.at(),
          "the token " + shown(token.text()) + " looks like " + shown(look));
    }
    Token other = tokens.putIfAbsent(look, token);
    if (other != null
        && !other.text().equals(token.text())
        && (other.isSpecial() || token.isSpecial())) {
      report(
          TokenizerRule.IMITATED_TOKEN,
          token.at(),
          "the tokens " + shown(other.text()) + " and " + shown(token.text()) + " look alike");
    }
  }

  /// Steps replace by `Replace`, insert by `Prepend` and `Append`, and remove by `Strip`.
  private void rewriting(List<String> path, String text, TokenizerRule rule, long at) {
    switch (path.getLast()) {
      case "content", "String", "prepend", "append" -> {
        if (Words.has(text)) {
          report(rule, at, where(path) + " is " + shown(text));
        }
      }
      case "Regex" -> {
        if (Words.inPattern(text)) {
          report(rule, at, where(path) + " is " + shown(text));
        }
      }
      case "precompiled_charsmap" -> {
        written(CharacterMap.words(text), where(path), rule, at);
      }
      default -> {}
    }
  }

  /// A token that is not part of the ordinary vocabulary.
  void token(String text, boolean special, long at) {
    add(new Token(text, special, at));
  }

  /// A table of SentencePiece.
  void table(byte[] compiled, String name, TokenizerRule rule, long at) {
    written(CharacterMap.words(compiled), name, rule, at);
  }

  /// What a table of SentencePiece is compiled from: code points, a tab, code points; in hex.
  void compiled(String text, String name, TokenizerRule rule, long at) {
    for (String line : text.lines().toList()) {
      int tab = line.indexOf('\t');
      String words = tab < 0 ? "" : CharacterMap.spelled(line.substring(tab + 1));
      if (Words.longestRun(words, true) >= Words.OF_A_CHARACTER) {
        report(rule, at, name + " writes " + shown(words));
        return;
      }
    }
  }

  private void written(@Nullable String words, String name, TokenizerRule rule, long at) {
    if (words != null && words.isEmpty()) {
      inspection.notExamined(location.at(at), name + " is no table of SentencePiece");
    } else if (words != null) {
      report(rule, at, name + " writes " + shown(words));
    }
  }

  /// `post_processor.special_tokens.[CLS].tokens` has the tokens that a marker stands for, and
  /// `post_processor.single` the markers around a text.
  private void insertion(List<String> path, long at) {
    int single = path.indexOf("single");
    if (single > 0 && path.contains("SpecialToken") && path.getLast().equals("id")) {
      String template = String.join(".", path.subList(0, single + 1));
      if (inserted.merge(template, 1, Integer::sum) == MOST_MARKERS + 1) {
        report(
            TokenizerRule.INSERTED_TOKENS,
            at,
            where(path.subList(0, single + 1)) + " has more than " + MOST_MARKERS + " markers");
      }
    }
    int list = path.size() - 2;
    if (list > 0 && path.get(list).equals("tokens")) {
      String marker = String.join(".", path.subList(0, list));
      if (inserted.merge(marker, 1, Integer::sum) == MOST_OF_A_MARKER + 1) {
        report(
            TokenizerRule.INSERTED_TOKENS,
            at,
            where(path.subList(0, list)) + " stands for more than " + MOST_OF_A_MARKER + " tokens");
      }
    }
  }

  private void report(TokenizerRule rule, long at, String message) {
    inspection.report(rule.at(location.at(at), message, ""));
  }

  private static String where(List<String> path) {
    return Printable.of(String.join(".", path), 100);
  }

  private static String shown(String text) {
    return "\"" + Printable.of(text, 100) + "\"";
  }
}
