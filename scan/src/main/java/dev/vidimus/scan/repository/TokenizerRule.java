package dev.vidimus.scan.repository;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.artifact.Verdict;

/// The rules about tokenizers: what a model reads and writes is not what people see.
public enum TokenizerRule implements Rule {
  IMITATED_TOKEN(
      1,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "An added token looks like a control token and is another",
      "Ask why there are two; compare the tokenizer with the one of the base model.",
      "CWE-1007"),
  REWRITTEN_INPUT(
      2,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The tokenizer replaces or inserts words of what it is given",
      "Compare the tokenizer with the one of the base model.",
      "CWE-451"),
  REWRITTEN_OUTPUT(
      3,
      Level.HIGH,
      Verdict.SUSPICIOUS,
      "The tokenizer replaces or removes words of what the model says",
      "Compare the tokenizer with the one of the base model.",
      "CWE-451"),
  INSERTED_TOKENS(
      4,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "The tokenizer adds a whole sentence to every text",
      "Compare the tokenizer with the one of the base model.",
      "CWE-451"),
  UNREADABLE_TOKEN(
      5,
      Level.MEDIUM,
      Verdict.SUSPICIOUS,
      "An added token has characters that nobody sees",
      "Ask what the token is for; compare the tokenizer with the one of the base model.",
      "CWE-1007"),
  BROKEN(
      6,
      Level.MEDIUM,
      Verdict.INVALID,
      "The vocabulary contradicts its format",
      "Fetch the file again from its source; compare it with the one of the base model.",
      "CWE-1286");

  private final Entry entry;

  TokenizerRule(int number, Level level, Verdict implies, String title, String fix, String cwe) {
    RuleId ruleId = new RuleId("VID-TOKENIZER-%03d".formatted(number));
    this.entry = new Entry(ruleId, level, implies, title, fix, cwe, "AML.T0010.003", "LLM01");
  }

  @Override
  public Entry entry() {
    return entry;
  }
}
