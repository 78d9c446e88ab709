package dev.vidimus.registry.lifecycle;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.registry.change.Change;
import dev.vidimus.registry.change.Draft;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.statement.Approval;
import dev.vidimus.registry.statement.BreakGlass;
import dev.vidimus.registry.statement.Deployment;
import dev.vidimus.registry.statement.Deprecation;
import dev.vidimus.registry.statement.ExceptionGrant;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.registry.statement.Revocation;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The acts, as changes: each looks at the registry at its instant and refuses what may not be.
public final class Acts {
  /// The longest that broken glass stays open.
  public static final Duration LONGEST_GLASS = Duration.ofHours(4);

  private Acts() {}

  /// What an act was about.
  ///
  /// @param artifact which one
  /// @param envelope digest of the statement
  public record Done(Artifact artifact, String envelope) {}

  /// The artifact that a statement is about, its first subject.
  public static String snapshot(List<Subject> subjects) {
    return "sha256:" + subjects.getFirst().digest().getOrDefault("sha256", "");
  }

  /// The subjects of a statement about an artifact.
  public static List<Subject> subjects(String snapshot) {
    return List.of(
        new Subject("snapshot", Map.of("sha256", snapshot.substring("sha256:".length()))));
  }

  /// The subjects of a statement about an artifact under every alias, the snapshot first.
  public static List<Subject> subjects(Sql sql, String snapshot) throws IOException {
    List<Subject> subjects = new ArrayList<>(subjects(snapshot));
    subjects.addAll(
        sql.all(
            "SELECT alias, kind FROM alias WHERE snapshot = ? AND alias <> ? ORDER BY kind, alias",
            row -> {
              String alias = row.text(1);
              int colon = alias.indexOf(':');
              return new Subject(
                  row.text(2), Map.of(alias.substring(0, colon), alias.substring(colon + 1)));
            },
            snapshot,
            snapshot));
    return subjects;
  }

  /// A person approves or rejects. That the person may approve this artifact is for the caller to
  /// know; anybody with the role may reject it.
  ///
  /// @param policy digest of the policy that holds
  public static Change<Done> answer(
      Actor actor, String ref, String environment, String policy, boolean reject, String reason) {
    return session -> {
      Sql sql = session.sql();
      session.authority().requireRole(actor.id(), Kind.APPROVAL);
      Artifact artifact = new References(sql).resolve(ref);
      if (!reject) {
        requireApprovable(sql, actor, artifact, environment, policy);
      }
      Approval approval =
          new Approval(
              environment, policy, EvidenceDigest.of(sql, artifact.snapshot()), reject, reason);
      return new Done(
          artifact,
          session
              .append(
                  new Draft(
                      Kind.APPROVAL,
                      actor.id(),
                      subjects(artifact.snapshot()),
                      approval.json(),
                      actor.key()))
              .toString());
    };
  }

  private static void requireApprovable(
      Sql sql, Actor actor, Artifact artifact, String environment, String policy)
      throws IOException, CheckFailed {
    requireNotRevoked(sql, artifact);
    long same =
        sql.number(
            "SELECT count(*) FROM approval WHERE snapshot = ? AND environment = ? AND person = ?"
                + " AND policy = ? AND evidence = ? AND rejected = 0 AND idx > (SELECT"
                + " coalesce(max(o.idx), -1) FROM approval o WHERE o.snapshot = approval.snapshot"
                + " AND o.environment = approval.environment AND o.person = approval.person"
                + " AND o.rejected = 1)",
            artifact.snapshot(),
            environment,
            actor.id(),
            policy,
            EvidenceDigest.of(sql, artifact.snapshot()));
    if (same > 0) {
      throw new CheckFailed("approval", "another person than who approved already", actor.id());
    }
  }

  private static void requireNotRevoked(Sql sql, Artifact artifact)
      throws IOException, CheckFailed {
    List<Impact.Revoked> revoked = new Impact(sql).revocations(artifact.snapshot());
    if (!revoked.isEmpty()) {
      throw new CheckFailed(
          "revocation",
          "an artifact that is not revoked",
          "revoked: " + revoked.getFirst().reason());
    }
  }

  /// A workload runs an artifact from now on. That it may is for the caller to know.
  ///
  /// @param gate the gate's key, which signs it
  public static Change<Done> deploy(
      String actor,
      SigningKey gate,
      String ref,
      String environment,
      String workload,
      @Nullable String config) {
    return session -> {
      Artifact artifact = new References(session.sql()).resolve(ref);
      requireNotRevoked(session.sql(), artifact);
      Deployment deployment = new Deployment(environment, workload, config, false);
      return new Done(
          artifact,
          session
              .append(
                  new Draft(
                      Kind.DEPLOYMENT,
                      actor,
                      subjects(artifact.snapshot()),
                      deployment.json(),
                      gate))
              .toString());
    };
  }

  /// Whether it is promoted there.
  public static boolean isPromoted(Sql sql, Artifact artifact, String environment)
      throws IOException {
    return sql.number(
            "SELECT count(*) FROM promotion"
                + " WHERE snapshot = ? AND environment = ? AND until IS NULL",
            artifact.snapshot(),
            environment)
        > 0;
  }

  /// Whether somebody broke the glass for it there.
  ///
  /// @param now in whole seconds, so that its text sorts with those of the table
  public static boolean isGlassBroken(Sql sql, Artifact artifact, String environment, Instant now)
      throws IOException {
    return sql.number(
            "SELECT count(*) FROM break_glass"
                + " WHERE snapshot = ? AND environment = ? AND expires > ?",
            artifact.snapshot(),
            environment,
            now)
        > 0;
  }

  /// A workload does not run any more.
  public static Change<Done> retire(
      String actor, SigningKey gate, String environment, String workload) {
    return session -> {
      String snapshot =
          session
              .sql()
              .first(
                  "SELECT snapshot FROM deployment"
                      + " WHERE environment = ? AND workload = ? AND until IS NULL",
                  row -> row.text(1),
                  environment,
                  workload);
      if (snapshot == null) {
        throw new CheckFailed(
            "deployment", "a workload that runs in " + environment, workload + ", which does not");
      }
      Deployment deployment = new Deployment(environment, workload, null, true);
      Artifact artifact = new References(session.sql()).resolve(snapshot);
      return new Done(
          artifact,
          session
              .append(
                  new Draft(Kind.DEPLOYMENT, actor, subjects(snapshot), deployment.json(), gate))
              .toString());
    };
  }

  /// What a revocation reaches.
  ///
  /// @param envelope digest of the statement; empty if it was only asked what it would reach
  /// @param artifacts that may run nowhere any more
  /// @param running what runs of them now
  public record Revoked(String envelope, List<Artifact> artifacts, List<Impact.Running> running) {}

  /// Whatever the selectors mean may run nowhere from now on. One person suffices: it is the safe
  /// direction.
  ///
  /// @param dryRun whether nothing is to be logged
  public static Change<Revoked> revoke(
      Actor actor, List<String> selectors, boolean malicious, String reason, boolean dryRun) {
    return session -> {
      Impact impact = new Impact(session.sql());
      List<Artifact> artifacts = impact.artifacts(selectors);
      List<Impact.Running> running = new ArrayList<>();
      for (Artifact artifact : artifacts) {
        running.addAll(impact.running(artifact));
      }
      if (dryRun) {
        return new Revoked("", artifacts, running);
      }
      List<String> exact = new ArrayList<>();
      for (String selector : selectors) {
        exact.addAll(impact.exact(selector));
      }
      Revocation revocation = new Revocation(exact, malicious, reason);
      if (exact.isEmpty()) {
        throw new CheckFailed(
            "selector", "one that means something now or later", String.join(", ", selectors));
      }
      List<Subject> subjects =
          artifacts.isEmpty() ? List.of() : subjects(artifacts.getFirst().snapshot());
      String envelope =
          session
              .append(
                  new Draft(Kind.REVOCATION, actor.id(), subjects, revocation.json(), actor.key()))
              .toString();
      return new Revoked(envelope, artifacts, running);
    };
  }

  /// An artifact should be replaced.
  public static Change<Done> deprecate(
      Actor actor, String ref, @Nullable String replacement, String reason) {
    return session -> {
      References references = new References(session.sql());
      Artifact artifact = references.resolve(ref);
      String by = replacement == null ? null : references.resolve(replacement).snapshot();
      Deprecation deprecation = new Deprecation(by, reason);
      return new Done(
          artifact,
          session
              .append(
                  new Draft(
                      Kind.DEPRECATION,
                      actor.id(),
                      subjects(artifact.snapshot()),
                      deprecation.json(),
                      actor.key()))
              .toString());
    };
  }

  /// Asks that a rule does not apply to an artifact until a time.
  ///
  /// @param longest that the tier allows
  public static Change<Done> requestException(
      Actor actor, String ref, String rule, String reason, Instant expires, Duration longest) {
    return session -> {
      Artifact artifact = new References(session.sql()).resolve(ref);
      if (!expires.isAfter(session.now()) || expires.isAfter(session.now().plus(longest))) {
        throw new CheckFailed(
            "expiry",
            "a time in the future, at most " + longest.toDays() + " days from now",
            expires.toString());
      }
      ExceptionGrant request = new ExceptionGrant(rule, reason, expires, null);
      return new Done(
          artifact,
          session
              .append(
                  new Draft(
                      Kind.EXCEPTION,
                      actor.id(),
                      subjects(artifact.snapshot()),
                      request.json(),
                      actor.key()))
              .toString());
    };
  }

  /// Grants what another person asked for.
  ///
  /// @param request digest of the request's envelope, or a unique prefix
  public static Change<Done> grantException(Actor actor, String request) {
    return session -> {
      Requested requested =
          session
              .sql()
              .first(
                  "SELECT snapshot, rule, reason, expires, owner, approver, envelope FROM exception"
                      + " WHERE envelope >= ? AND envelope < ?",
                  row ->
                      new Requested(
                          row.text(1),
                          row.text(2),
                          row.text(3),
                          Instant.parse(row.text(4)),
                          row.text(5),
                          row.text(6),
                          row.text(7)),
                  request,
                  request + "g");
      if (requested == null || request.length() < "sha256:".length() + 12) {
        throw new CheckFailed("exception", "the id of a request", request);
      }
      if (requested.owner().equals(actor.id())) {
        throw new CheckFailed("separation of duties", "another person than the owner", actor.id());
      }
      if (Artifact.submitters(session.sql(), requested.snapshot()).contains(actor.id())) {
        throw new CheckFailed(
            "separation of duties", "somebody who did not submit the artifact", actor.id());
      }
      if (!requested.approver().isEmpty()) {
        throw new CheckFailed("exception", "one that is not granted yet", request);
      }
      ExceptionGrant grant =
          new ExceptionGrant(
              requested.rule(), requested.reason(), requested.expires(), requested.envelope());
      return new Done(
          new References(session.sql()).resolve(requested.snapshot()),
          session
              .append(
                  new Draft(
                      Kind.EXCEPTION,
                      actor.id(),
                      subjects(requested.snapshot()),
                      grant.json(),
                      actor.key()))
              .toString());
    };
  }

  private record Requested(
      String snapshot,
      String rule,
      String reason,
      Instant expires,
      String owner,
      String approver,
      String envelope) {}

  /// Lets an artifact run for an emergency.
  public static Change<Done> breakGlass(
      Actor actor, String ref, String environment, String incident, String reason, Duration open) {
    return session -> {
      Artifact artifact = new References(session.sql()).resolve(ref);
      if (open.compareTo(LONGEST_GLASS) > 0 || open.isNegative() || open.isZero()) {
        throw new CheckFailed(
            "duration", "at most " + LONGEST_GLASS.toHours() + " hours", open.toString());
      }
      for (Impact.Revoked revoked : new Impact(session.sql()).revocations(artifact.snapshot())) {
        if (revoked.malicious()) {
          throw new CheckFailed(
              "revocation", "no malicious revocation", "revoked: " + revoked.reason());
        }
      }
      BreakGlass glass = new BreakGlass(environment, incident, reason, session.now().plus(open));
      return new Done(
          artifact,
          session
              .append(
                  new Draft(
                      Kind.BREAK_GLASS,
                      actor.id(),
                      subjects(artifact.snapshot()),
                      glass.json(),
                      actor.key()))
              .toString());
    };
  }
}
