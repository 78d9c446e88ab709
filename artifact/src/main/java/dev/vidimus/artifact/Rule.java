package dev.vidimus.artifact;

/// An entry of an examiner's rule catalogue; implemented by one enum for each area.
///
/// A test joins all catalogues: no id twice, and a page under `docs/findings/` for each.
public interface Rule {
  /// What the catalogue says of this rule.
  Entry entry();

  /// What a catalogue says of a rule.
  ///
  /// @param id never reused
  /// @param level how much a finding of this rule matters
  /// @param implies the verdict that one finding implies for the file; `CLEAN` for information
  /// @param title one sentence, the same for every finding
  /// @param fix what a person should do about it; one sentence
  /// @param cwe the weakness, such as `CWE-502`
  /// @param atlas the MITRE ATLAS technique, such as `AML.T0011.000`; empty where none fits
  /// @param owasp the OWASP LLM or Agentic Top 10 entry, such as `LLM03`; empty where none fits
  record Entry(
      RuleId id,
      Level level,
      Verdict implies,
      String title,
      String fix,
      String cwe,
      String atlas,
      String owasp) {}

  /// The id, never reused.
  default RuleId id() {
    return entry().id();
  }

  /// How much a finding of this rule matters.
  default Level level() {
    return entry().level();
  }

  /// The verdict that one finding of this rule implies for the file; `CLEAN` for mere information.
  default Verdict implies() {
    return entry().implies();
  }

  /// One sentence, the same for every finding: `Loading calls a function that can run code`.
  default String title() {
    return entry().title();
  }

  /// What a person should do about it; one sentence.
  default String fix() {
    return entry().fix();
  }

  /// The weakness, such as `CWE-502`.
  default String cwe() {
    return entry().cwe();
  }

  /// The MITRE ATLAS technique, such as `AML.T0011.000`; empty where none fits.
  default String atlas() {
    return entry().atlas();
  }

  /// The OWASP LLM or Agentic Top 10 entry, such as `LLM03`; empty where none fits.
  default String owasp() {
    return entry().owasp();
  }

  /// A finding of this rule.
  ///
  /// @param message what was found here, declared against found where both exist
  /// @param evidence a short excerpt, made printable; empty if there is none
  default Finding at(Location location, String message, String evidence) {
    return new Finding(id(), level(), implies(), location, message, evidence, fix());
  }
}
