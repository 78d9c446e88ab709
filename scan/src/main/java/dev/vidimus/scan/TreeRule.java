package dev.vidimus.scan;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules about what lies in a folder beside regular files.
public enum TreeRule implements Rule {
  LINK_OUT(
      1,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A link leads out of the folder",
      "Ask for the file itself; scan what the link leads to if you must have it.",
      "CWE-59"),
  LINK_INSIDE(
      2,
      Level.LOW,
      Verdict.CLEAN,
      "A link leads to another file of the folder",
      "Nothing, if you expect it: its target is examined under its own path.",
      "CWE-59"),
  SPECIAL_FILE(
      3,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A device, socket or pipe lies among the files",
      "Remove it; a model has no use for one.",
      "CWE-67"),
  UNREPRESENTABLE_NAME(
      4,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A file has a name that people and tools read differently",
      "Rename the file or ask where it came from; it was not examined.",
      "CWE-176"),
  LINK_GIVEN(
      5,
      Level.INFO,
      Verdict.CLEAN,
      "The path that was given is a link",
      "Nothing, if you know where it leads: what it leads to was examined.",
      "CWE-59"),
  OTHER_BLOB(
      6,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A file of the hub cache is not the one that its name promises",
      "Delete it and download it again; somebody or something changed the cache.",
      "CWE-345");

  private final Entry entry;

  TreeRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-TREE-00" + number);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0010", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
