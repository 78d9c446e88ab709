package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;
import java.util.Locale;

/// The rules for bills of materials. Those that imply `invalid` say that a document is none; the
/// others say what it leaves open.
public enum BomRule implements Rule {
  INVALID(
      1,
      Level.HIGH,
      Verdict.INVALID,
      "A bill of materials breaks its schema or vocabulary",
      "Ask for a document that validates; readers disagree about this one.",
      "CWE-20"),
  SAME_ID(
      2,
      Level.HIGH,
      Verdict.INVALID,
      "Two parts of a bill of materials have one identifier",
      "Ask for a document whose identifiers are unique; references to this one are ambiguous.",
      "CWE-694"),
  DANGLING(
      3,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A reference in a bill of materials leads nowhere",
      "Add the part that is meant, or remove the reference.",
      "CWE-1357"),
  LINEAGE_CYCLE(
      4,
      Level.MEDIUM,
      Verdict.CLEAN,
      "Models are said to be made from each other",
      "Find out which of them was there first.",
      "CWE-1357"),
  LINEAGE_DISAGREES(
      5,
      Level.MEDIUM,
      Verdict.CLEAN,
      "Two places of a bill of materials name different parents of a model",
      "Compare the weights with each parent, and correct the other place.",
      "CWE-1357"),
  WIDER_LICENCE(
      6,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A model is licensed for more than what it is made from",
      "Take over the conditions of the parent, or replace it.",
      "CWE-1357"),
  MOVING_REFERENCE(
      7,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A package URL names a branch or tag, which can move",
      "Name the commit by its whole hash.",
      "CWE-829"),
  NO_DIGEST(
      8,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A model has no digest and cannot be verified",
      "Record SHA-256 of what was examined.",
      "CWE-353"),
  WEAK_DIGEST(
      9,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A part has no digest but one that can be forged",
      "Record SHA-256 beside it.",
      "CWE-328"),
  OPEN_SERVICE(
      10,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A service across a trust boundary is not authenticated",
      "Authenticate it, or keep it on this side of the boundary.",
      "CWE-306"),
  UNKNOWN_COMPLETENESS(
      11,
      Level.LOW,
      Verdict.CLEAN,
      "A bill of materials does not say whether it is complete",
      "Say in its compositions what was looked for, and what was not.",
      "CWE-1357"),
  MISPLACED_CARD(
      12,
      Level.LOW,
      Verdict.CLEAN,
      "Something that is no model has a model card",
      "Move the card to the model that it describes.",
      "CWE-1357"),
  MISSING_FACT(
      13,
      Level.INFO,
      Verdict.CLEAN,
      "A bill of materials does not say something that a reviewer needs",
      "Ask whoever made it.",
      "CWE-1357"),
  REPEATED_REFERENCE(
      14,
      Level.LOW,
      Verdict.CLEAN,
      "An identifier that nothing has to resolve stands in two places",
      "Make the identifier unique, as the specification asks.",
      "CWE-694");

  private final Entry entry;

  BomRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId id = new RuleId(String.format(Locale.ROOT, "VID-BOM-%03d", number));
    this.entry = new Entry(id, level, implies, title, fix, cwe, "AML.T0010", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
