package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.policy.Decision;
import dev.vidimus.policy.Decision.RuleResult;
import dev.vidimus.policy.Decision.Status;
import dev.vidimus.policy.PolicyRule;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Gated;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.shelf.Revisions;
import dev.vidimus.registry.shelf.Shelf;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Puts a name and a revision to the registry's gate, and says in which shape a no is answered:
/// a client that has an old copy uses it silently after any no but that of a missing revision, so
/// that one is for what was had before and must not be used any more.
final class Decisions {
  /// A reference by the beginning of a digest.
  private static final int SHORT_DIGEST = "sha256:".length() + 16;

  private final Registry registry;
  private final Shelves shelves;

  Decisions(Registry registry) {
    this.registry = registry;
    this.shelves = new Shelves(registry);
  }

  /// @param now this second
  Outcome of(RepositoryName repository, String revision, String environment, Instant now)
      throws IOException, FormatException, CheckFailed {
    boolean isMain = revision.equals("main") || revision.equals("HEAD");
    String about = repository.registryName() + "@" + revision;
    if (!isMain && !Revisions.isCommit(revision)) {
      return new Outcome.Closed(
          shape(
              404,
              "RevisionNotFound",
              about,
              "unknown",
              List.of("there are main and commits"),
              "",
              null));
    }
    String name = repository.registryName();
    List<Artifact> candidates = isMain ? current(name, environment, now) : byCommit(name, revision);
    Outcome.@Nullable Closed refused = null;
    for (Artifact artifact : candidates) {
      Gated gated = registry.gate(artifact, environment);
      if (gated.open()) {
        return open(name, isMain ? "" : revision, artifact, gated);
      }
      if (refused == null) {
        refused = closed(about, artifact, environment, gated, isMain);
      }
    }
    if (refused != null) {
      return refused;
    }
    Artifact latest = registry.ask(sql -> new Revisions(sql).latest(name));
    if (latest == null || !isMain) {
      return new Outcome.Absent(name, isMain ? "main" : revision);
    }
    return closed(about, latest, environment, registry.gate(latest, environment), false);
  }

  /// What `main` can mean: what is promoted, else what an emergency lets run.
  private List<Artifact> current(String name, String environment, Instant now)
      throws IOException, FormatException, CheckFailed {
    return registry.ask(
        sql -> {
          Revisions revisions = new Revisions(sql);
          List<Artifact> found = new ArrayList<>();
          for (Artifact artifact :
              new Artifact[] {
                revisions.promoted(name, environment), revisions.underGlass(name, environment, now)
              }) {
            if (artifact != null) {
              found.add(artifact);
            }
          }
          return found;
        });
  }

  private List<Artifact> byCommit(String name, String commit)
      throws IOException, FormatException, CheckFailed {
    return registry.ask(sql -> new Revisions(sql).byCommit(name, commit));
  }

  private Outcome open(String name, String asked, Artifact artifact, Gated gated)
      throws IOException, FormatException, CheckFailed {
    Shelf shelf = shelves.of(artifact.snapshot());
    record Known(String commit, Revisions.@Nullable Superseded deprecated) {}
    Known known =
        registry.ask(
            sql -> {
              Revisions revisions = new Revisions(sql);
              return new Known(
                  revisions.commit(name, artifact.snapshot()),
                  revisions.deprecated(artifact.snapshot()));
            });
    List<String> warnings = new ArrayList<>();
    Revisions.Superseded deprecated = known.deprecated();
    if (deprecated != null) {
      warnings.add(
          "is DEPRECATED: "
              + deprecated.reason()
              + (deprecated.replacement().isEmpty()
                  ? ""
                  : ". Use " + deprecated.replacement() + " instead"));
    }
    if (gated.glass()) {
      warnings.add("runs because somebody broke the glass");
    }
    for (RuleResult result : gated.decided().decision().rules()) {
      if (result.mode() != PolicyRule.Mode.ENFORCE
          && (result.status() == Status.FAIL || result.status() == Status.UNKNOWN)) {
        warnings.add(
            (result.mode() == PolicyRule.Mode.SHADOW ? "would be REFUSED: " : "warning: ")
                + result.rule().title()
                + ": "
                + result.message());
      }
    }
    String warning = warnings.isEmpty() ? "" : name + " " + String.join(" | ", warnings);
    return new Outcome.Open(artifact, shelf, asked.isEmpty() ? known.commit() : asked, warning);
  }

  /// @param wasHad whether the revision was promoted here, so that clients may have copies
  private Outcome.Closed closed(
      String about, Artifact artifact, String environment, Gated gated, boolean wasHad)
      throws IOException, FormatException, CheckFailed {
    record Said(List<Impact.Revoked> revoked, Chain.@Nullable Decided decided) {}
    Said said =
        registry.ask(
            sql ->
                new Said(
                    new Impact(sql).revocations(artifact.snapshot()),
                    new Chain(sql).lastDecision(artifact.snapshot())));
    boolean promoted = gated.decided().promoted();
    // What keeps it from running, or, if nobody let it in yet, what keeps it from being let in.
    Decision judged =
        promoted
            ? gated.decided().decision()
            : registry.judge(artifact.snapshot(), environment, "promote").decision();
    List<String> reasons = new ArrayList<>();
    said.revoked().forEach(one -> reasons.add(one.reason()));
    for (RuleResult result : judged.blocking()) {
      reasons.add(result.message().isEmpty() ? result.rule().title() : result.message());
    }
    if (!promoted) {
      reasons.add("it is not promoted to " + environment);
    }
    List<String> actions = judged.actions();
    String next =
        actions.isEmpty() ? "promote it: vidimus promote " + artifact.label() : actions.getFirst();
    String decision = said.decided() == null ? "" : said.decided().envelope();
    String state = artifact.state();
    boolean waits =
        state.equals("quarantined") || state.equals("inspected") || state.equals("rejected");
    HubRefusal.Shape shape =
        !said.revoked().isEmpty()
            ? shape(404, "RevisionNotFound", about, "revoked", reasons, "", artifact)
            : waits && !wasHad && !promoted
                ? shape(403, "GatedRepo", about, word(state), reasons, next, artifact)
                : shape(404, "RevisionNotFound", about, "not promoted", reasons, next, artifact);
    return new Outcome.Closed(
        new HubRefusal.Shape(
            shape.status(),
            shape.code(),
            shape.about(),
            shape.state(),
            shape.reasons(),
            shape.next(),
            decision,
            shape.see(),
            "",
            artifact.snapshot()));
  }

  /// What is examined and waits for people is in quarantine to whoever wants to use it.
  private static String word(String state) {
    return state.equals("inspected") ? "quarantined" : state.toLowerCase(Locale.ROOT);
  }

  private static HubRefusal.Shape shape(
      int status,
      String code,
      String about,
      String state,
      List<String> reasons,
      String next,
      @Nullable Artifact artifact) {
    return new HubRefusal.Shape(
        status,
        code,
        about,
        state,
        reasons,
        next,
        "",
        artifact == null ? "" : "/artifacts/" + artifact.snapshot().substring(0, SHORT_DIGEST),
        "",
        artifact == null ? "" : artifact.snapshot());
  }

  /// A token that is not for a repository, whatever stands in that.
  static HubRefusal notCovered(RepositoryName repository, String revision) {
    return new HubRefusal(
        shape(
            403,
            "GatedRepo",
            repository.registryName() + "@" + revision,
            "out of reach",
            List.of("this token is not for this repository"),
            "ask an admin for one that is",
            null));
  }
}
