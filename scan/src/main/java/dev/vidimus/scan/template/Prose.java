package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaNode;
import java.util.List;

/// The text that a part of a template may print or keep.
final class Prose {
  private static final int DEEPEST = 200;

  private Prose() {}

  /// All constants below some nodes, but not the messages of errors.
  static String of(List<JinjaNode> nodes) {
    StringBuilder out = new StringBuilder();
    nodes.forEach(node -> collect(node, out, 0));
    return out.toString();
  }

  private static void collect(JinjaNode node, StringBuilder out, int depth) {
    if (depth > DEEPEST) {
      return;
    }
    if (node instanceof JinjaNode.Call call
        && call.callee() instanceof JinjaNode.Name(int _, String name)
        && name.equals("raise_exception")) {
      return;
    }
    if (node instanceof JinjaNode.Data(int _, String text)) {
      out.append(text).append(' ');
    } else if (node instanceof JinjaNode.Literal(int _, String text)) {
      out.append(text).append(' ');
    }
    for (JinjaNode child : node.children()) {
      collect(child, out, depth + 1);
    }
  }

  /// Words of at least two letters that are part of no markup.
  static int words(String text) {
    int words = 0;
    for (String word : text.split("\\s+", -1)) {
      int letters = 0;
      boolean isMarkup = false;
      for (int i = 0; i < word.length(); i++) {
        letters += Character.isLetter(word.charAt(i)) ? 1 : 0;
        isMarkup |= "<>|[]{}\\_=".indexOf(word.charAt(i)) >= 0;
      }
      words += letters >= 2 && !isMarkup ? 1 : 0;
    }
    return words;
  }
}
