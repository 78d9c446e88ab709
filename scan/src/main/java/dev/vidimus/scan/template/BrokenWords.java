package dev.vidimus.scan.template;

import dev.vidimus.formats.jinja.JinjaTemplate;
import dev.vidimus.formats.jinja.JinjaToken;
import dev.vidimus.formats.jinja.JinjaToken.Kind;

/// Looks at the words of a template that has no tree.
final class BrokenWords {
  private BrokenWords() {}

  static void examine(JinjaTemplate template, TemplateJudge.Reporter reporter) {
    for (JinjaToken token : template.tokens()) {
      boolean isName = token.kind() == Kind.NAME || token.kind() == Kind.STRING;
      if (isName && Vocabulary.namesInsides(token.text())) {
        reporter.report(
            TemplateRule.ESCAPE, token.at(), "is broken and names " + Reach.shown(token.text()));
        return;
      }
    }
  }
}
