package dev.vidimus.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Bundles that are wrong, by accident or on purpose. One fault each.
class HostilePolicyTest {
  private static final String RULE = "rules/scan.yaml";

  private static Map<String, byte[]> with(String file, String content) {
    Map<String, byte[]> files = new TreeMap<>(DefaultPolicy.files());
    files.put(file, content.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  private static Map<String, byte[]> changed(String file, String old, String fresh) {
    String content = new String(DefaultPolicy.files().get(file), StandardCharsets.UTF_8);
    assertThat(content).contains(old);
    return with(file, content.replace(old, fresh));
  }

  private static void refused(Map<String, byte[]> files, String message) {
    assertThatThrownBy(() -> CheckedPolicy.compile(PolicyBundle.read(files)))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining(message);
  }

  private static Map<String, byte[]> expression(String text) {
    return changed(RULE, "expr: scan.complete\n", "expr: '" + text + "'\n");
  }

  @Test
  void misspeltFactIsToldWithPlaceAndSuggestion() {
    refused(
        changed(RULE, "scan.ageHours <= params", "scan.ageHour <= params"),
        "rules/scan.yaml:57:13: undefined field 'ageHour'; did you mean ageHours?");
  }

  @Test
  void misspeltFieldOfARuleIsToldWithPlaceAndSuggestion() {
    refused(
        changed(RULE, "  severity: medium", "  severty: medium"),
        "unknown field severty; did you mean severity?");
  }

  @Test
  void unknownTierIsTold() {
    refused(
        changed(RULE, "{sandbox: warn", "{sandbx: warn"),
        "unknown field sandbx; did you mean sandbox?");
  }

  @Test
  void aMissingFactDoesNotDoMoreThanAFailure() {
    String rules = "rules/inventory.yaml";
    String told = "  unknown: {sandbox: warn, internal: warn}";
    refused(
        changed(rules, told, "  unknown: {sandbox: enforce}"),
        "a missing fact does less than a failure (enforce), not off");
    refused(changed(rules, told, "  unknown: {sandbox: off}"), "not off");
    refused(
        changed(rules, told, "  unknown: {sandbx: warn}"),
        "unknown field sandbx; did you mean sandbox?");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    Map<String, byte[]> files = expression("scan.complet");
    files.put("rules/more.yaml", "- id: x\n".getBytes(StandardCharsets.UTF_8));
    refused(files, "rules/more.yaml:1:3: has no field expr");
  }

  @Test
  void expressionThatIsNoTruthIsRefused() {
    refused(expression("scan.notExamined"), "expected type 'bool' but found 'int'");
  }

  @Test
  void ruleTwiceIsRefused() {
    refused(
        changed(RULE, "id: scan-valid", "id: scan-fresh"), "there is a rule scan-fresh already");
  }

  @Test
  void keyTwiceIsRefused() {
    assertThatThrownBy(
            () ->
                PolicyBundle.read(with("vidimus-policy.yaml", "name: a\nname: b\nversion: '1'\n")))
        .isInstanceOf(PolicyException.class)
        .hasMessageContaining("vidimus-policy.yaml");
  }

  @Test
  void fileThatNothingReadsIsRefused() {
    refused(with("rule/scan.yaml", "[]"), "rule/scan.yaml: is no file of a policy bundle");
  }

  @Test
  void parameterThatOneTierLacksIsRefused() {
    refused(
        changed("params.yaml", "critical:\n  approvals: 2\n", "critical:\n"),
        "every tier needs the same parameters, of the same kinds");
  }

  @Test
  void aliasesThatMultiplyAreRefused() {
    StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
    for (int i = 1; i < 30; i++) {
      bomb.append("a").append(i).append(": &a").append(i).append(" [*a").append(i - 1);
      bomb.append(", *a").append(i - 1).append("]\n");
    }
    refused(with("vidimus-policy.yaml", bomb.toString()), "vidimus-policy.yaml");
  }

  @Test
  void nestingWithoutEndIsRefused() {
    refused(with("tiers.yaml", "tiers: " + "[".repeat(100_000)), "tiers.yaml");
    refused(with("tiers.yaml", "tiers: " + "{a: ".repeat(40) + "}".repeat(40)), "tiers.yaml");
  }

  @Test
  void hugeFileIsRefused() {
    refused(with("tiers.yaml", "#".repeat(2 << 20)), "over 1048576");
  }

  @Test
  void hugeOrDeepExpressionIsRefused() {
    refused(expression("scan.complete || ".repeat(1000) + "true"), "rules/scan.yaml");
    refused(expression("(".repeat(500) + "true" + ")".repeat(500)), "rules/scan.yaml");
  }

  @Test
  void whoeverSignsMustHaveAKey() {
    refused(with("trust.yaml", "keys:\n  - identity: x\n"), "trust.yaml:2:5: has no field key");
  }

  @Test
  void damagedBundlesAreRefusedAndNeverMore() {
    Random random = new Random(20_261_121);
    Map<String, byte[]> good = DefaultPolicy.files();
    String[] names = good.keySet().toArray(String[]::new);
    for (int round = 0; round < 2_000; round++) {
      Map<String, byte[]> files = new TreeMap<>(good);
      String name = names[random.nextInt(names.length)];
      byte[] bytes = files.get(name).clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) (random.nextInt(96) + 32);
      }
      files.put(name, bytes);
      try {
        PolicyBundle.read(files);
      } catch (PolicyException e) {
        assertThat(e.problems()).isNotEmpty();
      }
    }
  }
}
