package dev.vidimus.policy;

import dev.vidimus.artifact.Digest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    List<TrustedKey> trusted,
    List<PolicyCase> cases,
    Map<String, byte[]> files) {
  public PolicyBundle {
    changelog = List.copyOf(changelog);
    rules = List.copyOf(rules);
    trusted = List.copyOf(trusted);
    cases = List.copyOf(cases);
    files = new TreeMap<>(files);
  }

  /// What a tier allows.
  ///
  /// @param longestExceptionDays for how long a rule may be excepted
  public record Tier(long longestExceptionDays) {}

  /// A key that is believed.
  ///
  /// @param identity whom it stands for, as rules and reports name it
  /// @param pem the public key
  /// @param may what it may sign, such as `model`
  public record TrustedKey(String identity, String pem, List<String> may) {
    public TrustedKey {
      may = List.copyOf(may);
    }
  }

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

  /// The digest of the files: SHA-256 over `<hex>  <path>\n` each, sorted, as that of a snapshot.
  public Digest digest() {
    StringBuilder list = new StringBuilder();
    files.forEach(
        (path, bytes) ->
            list.append(Digest.sha256(bytes).hex()).append("  ").append(path).append('\n'));
    return Digest.sha256(list.toString().getBytes(StandardCharsets.UTF_8));
  }
}
