package dev.vidimus.inventory.findings;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;
import java.util.Locale;

/// The rules of this package.
public enum DependencyRule implements Rule {
  MALWARE(
      1,
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "A package is known to be malicious",
      "Remove the package, and treat machines on which it was installed as broken into.",
      "CWE-506",
      "AML.T0011.001"),
  SERIOUS_VULNERABILITY(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A package has a known vulnerability that is rated high, critical or not at all",
      "Move to a version that the advisory does not cover.",
      "CWE-1395",
      "AML.T0010.001"),
  VULNERABILITY(
      3,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A package has a known vulnerability that is rated low or medium",
      "Move to a version that the advisory does not cover, or say in a VEX why it does not matter.",
      "CWE-1395",
      "AML.T0010.001"),
  LOOK_ALIKE(
      4,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The name of a package is easily taken for that of another",
      "Find out which of the two is meant, and where the name came from.",
      "CWE-1357",
      "AML.T0060"),
  EXTRA_INDEX(
      5,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Packages may come from more than one index",
      "Name one index that holds everything, or bind each package to its index and its hash.",
      "CWE-427",
      "AML.T0010.001"),
  OPEN_INDEX(
      6,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Packages come over a connection that proves nothing",
      "Name the index by https, and do not trust its host otherwise.",
      "CWE-319",
      "AML.T0010.001"),
  MOVING_ADDRESS(
      7,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A package comes from an address whose content can change",
      "Name the commit by its whole hash, or the file with its SHA-256.",
      "CWE-829",
      "AML.T0010.001"),
  UNPINNED(
      8,
      Level.LOW,
      Verdict.CLEAN,
      "Packages have no exact version",
      "Lock what is installed: uv lock, pip-compile --generate-hashes, poetry lock.",
      "CWE-1357",
      "AML.T0010.001"),
  NO_HASH(
      9,
      Level.LOW,
      Verdict.CLEAN,
      "Packages of a lock have no hash",
      "Let the tool record hashes, so that the same version cannot become other bytes.",
      "CWE-353",
      "AML.T0010.001"),
  NO_LOCK(
      10,
      Level.LOW,
      Verdict.CLEAN,
      "Packages are declared, and no lock says which are installed",
      "Add a lock beside the declaration.",
      "CWE-1357",
      "AML.T0010.001"),
  MOVING_IMAGE(
      11,
      Level.LOW,
      Verdict.CLEAN,
      "An image is named by a tag, which can move",
      "Name the image by its digest as well: name:tag@sha256:….",
      "CWE-829",
      "AML.T0010.004"),
  MOVING_ACTION(
      12,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A workflow runs an action by a tag or branch, which can move",
      "Name the action by the whole hash of a commit.",
      "CWE-829",
      "AML.T0010.001"),
  NOT_ALLOWED(
      13,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A package is on no list of packages that somebody answers for",
      "Add it with owner and reason to the list, or remove it.",
      "CWE-1357",
      "AML.T0010.001"),
  CHANGED_BYTES(
      14,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A package has the same version and other bytes than before",
      "Find out who replaced it before it is installed anywhere.",
      "CWE-345",
      "AML.T0109"),
  CHANGED_SOURCE(
      15,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A package comes from elsewhere than before",
      "Find out why; the same name elsewhere may be somebody else's.",
      "CWE-345",
      "AML.T0109"),
  NEW_PACKAGE(
      16,
      Level.MEDIUM,
      Verdict.CLEAN,
      "A package came in that nobody asked for directly",
      "Look at who publishes it; the path says which package needs it.",
      "CWE-1357",
      "AML.T0010.001"),
  EXPLOITED(
      17,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A package has a vulnerability that is known to be exploited",
      "Move to a version that the advisory does not cover, today.",
      "CWE-1395",
      "AML.T0010.001"),
  SETTLED(
      18,
      Level.INFO,
      Verdict.CLEAN,
      "A package has a known vulnerability that is said not to matter here",
      "Look at the statement again when the package or its use changes.",
      "CWE-1395",
      "AML.T0010.001"),
  NO_STATEMENT(
      19,
      Level.LOW,
      Verdict.CLEAN,
      "A statement about a vulnerability does not count",
      "Ask whoever made the statement for a justification, or for a new one.",
      "CWE-1395",
      "AML.T0010.001"),
  OLD_ADVISORIES(
      20,
      Level.MEDIUM,
      Verdict.INCOMPLETE,
      "The advisories are older than they may be",
      "Import a fresh export: vidimus advisories import all.zip.",
      "CWE-1104",
      "AML.T0010.001"),
  MOVING_MODEL(
      21,
      Level.LOW,
      Verdict.CLEAN,
      "A hosted model is named by an alias that its provider can move",
      "Name the dated version that was tested, and record which one answers.",
      "CWE-829",
      "AML.T0010.001"),
  CREDENTIAL(
      22,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "An address holds a credential",
      "Replace the credential wherever it is valid, and name a variable in its place.",
      "CWE-798",
      "AML.T0055");

  private final Entry entry;

  DependencyRule(
      int number,
      Level level,
      Verdict implies,
      String title,
      String fix,
      String cwe,
      String atlas) {
    RuleId id = new RuleId(String.format(Locale.ROOT, "VID-DEPS-%03d", number));
    this.entry = new Entry(id, level, implies, title, fix, cwe, atlas, "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
