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

  private final RuleId id;
  private final Level level;
  private final Verdict implies;
  private final String title;
  private final String fix;
  private final String cwe;

  TreeRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    this.id = new RuleId("VID-TREE-00" + number);
    this.level = level;
    this.implies = implies;
    this.title = title;
    this.fix = fix;
    this.cwe = cwe;
  }

  @Override
  public RuleId id() {
    return id;
  }

  @Override
  public Level level() {
    return level;
  }

  @Override
  public Verdict implies() {
    return implies;
  }

  @Override
  public String title() {
    return title;
  }

  @Override
  public String fix() {
    return fix;
  }

  @Override
  public String cwe() {
    return cwe;
  }

  @Override
  public String atlas() {
    return "AML.T0010";
  }

  @Override
  public String owasp() {
    return "LLM03";
  }
}
