package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules of this package.
public enum GraphRule implements Rule {
  LOADED_CODE(
      1,
      Level.INFO,
      Verdict.CLEAN,
      "A loader would run this code of the repository",
      "Read it before you let a loader run it; what declares it is reported there.",
      "CWE-829"),
  OUTSIDE_REFERENCE(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "A file refers to a path outside of the repository",
      "Ask for a repository that is complete in itself.",
      "CWE-22"),
  UNDECLARED_CODE(
      3,
      Level.INFO,
      Verdict.CLEAN,
      "Nothing declares or imports this code",
      "Nothing, unless you run it yourself.",
      "CWE-829"),
  CODE_FETCHES(
      4,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Code that loaders run gets something from elsewhere",
      "Examine what it gets as well, and pin its revision.",
      "CWE-829"),
  OTHER_MODEL(
      5,
      Level.INFO,
      Verdict.CLEAN,
      "The model needs another one that is not in the repository",
      "Examine that model as well.",
      "CWE-829"),
  ORPHAN_EXECUTABLE(
      6,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "Nothing in the repository refers to this program",
      "Remove it, or ask what runs it.",
      "CWE-829"),
  NATIVE_LIBRARY(
      7,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Code of the repository loads a native library of the repository",
      "Build the library yourself from sources that you have reviewed.",
      "CWE-829"),
  EXTRA_SHARD(
      8,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A shard is in no index",
      "Remove it, or ask for the index that lists it.",
      "CWE-829"),
  DUPLICATE_TENSOR(
      9,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A tensor stands in more than one shard",
      "Ask for shards without copies: loaders differ in which of them they take.",
      "CWE-694"),
  UNLISTED_TENSOR(
      10,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "A shard has a tensor that its index does not list",
      "Ask for an index that lists all that the shards hold.",
      "CWE-1286"),
  MISSING_TENSOR(
      11,
      Level.MEDIUM,
      Verdict.INVALID,
      "An index lists a tensor that its shard does not have",
      "Fetch the files again, all of one revision.",
      "CWE-1286"),
  SHADOWING_CODE(
      12,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "Code has the name of a module that loaders import",
      "Do not start Python in this folder; ask why the file has that name.",
      "CWE-427");

  private final Entry entry;

  GraphRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-GRAPH-%03d".formatted(number));
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0010.002", "LLM03");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
