package dev.vidimus.scan.graph;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for ONNX.
public enum OnnxRule implements Rule {
  BROKEN(
      "VID-ONNX-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the ONNX format",
      "Get the file again from its source; runtimes in C++ have had memory errors on such files.",
      "CWE-1286"),
  EXTERNAL_ESCAPES(
      "VID-ONNX-002",
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "External data are taken from outside the model's folder",
      "Do not load the file: whoever made it reads other files of the machine as weights.",
      "CWE-22"),
  CUSTOM_OPERATOR(
      "VID-ONNX-003",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "An operator is neither standard nor defined in the model",
      "Find out which native library provides it, and review that before it is loaded.",
      "CWE-829"),
  PYTHON_OPERATOR(
      "VID-ONNX-004",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "An operator runs Python code",
      "Do not run the model where such operators are registered; ask for one without them.",
      "CWE-94"),
  METADATA_CODE(
      "VID-ONNX-005",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Metadata carry code, a command or an address to fetch from",
      "Ask the publisher why a model carries it; load it only where metadata are never run.",
      "CWE-94"),
  ENORMOUS_TENSOR(
      "VID-ONNX-006",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "An operator asks for an enormous tensor",
      "Do not load the file without a memory limit; ask what the tensor is for.",
      "CWE-789"),
  MEMORY_ADDRESS(
      "VID-ONNX-007",
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "External data are taken from an address in the loader's memory",
      "Do not load the file: only a runtime's own notes say this, never a file.",
      "CWE-822");

  private final Entry entry;

  OnnxRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
