package dev.vidimus.scan.template;

import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.jinja.JinjaReader;
import dev.vidimus.formats.jinja.JinjaTemplate;
import dev.vidimus.scan.inspection.Inspection;
import java.util.EnumMap;
import java.util.Map;

/// Judges one template by its tree: what it reaches, calls and computes, what it costs, and what it
/// tells the model. Nothing is rendered.
public final class TemplateJudge {
  private static final int MOST_OF_A_RULE = 3;
  private static final int EXCERPT = 120;

  private final String text;
  private final String label;
  private final Location location;
  private final Inspection inspection;
  private final Map<TemplateRule, Integer> reported = new EnumMap<>(TemplateRule.class);

  private TemplateJudge(String text, String label, Location location, Inspection inspection) {
    this.text = text;
    this.label = label;
    this.location = location;
    this.inspection = inspection;
  }

  /// What a template is for.
  public enum Use {
    /// Rendered by a loader of models, with messages and tools and nothing else.
    CHAT,
    /// Rendered by some program with functions of its own.
    OTHER,
    /// Text in a document that has the brackets of templates, and may be none.
    TEXT
  }

  /// Judges a template.
  ///
  /// @param label how findings name it: `chat template "default"`
  /// @param location the file or member that it stands in
  public static void judge(
      String text, String label, Use use, Location location, Inspection inspection) {
    new TemplateJudge(text, label, location, inspection).judge(use);
  }

  private void judge(Use use) {
    JinjaTemplate template = JinjaReader.read(text, label);
    Bindings bindings = Bindings.of(template.body());
    new Reach(bindings, use, this::report).examine(template.body());
    new Cost(bindings, this::report).examine(template.body());
    if (use == Use.CHAT) {
      new Triggers(bindings, this::report).examine(template.body());
      new Instructions(this::report).examine(template.body());
    }
    if (template.problem() != null) {
      // What cannot be parsed by us may be parsed by another program: words still tell.
      BrokenWords.examine(template, this::report);
      if (reported.isEmpty() && use != Use.TEXT) {
        inspection.ended(location, template.problem(), TemplateRule.BROKEN);
      }
    }
  }

  /// Receives what an examiner of this package found.
  interface Reporter {
    /// @param at where in the template, in UTF-16 units
    /// @param what completes the sentence `chat template …`
    void report(TemplateRule rule, int at, String what);
  }

  private void report(TemplateRule rule, int at, String what) {
    int count = reported.merge(rule, 1, Integer::sum);
    if (count > MOST_OF_A_RULE) {
      return;
    }
    int from = Math.max(0, at - 10);
    String excerpt = text.substring(from, Math.min(text.length(), at + EXCERPT));
    inspection.report(
        rule.at(
            location,
            label + " " + what + ", at character " + at,
            Printable.of(excerpt.strip(), EXCERPT)));
  }
}
