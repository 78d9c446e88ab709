package dev.vidimus.scan.operator;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum OperatorRule implements Rule {
  BROKEN(
      1,
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the format of its runtime",
      "Get the file again from its source.",
      "CWE-1286"),
  CUSTOM(
      2,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A model needs code that is not part of its runtime",
      "Find out which library or program provides it, and review that before the model is loaded.",
      "CWE-829"),
  HARMFUL(
      3,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "An operator runs code that is not the model's, or reaches files or the network",
      "Do not load the model outside a sandbox; ask for one without the operator.",
      "CWE-94"),
  COMPILED(
      4,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A model carries compiled code of a scripting language",
      "Do not load the file outside a sandbox; ask for the weights alone.",
      "CWE-94");

  private final Entry entry;

  OperatorRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-OPERATOR-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
