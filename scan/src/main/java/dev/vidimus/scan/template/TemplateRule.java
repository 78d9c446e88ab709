package dev.vidimus.scan.template;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum TemplateRule implements Rule {
  ESCAPE(
      1,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "A template reaches objects outside of its data",
      "Do not use the template; replace it by the one of the model's publisher.",
      "CWE-1336",
      "AML.T0011.000"),
  COMPUTED_NAME(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A template computes what it accesses",
      "Do not use the template before somebody has read it.",
      "CWE-1336",
      "AML.T0011.000"),
  OTHER_TEMPLATE(
      3,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A chat template brings in another template",
      "Use a template that is whole; loaders of chat templates have nowhere to look for another.",
      "CWE-829",
      "AML.T0011.000"),
  UNKNOWN_CALL(
      4,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A chat template calls what chat templates are not given",
      "Ask which program is meant to render it, and read the template.",
      "CWE-1336",
      "AML.T0011.000"),
  BOMB(
      5,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Rendering a template costs far more than any prompt needs",
      "Do not use the template on a server.",
      "CWE-834",
      "AML.T0029"),
  INSTRUCTIONS(
      6,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A template tells the model to act against its user",
      "Compare the template with the one of the model's publisher, and do not use it.",
      "CWE-506",
      "AML.T0051.000"),
  TRIGGER(
      7,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A template adds text when a message or the date fits",
      "Read what it adds and when; compare it with the template of the model's publisher.",
      "CWE-511",
      "AML.T0018"),
  BROKEN(
      8,
      Level.MEDIUM,
      Verdict.INVALID,
      "A template does not follow the grammar of Jinja",
      "Fetch the file again, or ask its publisher; rendering it would fail.",
      "CWE-1286",
      "AML.T0011.000"),
  HIDDEN_TEXT(
      9,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A template has text that people do not see",
      "Read the template with such characters made visible.",
      "CWE-1007",
      "AML.T0051.000");

  private final Entry entry;

  TemplateRule(
      int number,
      Level level,
      Verdict implies,
      String title,
      String fix,
      String cwe,
      String atlas) {
    RuleId ruleId = new RuleId("VID-TEMPLATE-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, atlas, "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
