package dev.vidimus.policy;

import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a policy says of facts, rule by rule.
///
/// @param outcome in one word
/// @param rules the result of every rule that applies
/// @param policy digest of the bundle
/// @param until when evidence or an exception that it rests on ends, so that it must be made anew;
///     null if time alone changes nothing
public record Decision(
    Outcome outcome, List<RuleResult> rules, String policy, @Nullable Instant until) {
  public Decision {
    rules = List.copyOf(rules);
  }

  /// The answer.
  public enum Outcome {
    /// Every rule that blocks passes or is excepted.
    PASSED,
    /// Only people's approvals are missing.
    AWAITING_APPROVAL,
    /// A rule says no.
    FAILED,
    /// No rule says no, and evidence is missing.
    UNKNOWN;

    /// The word: `awaiting-approval`.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /// How one rule went.
  public enum Status {
    PASS,
    FAIL,
    UNKNOWN,
    EXCEPTED;

    /// The word: `pass`.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// The result of one rule.
  ///
  /// @param rule which one
  /// @param mode what a failure of it does in this tier
  /// @param status how it went
  /// @param message why it did not pass; what is missing, if it is unknown; empty if it passed
  /// @param values what decided it, by the names of the facts
  /// @param evidence digests of the statements that these follow from
  /// @param exception id of the exception that was used; empty if none was
  public record RuleResult(
      PolicyRule rule,
      PolicyRule.Mode mode,
      Status status,
      String message,
      Map<String, Object> values,
      List<String> evidence,
      String exception) {
    public RuleResult {
      values = new TreeMap<>(values);
      evidence = List.copyOf(evidence);
    }

    /// Whether it keeps the answer from being yes.
    public boolean blocks() {
      return mode == PolicyRule.Mode.ENFORCE && (status == Status.FAIL || status == Status.UNKNOWN);
    }
  }

  /// Whether the answer is yes.
  public boolean passed() {
    return outcome == Outcome.PASSED;
  }

  /// Whether evidence is too old: bringing it up to date is what helps.
  public boolean expired() {
    return blocking().stream()
        .anyMatch(one -> !one.rule().expires().isEmpty() && one.status() == Status.FAIL);
  }

  /// The rules that keep the answer from being yes.
  public List<RuleResult> blocking() {
    return rules.stream().filter(RuleResult::blocks).toList();
  }

  /// The fewest things to do that turn the answer into yes, as `what (who)`.
  public List<String> actions() {
    Set<String> actions = new LinkedHashSet<>();
    // What only people can satisfy comes last: nobody approves what fails anyway.
    for (RuleResult result :
        Stream.concat(
                blocking().stream().filter(one -> !one.rule().awaitsApproval()),
                blocking().stream().filter(one -> one.rule().awaitsApproval()))
            .toList()) {
      actions.add(result.rule().action() + " (" + result.rule().who() + ")");
    }
    return List.copyOf(actions);
  }

  /// The results as they are kept in a statement and printed as JSON.
  public JsonArray json() {
    List<JsonValue> results = new ArrayList<>();
    for (RuleResult result : rules) {
      Map<String, JsonValue> members = new LinkedHashMap<>();
      members.put("rule", new JsonString(result.rule().id()));
      members.put("title", new JsonString(result.rule().title()));
      members.put("status", new JsonString(result.status().word()));
      members.put("mode", new JsonString(result.mode().word()));
      members.put("severity", new JsonString(result.rule().severity().word()));
      members.put("message", new JsonString(result.message()));
      Map<String, JsonValue> values = new LinkedHashMap<>();
      result.values().forEach((name, value) -> values.put(name, Facts.value(value)));
      members.put("values", new JsonObject(values));
      members.put("evidence", texts(result.evidence()));
      members.put("exception", new JsonString(result.exception()));
      members.put("action", new JsonString(result.rule().action()));
      members.put("who", new JsonString(result.rule().who()));
      members.put("controls", texts(result.rule().controls()));
      results.add(new JsonObject(members));
    }
    return new JsonArray(results);
  }

  private static JsonArray texts(List<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }
}
