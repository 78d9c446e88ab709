package dev.vidimus.scan.keras;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules for HDF5.
public enum Hdf5Rule implements Rule {
  BROKEN(
      "VID-HDF-001",
      Level.MEDIUM,
      Verdict.INVALID,
      "The file breaks the HDF5 format",
      "Get the file again from its source; the library in C has had memory errors on such files.",
      "CWE-1286"),
  ESCAPES(
      "VID-HDF-002",
      Level.CRITICAL,
      Verdict.MALICIOUS,
      "Data are taken from a file outside the model's folder",
      "Do not load the file: whoever made it reads other files of the machine as weights.",
      "CWE-22"),
  OTHER_FILE(
      "VID-HDF-003",
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Data are taken from another file",
      "Ask for a file that holds all its data; a model's weights ordinarily do.",
      "CWE-73"),
  FOREIGN_FILTER(
      "VID-HDF-004",
      Level.INFO,
      Verdict.CLEAN,
      "Data need a filter that is loaded as a plugin",
      "Install the named filter from a source that you trust, or ask for gzip.",
      "CWE-829");

  private final Entry entry;

  Hdf5Rule(String id, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId(id);
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0011.000", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
