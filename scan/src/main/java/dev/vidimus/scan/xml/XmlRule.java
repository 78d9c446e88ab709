package dev.vidimus.scan.xml;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for XML.
public enum XmlRule implements Rule {
  BROKEN(
      "VID-XML-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file is no well-formed XML",
      "Get the file again from its source.",
      "CWE-1286"),
  EXTERNAL_ENTITY(
      "VID-XML-002",
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The document has entities that a parser fetches",
      "Do not open the file with a parser that resolves external entities.",
      "CWE-611"),
  ENTITY(
      "VID-XML-003",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "The document declares entities of its own",
      "Do not open the file with a parser that expands entities without a limit.",
      "CWE-776"),
  CUSTOM_LAYER(
      "VID-XML-004",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A layer or function needs code that the runtime does not have",
      "Find out which library provides it, and review that before it is loaded.",
      "CWE-829");

  private final Entry entry;

  XmlRule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
