package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum RepositoryRule implements Rule {
  CUSTOM_CODE(
      1,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A configuration names code of the repository for loaders to run",
      "Read that code; without trust_remote_code the model cannot be loaded by this class.",
      "CWE-829"),
  FOREIGN_CODE(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A configuration names code of another repository for loaders to run",
      "Pin and read that code, or keep a copy of it beside the model.",
      "CWE-829"),
  UNKNOWN_TARGET(
      3,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A configuration names a class or function that is not known to be inert",
      "Read the code that it names before anything builds it.",
      "CWE-470"),
  HARMFUL_TARGET(
      4,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "A configuration names a function that can run code",
      "Do not load the model.",
      "CWE-470"),
  OUTSIDE_PATH(
      5,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "A configuration refers to a file outside of the repository",
      "Do not load the model; ask for an index that names files beside it.",
      "CWE-22"),
  ADDRESS(
      6,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A configuration names an address in place of a model",
      "Fetch what it names once, examine it, and refer to the copy.",
      "CWE-829"),
  SECRET(
      7,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A file has a credential in it",
      "Revoke the credential and remove it from the file and its history.",
      "CWE-798"),
  CODE_IN_TEXT(
      8,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A configuration has a command or code as text",
      "Find out which program reads the member before any does.",
      "CWE-94"),
  DEPENDENCY_SOURCE(
      9,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A dependency comes from somewhere else than the package index",
      "Install it from the index, pinned by hash.",
      "CWE-829"),
  REMOTE_CODE_WANTED(
      10,
      Level.INFO,
      Verdict.CLEAN,
      "A configuration sets trust_remote_code",
      "Nothing by itself: what code there is, is reported where it is named.",
      "CWE-829");

  private final Entry entry;

  RepositoryRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-REPO-%03d".formatted(number));
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0010.002", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
