package dev.vidimus.registry.decide;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.policy.CheckedPolicy;
import dev.vidimus.policy.DefaultPolicy;
import dev.vidimus.policy.Facts;
import dev.vidimus.policy.Packed;
import dev.vidimus.policy.PolicyBundle;
import dev.vidimus.policy.PolicyException;
import dev.vidimus.policy.PolicyRule;
import dev.vidimus.policy.StandingException;
import dev.vidimus.registry.change.Change;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.change.Session;
import dev.vidimus.registry.examine.Trust;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.lifecycle.EvidenceDigest;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Decision;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.PolicyPublication;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The policy that holds, and decisions by it. There is one evaluator: admitting, promoting,
/// gating and explaining all come through [#judge].
public final class Deciding {
  private final CheckedPolicy policy;
  private final Policies policies;
  private final SigningKey gate;
  private final String verifier;

  private Deciding(CheckedPolicy policy, Policies policies, SigningKey gate, String version) {
    this.policy = policy;
    this.policies = policies;
    this.gate = gate;
    this.verifier = "https://vidimus.dev/gate/" + version;
  }

  /// The policy that was published last.
  ///
  /// @param log where the bundle lies beside the envelopes
  /// @param policies that were loaded before
  /// @param gate signs decisions
  /// @param version of this build
  public static Deciding current(
      Sql sql, TileSource log, Policies policies, SigningKey gate, String version)
      throws IOException, FormatException, CheckFailed {
    CheckedPolicy policy = policy(sql, log, policies);
    if (policy == null) {
      throw new CheckFailed("policy", "a published policy", "none");
    }
    return new Deciding(policy, policies, gate, version);
  }

  /// The policy that was published last, or null if none was.
  static @Nullable CheckedPolicy policy(Sql sql, TileSource log, Policies policies)
      throws IOException, FormatException, CheckFailed {
    String bundle =
        sql.first("SELECT bundle FROM policy ORDER BY idx DESC LIMIT 1", row -> row.text(1));
    return bundle == null ? null : policies.load(log, bundle);
  }

  /// Requires that somebody may take a step of the policy's transitions.
  public void requireStep(Session session, String actor, Artifact artifact, String step)
      throws IOException, CheckFailed {
    Steps.require(session, policy.bundle(), actor, artifact.snapshot(), step);
  }

  /// Requires that somebody may approve an artifact: they did not bring it in, nor ask for an
  /// exception for it.
  public void requireIndependent(Sql sql, String person, Artifact artifact)
      throws IOException, CheckFailed {
    Barred.from(sql, artifact, policy).requireNot(person);
  }

  /// A published policy.
  ///
  /// @param bundle digest of its packed form
  public static CheckedPolicy load(TileSource log, String bundle)
      throws IOException, FormatException, CheckFailed {
    Digest digest = Digest.ofHex(bundle.substring("sha256:".length()));
    byte[] packed = log.get(Entry.envelopePath(digest));
    if (packed == null || !Digest.sha256(packed).equals(digest)) {
      throw new CheckFailed("policy", "the bundle " + bundle, "none or another");
    }
    try {
      return Packed.read(packed);
    } catch (PolicyException e) {
      throw new CheckFailed(
          "policy", "a bundle that can be loaded", String.valueOf(e.getMessage()));
    }
  }

  /// Lets the default policy hold.
  public static Change<String> publishDefault(Actor actor) {
    return publish(actor, DefaultPolicy.load(), DefaultPolicy.packed());
  }

  /// Lets a policy hold from now on.
  public static Change<String> publish(Actor actor, CheckedPolicy policy) {
    return publish(actor, policy, Packed.of(policy));
  }

  private static Change<String> publish(Actor actor, CheckedPolicy policy, byte[] packed) {
    return session -> {
      Trust.of(policy.bundle()); // a key that cannot be read would stop every examination
      for (StandingException exception : policy.bundle().exceptions()) {
        session.authority().requireRole(exception.owner(), Kind.EXCEPTION);
        session.authority().requireRole(exception.approver(), Kind.EXCEPTION);
      }
      Digest bundle = session.keep(packed);
      PolicyPublication publication =
          new PolicyPublication(
              policy.bundle().name(), policy.bundle().version(), bundle.toString());
      Subject subject = new Subject("policy", Map.of("sha256", policy.bundle().digest().hex()));
      return session
          .append(
              new Draft(Kind.POLICY, actor.id(), List.of(subject), publication.json(), actor.key()))
          .toString();
    };
  }

  /// Digest of the policy.
  public String policy() {
    return policy.digest();
  }

  /// The policy.
  public CheckedPolicy checked() {
    return policy;
  }

  /// The tier of an environment.
  public String tier(String environment) throws CheckFailed {
    requireEnvironment(environment);
    return policy.bundle().environments().getOrDefault(environment, environment);
  }

  /// Requires that the policy has an environment.
  public void requireEnvironment(String environment) throws CheckFailed {
    if (!policy.bundle().environments().containsKey(environment)) {
      throw new CheckFailed(
          "environment",
          "one of " + String.join(", ", policy.bundle().environments().keySet()),
          environment);
    }
  }

  /// Requires that the policy has a rule of which an exception may be made.
  public void requireRule(String id) throws CheckFailed {
    for (PolicyRule rule : policy.bundle().rules()) {
      if (rule.id().equals(id)) {
        if (!rule.exceptable()) {
          throw new CheckFailed("rule", "one of which an exception may be made", id);
        }
        return;
      }
    }
    throw new CheckFailed(
        "rule", "one of " + policy.bundle().rules().stream().map(PolicyRule::id).toList(), id);
  }

  /// For how long a rule may be excepted in a tier.
  public Duration longestException(String tier) {
    PolicyBundle.Tier limits = policy.bundle().tiers().get(tier);
    return Duration.ofDays(limits == null ? 0 : limits.longestExceptionDays());
  }

  /// Whose statements about artifacts are facts.
  public Trust trust() throws FormatException {
    return policies.trust(policy);
  }

  /// What the policy says at this instant; nothing is recorded.
  public Decided judge(Sql sql, Artifact artifact, String stage, String environment, Instant now)
      throws IOException, FormatException, CheckFailed {
    String tier = tier(environment);
    Facts facts =
        new FactFinder(sql, artifact, policy, trust()).find(stage, tier, environment, now);
    return new Decided(artifact, environment, tier, policy.evaluate(facts), facts, "", false);
  }

  /// Whether an artifact may run somewhere at this instant.
  public Gated gate(Sql sql, Artifact artifact, String environment, Instant now)
      throws IOException, FormatException, CheckFailed {
    Decided judged = judge(sql, artifact, "deploy", environment, now);
    Decided decided =
        new Decided(
            artifact,
            environment,
            judged.tier(),
            judged.decision(),
            judged.facts(),
            "",
            Acts.isPromoted(sql, artifact, environment));
    return new Gated(decided, Acts.isGlassBroken(sql, artifact, environment, now));
  }

  /// Decides, and records the decision, whatever it is. One that passes at the stage `promote`
  /// promotes.
  public Decided decide(
      Session session, String actor, Artifact artifact, String stage, String environment)
      throws IOException, FormatException, CheckFailed {
    Decided judged = judge(session.sql(), artifact, stage, environment, session.now());
    Digest facts = session.keep(judged.facts().json().getBytes(StandardCharsets.UTF_8));
    Set<String> inputs = new LinkedHashSet<>();
    judged.decision().rules().forEach(result -> inputs.addAll(result.evidence()));
    Decision statement =
        new Decision(
            verifier,
            session.now(),
            "vidimus://" + artifact.label(),
            policy.digest(),
            List.copyOf(inputs),
            judged.decision().outcome().word(),
            stage,
            environment,
            judged.tier(),
            EvidenceDigest.of(session.sql(), artifact.snapshot()),
            facts.toString(),
            judged.decision().until(),
            judged.decision().json());
    Digest envelope =
        session.append(
            new Draft(
                Kind.DECISION,
                actor,
                Acts.subjects(session.sql(), artifact.snapshot()),
                statement.json(),
                gate));
    return new Decided(
        artifact,
        environment,
        judged.tier(),
        judged.decision(),
        judged.facts(),
        envelope.toString(),
        judged.decision().passed() && stage.equals("promote"));
  }
}
