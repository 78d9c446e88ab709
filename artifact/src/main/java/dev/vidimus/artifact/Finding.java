package dev.vidimus.artifact;

/// Something an examiner established. Whether it blocks admission is the policy's to say.
///
/// Texts that come from the artifact are made printable by [Printable] before they get here, so
/// that a finding can be shown anywhere.
///
/// @param rule the rule that found it
/// @param level how much it matters
/// @param implies the verdict that follows from it alone
/// @param location where it is
/// @param message what was found
/// @param evidence a short printable excerpt; may be empty
/// @param fix what to do about it
public record Finding(
    RuleId rule,
    Level level,
    Verdict implies,
    Location location,
    String message,
    String evidence,
    String fix) {
  /// By hand, as that of [Location]: the JVM links a record's own at its first use, which costs a
  /// short command milliseconds. What is left out depends on the rule.
  @Override
  public int hashCode() {
    return (rule.text().hashCode() * 31 + location.hashCode()) * 31 + message.hashCode();
  }
}
