package dev.vidimus.scan.keras;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for configurations of Keras.
public enum KerasRule implements Rule {
  LAMBDA(
      "VID-KERAS-001",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A layer consists of compiled Python code",
      "Do not load it with safe mode off; ask for a model that uses named layers instead.",
      "CWE-502"),
  DANGEROUS_REFERENCE(
      "VID-KERAS-002",
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Loading imports or calls a function that can do harm",
      "Do not load the file.",
      "CWE-502"),
  CUSTOM_OBJECT(
      "VID-KERAS-003",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A part of the model is code that comes from elsewhere",
      "Get the named module from its publisher and review it before you register it.",
      "CWE-829"),
  WRAPPED_MODEL(
      "VID-KERAS-004",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A layer loads a model of another framework",
      "Do not load the file; ask for the inner model as a file of its own, and scan that.",
      "CWE-502"),
  READS_PATH(
      "VID-KERAS-005",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A layer reads a file or an address that the model names",
      "Do not load the file where the named file exists; ask for a model that brings its data.",
      "CWE-73"),
  BROKEN(
      "VID-KERAS-006",
      Level.MEDIUM,
      Verdict.INVALID,
      "The configuration of the model is absent or no JSON",
      "Get the file again from its source.",
      "CWE-1286"),
  UNSAFE_MODE(
      "VID-KERAS-007",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The configuration asks to be loaded without safe mode",
      "Do not load the file: whether to trust it is not the file's to say.",
      "CWE-693");

  private final Entry entry;

  KerasRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
