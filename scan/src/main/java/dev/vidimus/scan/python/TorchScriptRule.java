package dev.vidimus.scan.python;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for the programs in files of `torch.jit.save`.
public enum TorchScriptRule implements Rule {
  HARMFUL_OPERATOR(
      1,
      Level.HIGH,
      "A TorchScript program reads or writes files or talks to other machines",
      "Do not run the model outside a sandbox; ask for its weights as safetensors.",
      "CWE-94"),
  CUSTOM_OPERATOR(
      2,
      Level.MEDIUM,
      "A TorchScript program uses operators or classes of a library that is not known",
      "Find out which native library provides them, and review that before it is loaded.",
      "CWE-829");

  private final Entry entry;

  TorchScriptRule(int number, Level level, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-TORCHSCRIPT-00" + number);
    this.entry =
        new Entry(ruleId, level, Verdict.SUSPICIOUS, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
