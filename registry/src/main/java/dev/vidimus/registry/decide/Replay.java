package dev.vidimus.registry.decide;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.Facts;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Decisions that were made, judged once more from the facts that were recorded with them.
public final class Replay {
  private Replay() {}

  /// The facts of the last decision about each artifact in each environment.
  public static List<Facts> facts(Sql sql, TileSource log) throws IOException, FormatException {
    List<Facts> facts = new ArrayList<>();
    for (String digest :
        sql.all(
            "SELECT facts FROM decision d WHERE idx = (SELECT max(idx) FROM decision o WHERE"
                + " o.snapshot = d.snapshot AND o.environment = d.environment) ORDER BY idx",
            row -> row.text(1))) {
      facts.add(facts(log, digest));
    }
    return facts;
  }

  private static Facts facts(TileSource log, String digest) throws IOException, FormatException {
    byte[] blob = log.get(Entry.envelopePath(Digest.ofHex(digest.substring("sha256:".length()))));
    if (blob == null) {
      throw new IOException("the ledger lacks the facts " + digest);
    }
    return Facts.read(new String(blob, StandardCharsets.UTF_8));
  }

  /// A recorded decision, by the policy that held then.
  ///
  /// @param ref digest of the decision's envelope or the beginning of it, or a reference to an
  ///     artifact for the last one about it
  /// @param exceptions rules that are to be taken as excepted
  /// @throws CheckFailed if there is none
  public static Decided decision(Sql sql, TileSource log, String ref, List<String> exceptions)
      throws IOException, FormatException, CheckFailed {
    Chain chain = new Chain(sql);
    Chain.Decided made = ref.startsWith("sha256:") ? chain.decision(ref) : null;
    if (made == null) {
      made = chain.lastDecision(new References(sql).resolve(ref).snapshot());
    }
    if (made == null) {
      throw new CheckFailed("decision", "one that was made", ref);
    }
    String bundle =
        sql.first(
            "SELECT bundle FROM policy WHERE digest = ? ORDER BY idx DESC",
            row -> row.text(1),
            made.policy());
    if (bundle == null) {
      throw new CheckFailed("policy", "the policy " + made.policy(), "none");
    }
    CheckedPolicy policy = Deciding.load(log, bundle);
    Facts facts = facts(log, made.facts());
    Instant end = Instant.parse(made.time()).plus(Duration.ofHours(1));
    for (String rule : exceptions) {
      facts = facts.with(new Facts.Exempt("what-if", rule, "owner", "approver", end));
    }
    Artifact artifact = new References(sql).resolve(made.snapshot());
    return new Decided(
        artifact,
        made.environment(),
        String.valueOf(facts.value("question", "tier")),
        policy.evaluate(facts),
        facts,
        made.envelope(),
        false);
  }
}
