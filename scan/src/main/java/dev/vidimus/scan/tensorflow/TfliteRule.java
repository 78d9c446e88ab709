package dev.vidimus.scan.tensorflow;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for TensorFlow Lite.
public enum TfliteRule implements Rule {
  BROKEN(
      "VID-TFLITE-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the TensorFlow Lite format",
      "Get the file again from its source; the runtime in C++ has had memory errors on such files.",
      "CWE-1286"),
  CUSTOM_OPERATOR(
      "VID-TFLITE-002",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "An operator is not one of TensorFlow Lite",
      "Find out which native library provides it, and review that before it is loaded.",
      "CWE-829"),
  HARMFUL_OPERATOR(
      "VID-TFLITE-003",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "An operator of TensorFlow reads or writes files, runs code or talks over the network",
      "Do not run the model with the Flex delegate; ask for one without the operator.",
      "CWE-94"),
  FLEX_OPERATOR(
      "VID-TFLITE-004",
      Level.INFO,
      Verdict.CLEAN,
      "An operator is run by TensorFlow itself",
      "Nothing, if the Flex delegate is acceptable where the model runs.",
      "CWE-829");

  private final Entry entry;

  TfliteRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
