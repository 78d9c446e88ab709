package dev.vidimus.scan.rds;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for files of R.
public enum RdsRule implements Rule {
  BROKEN(
      1,
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks R's serialization format",
      "Get the file again from its source.",
      "CWE-1286"),
  PROMISE(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A value of an R file is computed by code when it is first used",
      "Do not load the file with R before 4.4, and not outside a sandbox.",
      "CWE-502"),
  HARMFUL_PROMISE(
      3,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "A value of an R file runs a program or a text when it is first used",
      "Do not load the file.",
      "CWE-502"),
  HARMFUL_CALL(
      4,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Code in an R file starts programs, loads libraries or uses the network",
      "Read the function before anything calls it; ask for a file without functions.",
      "CWE-94"),
  MAPPED_FILE(
      5,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A vector of an R file is a file of the machine that loads it",
      "Ask for a file that holds its numbers itself.",
      "CWE-829");

  private final Entry entry;

  RdsRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-RDS-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
