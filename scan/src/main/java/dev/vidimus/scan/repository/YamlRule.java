package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for the tags of YAML.
public enum YamlRule implements Rule {
  HARMFUL_TAG(
      1,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "A YAML tag names a function that can run code",
      "Do not load the file with anything but a safe loader.",
      "CWE-502"),
  OBJECT_TAG(
      2,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A YAML tag builds an object that is not known to be inert",
      "Read the code that it names before anything builds it; load the file with a safe loader.",
      "CWE-470");

  private final Entry entry;

  YamlRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-YAML-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
