package dev.vidimus.inventory.card;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;
import java.util.Locale;

/// The rules for cards.
public enum CardRule implements Rule {
  NO_CLAIMS(
      1,
      Level.LOW,
      Verdict.CLEAN,
      "A card claims nothing that a machine can read",
      "Ask for a card that names licence, base model and training data.",
      "CWE-1357"),
  UNRESOLVED_BASE(
      2,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A card names a base model that nobody else can find",
      "Ask which published model it is, and at which commit.",
      "CWE-1357"),
  OWN_PARENT(
      3,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A card says that a model is made from itself",
      "Reject the claim; find out what it was made from.",
      "CWE-1357"),
  NO_LICENCE(
      4,
      Level.LOW,
      Verdict.CLEAN,
      "A card names no licence",
      "Without a licence nobody may use it: ask whoever published it.",
      "CWE-1357"),
  UNREADABLE(
      5,
      Level.MEDIUM,
      Verdict.INVALID,
      "The front matter of a card cannot be read as plain data",
      "Do not load it with anything but a safe loader; ask for plain values.",
      "CWE-502"),
  MISSING_SECTION(
      6,
      Level.INFO,
      Verdict.CLEAN,
      "A card does not say what a reviewer needs to know",
      "Ask whoever published it.",
      "CWE-1357"),
  LICENCE_DISAGREES(
      7,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A card declares another licence than the weights themselves",
      "Ask whoever published it which of the two holds; until then the stricter one does.",
      "CWE-1357"),
  BASE_DISAGREES(
      8,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A card names another base model than the files",
      "Compare the weights with both, and correct the other place.",
      "CWE-345");

  private final Entry entry;

  CardRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId id = new RuleId(String.format(Locale.ROOT, "VID-CARD-%03d", number));
    this.entry = new Entry(id, level, implies, title, fix, cwe, "AML.T0058", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
