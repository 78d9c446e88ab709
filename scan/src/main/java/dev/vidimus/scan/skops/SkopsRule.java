package dev.vidimus.scan.skops;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for skops.
public enum SkopsRule implements Rule {
  DANGEROUS_REFERENCE(
      "VID-SKOPS-001",
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Loading imports a function that can do harm",
      "Do not load the file, and never name its types as trusted.",
      "CWE-502"),
  HIDDEN_ATTRIBUTE(
      "VID-SKOPS-002",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Loading reaches for a hidden attribute of an object",
      "Do not load the file; no model needs such an attribute.",
      "CWE-913"),
  CUSTOM_OBJECT(
      "VID-SKOPS-003",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A part of the model is code that comes from elsewhere",
      "Get the named module from its publisher and review it before you name it as trusted.",
      "CWE-829");

  private final Entry entry;

  SkopsRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
