package dev.vidimus.scan.booster;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum BoosterRule implements Rule {
  BROKEN(
      1,
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the format of a library of boosted trees",
      "Get the file again from its source; the libraries in C++ trust much of what they read.",
      "CWE-1286");

  private final Entry entry;

  BoosterRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-BOOST-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
