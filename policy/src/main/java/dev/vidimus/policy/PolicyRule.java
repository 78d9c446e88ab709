package dev.vidimus.policy;

import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// One rule, as its author wrote it.
///
/// @param id unique in the bundle
/// @param title one sentence that is true if the rule holds
/// @param severity how much a failure matters
/// @param modes what a failure does, by the tiers where it applies
/// @param unknown what a missing fact does, by the tiers where that is less than a failure
/// @param stages when it applies
/// @param expression CEL over the facts; true passes
/// @param message what to say of a failure; `{scan.verdict}` stands for the value
/// @param action what turns a failure into a pass
/// @param who can do that
/// @param controls of standards that it serves, such as `OWASP-LLM03`
/// @param awaitsApproval whether only people can satisfy it
/// @param expires parameter of the tier that says after how many hours a scan is too old for this
///     rule; empty if time alone makes it fail never
/// @param exceptable whether an exception may be made
/// @param place file, line and column, for errors
public record PolicyRule(
    String id,
    String title,
    Severity severity,
    Map<String, Mode> modes,
    Map<String, Mode> unknown,
    List<String> stages,
    Expression expression,
    String message,
    String action,
    String who,
    List<String> controls,
    boolean awaitsApproval,
    String expires,
    boolean exceptable,
    String place) {
  public PolicyRule {
    modes = Collections.unmodifiableMap(new LinkedHashMap<>(modes));
    unknown = Map.copyOf(unknown);
    stages = List.copyOf(stages);
    controls = List.copyOf(controls);
  }

  /// Where it applies.
  public List<String> tiers() {
    return List.copyOf(modes.keySet());
  }

  /// What a failure does in a tier; [Mode#OFF] where it does not apply.
  public Mode mode(String tier) {
    return modes.getOrDefault(tier, Mode.OFF);
  }

  /// What it does in a tier when a fact is missing that it asks for.
  public Mode unknown(String tier) {
    return unknown.getOrDefault(tier, mode(tier));
  }

  /// What a failure does where it does most.
  public Mode mode() {
    return modes.values().stream().max(Comparator.naturalOrder()).orElse(Mode.OFF);
  }

  /// The text of a rule in CEL, and where it begins.
  ///
  /// @param text the expression
  /// @param file that it is in
  /// @param line of its first character, from 1
  /// @param column of its first character, from 1
  public record Expression(String text, String file, int line, int column) {}

  /// How much a failure matters.
  public enum Severity {
    LOW,
    MEDIUM,
    HIGH,
    CRITICAL;

    /// The word: `high`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a failure does.
  public enum Mode {
    /// The rule is not evaluated.
    OFF,
    /// It is evaluated and recorded, and blocks nothing.
    SHADOW,
    /// It is shown, and blocks nothing.
    WARN,
    /// It blocks, and so does what is not known, unless the rule says less of that.
    ENFORCE;

    /// The word: `enforce`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
