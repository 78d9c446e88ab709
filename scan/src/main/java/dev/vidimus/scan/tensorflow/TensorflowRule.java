package dev.vidimus.scan.tensorflow;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for graphs of TensorFlow.
public enum TensorflowRule implements Rule {
  BROKEN(
      "VID-TF-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the format of TensorFlow's graphs",
      "Get the file again from its source.",
      "CWE-1286"),
  HARMFUL_OPERATOR(
      "VID-TF-002",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "An operator reads or writes files, runs code or talks over the network",
      "Do not run the model outside a sandbox; ask for one without the operator.",
      "CWE-94"),
  SIDE_EFFECT(
      "VID-TF-003",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "An operator looks at the file system or writes to the log",
      "Ask what it is for; a model for use needs no such operator.",
      "CWE-829"),
  ASSET_ESCAPES(
      "VID-TF-004",
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "An asset leads out of the model's folder",
      "Do not load the file: whoever made it reads other files of the machine.",
      "CWE-22");

  private final Entry entry;

  TensorflowRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
