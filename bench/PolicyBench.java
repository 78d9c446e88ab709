import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.DefaultPolicy;
import dev.vidimus.policy.FactSchema;
import dev.vidimus.policy.Facts;
import java.security.MessageDigest;
import java.util.List;

/// Rules a second of the default policy, on one core, after it is warm. Run by `bench/policy`.
class PolicyBench {
  static final double SECONDS = 4;

  interface Work {
    int run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    byte[] block = new byte[1 << 20];
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    double hashed =
        rate(
            () -> {
              sha.update(block);
              return 1;
            });
    System.out.printf("calibration: SHA-256 of %.0f MiB/s on one core%n", hashed);
    CheckedPolicy policy = DefaultPolicy.load();
    double worst = Double.MAX_VALUE;
    for (String tier : List.of("sandbox", "internal", "production", "critical")) {
      Facts facts = facts(tier);
      double rules = rate(() -> policy.evaluate(facts).rules().size());
      System.out.printf(
          "%-10s %d rules: %,.0f rules/s, %,.0f decisions/s%n",
          tier,
          policy.evaluate(facts).rules().size(),
          rules,
          rules / policy.evaluate(facts).rules().size());
      worst = Math.min(worst, rules);
    }
    System.out.printf(
        "rules a second, the slowest tier: %,.0f, at least 100,000  %s%n",
        worst, worst >= 100_000 ? "ok" : "MISSED");
  }

  /// What is done a second, after as long a time that does not count.
  static double rate(Work work) throws Exception {
    double rate = 0;
    for (int round = 0; round < 2; round++) {
      long count = 0;
      long begin = System.nanoTime();
      while (System.nanoTime() - begin < SECONDS / 2 * 1e9) {
        count += work.run();
      }
      rate = count / ((System.nanoTime() - begin) / 1e9);
    }
    return rate;
  }

  static Facts facts(String tier) {
    Facts.Builder facts = new Facts.Builder();
    facts.put(FactSchema.QUESTION, "tier", tier).put(FactSchema.QUESTION, "stage", "promote");
    facts.put(FactSchema.QUESTION, "environment", tier);
    facts.put(FactSchema.QUESTION, "now", "2026-11-21T10:00:00Z");
    facts.put(FactSchema.REVOCATION, "revoked", false).put(FactSchema.REVOCATION, "reason", "");
    facts.put(FactSchema.SCAN, "verdict", "clean").put(FactSchema.SCAN, "complete", true);
    facts.put(FactSchema.SCAN, "notExamined", 0L).put(FactSchema.SCAN, "ageHours", 0L);
    facts.put(FactSchema.SCAN, "critical", 0L).put(FactSchema.SCAN, "high", 0L);
    facts.put(FactSchema.SCAN, "rules", List.of());
    facts.put(FactSchema.SCAN, "formats", List.of("safetensors", "json"));
    for (String list : List.of("code", "elsewhere", "templates", "surprises")) {
      facts.put(FactSchema.REPOSITORY, list, List.of());
    }
    facts.put(FactSchema.REPOSITORY, "missing", 0L);
    facts.put(FactSchema.ARTIFACT, "notInIdentity", 0L);
    facts.put(FactSchema.SIGNATURES, "present", 1L).put(FactSchema.SIGNATURES, "verified", 0L);
    facts.put(FactSchema.SIGNATURES, "unsignedFiles", 0L);
    facts.put(FactSchema.APPROVALS, "count", 1L).put(FactSchema.APPROVALS, "rejections", 0L);
    return facts.build();
  }
}
