package dev.vidimus.scan.python;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum PythonRule implements Rule {
  DECODED_CODE(
      1,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Code runs a text that it decodes first",
      "Do not load the model with its own code.",
      "CWE-506"),
  DOWNLOADED_CODE(
      2,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Code runs what it downloads",
      "Do not load the model with its own code.",
      "CWE-494"),
  REMOTE_SHELL(
      3,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Code connects a shell to the network",
      "Do not load the model with its own code; find out who did.",
      "CWE-506"),
  IMPORT_EFFECT(
      4,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Importing the code starts a program",
      "Read what it starts before anything imports the code.",
      "CWE-829"),
  IMPORT_NETWORK(
      5,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Importing the code uses the network",
      "Read what it asks for before anything imports the code.",
      "CWE-829"),
  HIDDEN_NAME(
      6,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Code hides which function it calls",
      "Read the code before anything imports it.",
      "CWE-506"),
  HARMFUL_COMMAND(
      7,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Code has a command that downloads, deletes or opens a shell",
      "Read the code before anything imports it.",
      "CWE-78"),
  EXFILTRATION(
      8,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Code sends credentials or the environment away",
      "Do not run the code where it finds any.",
      "CWE-200"),
  CAPABILITY(
      9,
      Level.INFO,
      Verdict.CLEAN,
      "Code can start programs, run text or use the network",
      "Nothing by itself; know it before you load the model with its own code.",
      "CWE-829");

  private final Entry entry;

  PythonRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-PYTHON-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
