package dev.vidimus.server.pages;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.home.People;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Bills;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Findings;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.LineageMap;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.question.Profile;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.pages.jte.JteartifactGenerated;
import dev.vidimus.server.pages.jte.JtedecisionGenerated;
import dev.vidimus.server.pages.model.Dossier;
import dev.vidimus.server.pages.model.Drawing;
import dev.vidimus.server.pages.model.Verdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything about one artifact, and what the policy says of it.
final class ArtifactPages {
  private static final int MOST_FILES = 500;
  private static final int MOST_FINDINGS = 500;
  private static final int MOST_PARTS = 1_000;

  private final Registry registry;
  private final Pages pages;
  private final RecentParts parts = new RecentParts(MOST_PARTS);

  ArtifactPages(Registry registry, Pages pages) {
    this.registry = registry;
    this.pages = pages;
  }

  void artifact(Exchange exchange) throws IOException, FormatException, CheckFailed {
    Artifact artifact = registry.resolve(exchange.segment("ref"));
    Map<String, String> names = new People(registry.home().names()).names();
    List<String> environments = environments();
    List<Dossier.Answered> answers =
        registry.answers(artifact.snapshot()).stream()
            .map(one -> new Dossier.Answered(names.getOrDefault(one.person(), one.person()), one))
            .toList();
    LineageMap map = registry.lineage();
    Dossier dossier =
        registry.ask(
            sql -> {
              String snapshot = artifact.snapshot();
              Chain chain = new Chain(sql);
              Profile profile = new Profile(sql);
              Impact impact = new Impact(sql);
              return new Dossier(
                  artifact,
                  names.getOrDefault(artifact.submitter(), artifact.submitter()),
                  profile.aliases(snapshot),
                  profile.files(snapshot, MOST_FILES),
                  profile.inspections(snapshot),
                  found(new Findings(sql, registry.log()).of(snapshot)),
                  parts.of(new Bills(sql, registry.log()), snapshot),
                  chain.promotions(snapshot),
                  chain.decisions(snapshot),
                  answers,
                  impact.running(artifact),
                  impact.revocations(snapshot),
                  chain.statements(snapshot).stream()
                      .map(
                          said ->
                              new Dossier.Event(
                                  names.getOrDefault(said.actor(), said.actor()), said))
                      .toList(),
                  environments,
                  Drawing.of(LineageStory.of(sql, map, snapshot, null, Drawing.MOST, false)));
            });
    pages.show(
        exchange,
        pages.frame(exchange, artifact.label(), "Artifacts"),
        (out, frame) -> JteartifactGenerated.render(out, null, frame, dossier));
  }

  private static List<Dossier.Found> found(List<JsonObject> findings) {
    List<Dossier.Found> all = new ArrayList<>();
    for (JsonObject finding : findings) {
      if (all.size() == MOST_FINDINGS) {
        break;
      }
      String part = finding.string("notExamined");
      all.add(
          part != null
              ? new Dossier.Found("medium", "not examined", part, "", "", "")
              : new Dossier.Found(
                  text(finding, "level").toLowerCase(Locale.ROOT),
                  text(finding, "rule"),
                  place(finding),
                  text(finding, "message"),
                  text(finding, "evidence"),
                  text(finding, "fix")));
    }
    return all;
  }

  private static String place(JsonObject finding) {
    String member = text(finding, "member");
    String place = text(finding, "file") + (member.isEmpty() ? "" : " : " + member);
    return finding.get("offset") instanceof JsonNumber offset && !offset.text().startsWith("-")
        ? place + " at byte " + offset.text()
        : place;
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }

  List<String> environments() throws IOException, FormatException, CheckFailed {
    return List.copyOf(registry.policy().bundle().environments().keySet());
  }

  /// What the policy says of the artifact that a path names.
  Verdict verdict(Exchange exchange, @Nullable String environment)
      throws IOException, FormatException, CheckFailed {
    Artifact artifact = registry.resolve(exchange.segment("ref"));
    String asked = environment == null || environment.isEmpty() ? null : environment;
    Decided decided = registry.judge(artifact.snapshot(), asked, "promote");
    boolean open = registry.gate(artifact, decided.environment()).open();
    return new Verdict(decided, open, environments());
  }

  void decision(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Verdict verdict = verdict(exchange, exchange.query().get("environment"));
    pages.show(
        exchange,
        pages.frame(
            exchange, "Decision about " + verdict.decided().artifact().label(), "Artifacts"),
        (out, frame) -> JtedecisionGenerated.render(out, null, frame, verdict));
  }
}
