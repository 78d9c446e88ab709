package dev.vidimus.artifact;

/// An entry of an examiner's rule catalogue; implemented by one enum for each area.
///
/// A test joins all catalogues: no id twice, and a page under `docs/findings/` for each.
public interface Rule {
  /// The id, never reused.
  RuleId id();

  /// How much a finding of this rule matters.
  Level level();

  /// The verdict that one finding of this rule implies for the file; `CLEAN` for mere information.
  Verdict implies();

  /// One sentence, the same for every finding: `Loading calls a function that can run code`.
  String title();

  /// What a person should do about it; one sentence.
  String fix();

  /// The weakness, such as `CWE-502`.
  String cwe();

  /// The MITRE ATLAS technique, such as `AML.T0011.000`; empty where none fits.
  String atlas();

  /// The OWASP LLM or Agentic Top 10 entry, such as `LLM03`; empty where none fits.
  String owasp();

  /// A finding of this rule.
  ///
  /// @param message what was found here, declared against found where both exist
  /// @param evidence a short excerpt, made printable; empty if there is none
  default Finding at(Location location, String message, String evidence) {
    return new Finding(id(), level(), implies(), location, message, evidence, fix());
  }
}
