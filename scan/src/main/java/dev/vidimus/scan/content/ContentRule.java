package dev.vidimus.scan.content;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum ContentRule implements Rule {
  DISGUISED_EXECUTABLE(
      "VID-FILE-001",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A program has the name of something else",
      "Do not use the file; ask where it came from.",
      "CWE-646"),
  EXECUTABLE(
      "VID-FILE-002",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A program lies among the model's files",
      "Remove it, or build it yourself from sources that you have reviewed.",
      "CWE-829"),
  DISGUISED_SCRIPT(
      "VID-FILE-003",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A script has the name of a model",
      "Do not use the file; ask where it came from.",
      "CWE-646"),
  NOT_THE_MODEL(
      "VID-FILE-004",
      Level.MEDIUM,
      Verdict.INVALID,
      "Something was saved in place of the model",
      "Fetch the file again: `git lfs pull` for a pointer, the download itself for a page.",
      "CWE-1286"),
  EMPTY_MODEL(
      "VID-FILE-005",
      Level.MEDIUM,
      Verdict.INVALID,
      "A file with the name of a model is empty",
      "Fetch the file again.",
      "CWE-1286"),
  OTHER_FORMAT(
      "VID-FILE-006",
      Level.LOW,
      Verdict.CLEAN,
      "The extension names another format than the content",
      "Rename the file, so that people and tools expect what it is.",
      "CWE-646"),
  HIDDEN_CODE_FORMAT(
      "VID-FILE-007",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "The extension names a format without code, the content is one that can carry code",
      "Do not load it by its content; ask for a file that is what its name says.",
      "CWE-646");

  private final Entry entry;

  ContentRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
