package dev.vidimus.policy;

import dev.vidimus.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A policy: rules, tiers, parameters, trust and tests, and its name and version. Read from files,
/// which make its digest; compiled by [CheckedPolicy].
///
/// @param name of the policy
/// @param version as its owner counts
/// @param owner who answers for it
/// @param changelog what changed, the last first
/// @param tiers by name, the least demanding first
/// @param environments the tier of each
/// @param parameters by tier and name: a `String`, `Long`, `Boolean` or list of strings
/// @param rules in the order of their files and in them
/// @param trusted who may say what
/// @param exceptions that the policy makes itself
/// @param transitions who may take which step; empty if the bundle narrows nothing
/// @param cases tests of the rules
/// @param files the bytes that it was read from, by their paths
public record PolicyBundle(
    String name,
    String version,
    String owner,
    List<String> changelog,
    Map<String, Tier> tiers,
    Map<String, String> environments,
    Map<String, Map<String, Object>> parameters,
    List<PolicyRule> rules,
    List<TrustedIssuer> trusted,
    List<StandingException> exceptions,
    List<Transition> transitions,
    List<PolicyCase> cases,
    Map<String, byte[]> files) {
  public PolicyBundle {
    changelog = List.copyOf(changelog);
    rules = List.copyOf(rules);
    trusted = List.copyOf(trusted);
    exceptions = List.copyOf(exceptions);
    transitions = List.copyOf(transitions);
    cases = List.copyOf(cases);
    files = new TreeMap<>(files);
  }

  /// What a tier allows.
  ///
  /// @param longestExceptionDays for how long a rule may be excepted
  public record Tier(long longestExceptionDays) {}

  /// One test of a rule.
  ///
  /// @param rule its id
  /// @param name what it shows
  /// @param facts by section and field
  /// @param tier for which the question is asked
  /// @param expected `pass`, `fail` or `unknown`
  /// @param place file, line and column
  public record PolicyCase(
      String rule,
      String name,
      Map<String, Map<String, Object>> facts,
      String tier,
      String expected,
      String place) {}

  /// Reads a bundle.
  ///
  /// @param files by paths such as `rules/scan.yaml`; others than the layout has are refused
  /// @throws PolicyException naming every file, line and column that is wrong, as far as it could
  ///     be read
  public static PolicyBundle read(Map<String, byte[]> files) throws PolicyException {
    return new BundleReader(files).read();
  }

  /// Who may take a step, or null if the policy narrows nothing.
  public @Nullable Transition transition(String to) {
    return transitions.stream().filter(one -> one.to().equals(to)).findFirst().orElse(null);
  }

  /// The digest of the files: SHA-256 over `<hex>  <path>\n` each, sorted, as that of a snapshot.
  public Digest digest() {
    StringBuilder list = new StringBuilder();
    files.forEach(
        (path, bytes) ->
            list.append(Digest.sha256(bytes).hex()).append("  ").append(path).append('\n'));
    return Digest.sha256(list.toString().getBytes(StandardCharsets.UTF_8));
  }
}
