package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaNode;
import dev.vidimus.scan.template.TemplateJudge.Reporter;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads the text of a template as a model would: sentences that set aside what the user or the
/// operator said, that ask for secrecy towards the user, or that send data elsewhere.
final class Instructions {
  private static final Set<String> SET_ASIDE =
      Set.of("ignore", "disregard", "forget", "override", "bypass");
  private static final Set<String> EARLIER =
      Set.of("previous", "prior", "above", "earlier", "preceding", "all", "any", "your", "system");
  private static final Set<String> SAYINGS =
      Set.of(
          "instructions",
          "instruction",
          "prompt",
          "prompts",
          "directions",
          "guidelines",
          "rules",
          "safety");
  private static final Set<String> NOT = Set.of("not", "never", "don't", "dont", "without");
  private static final Set<String> TELL =
      Set.of("tell", "inform", "warn", "alert", "notify", "telling", "informing", "warning");
  private static final Set<String> USER = Set.of("user", "users", "anyone", "anybody", "human");

  /// Words between the parts of such a sentence, at most.
  private static final int NEAR = 4;

  private final Reporter reporter;

  Instructions(Reporter reporter) {
    this.reporter = reporter;
  }

  void examine(List<JinjaNode> nodes) {
    for (JinjaNode node : nodes) {
      if (node instanceof JinjaNode.Data(int at, String text)) {
        text(at, text);
      } else if (node instanceof JinjaNode.Literal(int at, String text)) {
        text(at, text);
      }
      examine(node.children());
    }
  }

  private void text(int at, String text) {
    if (hasHidden(text)) {
      reporter.report(TemplateRule.HIDDEN_TEXT, at, "has invisible characters");
    }
    if (text.length() < 20) {
      return;
    }
    for (String sentence : text.split("[.!?;\n]+", -1)) {
      sentence(at, sentence);
    }
    if (sendsAway(text.toLowerCase(Locale.ROOT))) {
      reporter.report(TemplateRule.INSTRUCTIONS, at, "puts data into an address");
    }
  }

  private void sentence(int at, String text) {
    String[] words = text.toLowerCase(Locale.ROOT).replace('\u2019', '\'').split("[^\\p{L}']+", -1);
    for (int i = 0; i < words.length; i++) {
      if (SET_ASIDE.contains(words[i]) && follow(words, i, EARLIER, SAYINGS)) {
        reporter.report(TemplateRule.INSTRUCTIONS, at, "asks to set instructions aside");
      }
      if (NOT.contains(words[i]) && follow(words, i, TELL, USER)) {
        reporter.report(TemplateRule.INSTRUCTIONS, at, "asks for secrecy towards the user");
      }
    }
  }

  /// One of some words shortly behind an index, and one of others shortly behind that.
  private static boolean follow(String[] words, int from, Set<String> some, Set<String> others) {
    int next = near(words, from, some);
    return next > 0 && near(words, next, others) > 0;
  }

  /// The index of one of some words shortly behind an index, or -1.
  private static int near(String[] words, int from, Set<String> wanted) {
    for (int i = from + 1; i < words.length && i <= from + NEAR; i++) {
      if (wanted.contains(words[i])) {
        return i;
      }
    }
    return -1;
  }

  /// A picture or link whose address ends in an open parameter, which the model is to fill.
  private static boolean sendsAway(String text) {
    int link = text.indexOf("](http");
    return link >= 0 && text.indexOf("=", link) > 0 && text.indexOf("?", link) > 0;
  }

  /// Characters that turn the order of text round, and those of the plane of tags.
  private static boolean hasHidden(String text) {
    int tags = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069)) {
        return true;
      }
      // U+E0000 to U+E007F; a flag of a region has up to six of them.
      boolean isTag = c == 0xdb40 && i + 1 < text.length() && text.charAt(i + 1) <= 0xdc7f;
      tags += isTag ? 1 : 0;
    }
    return tags > 7;
  }
}
