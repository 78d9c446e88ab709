package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Downstream;
import dev.vidimus.registry.question.Findings;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.LineageMap;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.question.Listing;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.question.Tensors;
import dev.vidimus.registry.view.ArtifactView;
import dev.vidimus.registry.view.ChainView;
import dev.vidimus.registry.view.LineageView;
import dev.vidimus.registry.view.RunningView;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What is known of artifacts: lists, the whole story of one, names.
final class ArtifactResources {
  private static final Pattern DIGEST = Pattern.compile("(?:sha256:)?([0-9a-f]{64})");

  private final Registry registry;

  ArtifactResources(Registry registry) {
    this.registry = registry;
  }

  void addTo(Api api) {
    api.read(
        "/artifacts",
        Permission.READ,
        Operation.of("Lists artifacts, the newest first.", "ArtifactPage")
            .with("state", "quarantined, inspected, approved, rejected or revoked")
            .with("name", "a part of the name")
            .with("limit", "artifacts of a page, 1 to 200; 50 if it is not given")
            .with("cursor", "the page's, from `next` of the page before"),
        this::list);
    api.read(
        "/artifacts/{ref}",
        Permission.READ,
        Operation.of("Everything that was said of an artifact.", "ArtifactStory"),
        this::story);
    api.read(
        "/artifacts/{ref}/findings",
        Permission.READ,
        Operation.of("The findings of its last inspections.", "Findings"),
        this::findings);
    api.read(
        "/artifacts/{ref}/answers",
        Permission.READ,
        Operation.of("Who approved or rejected it, and whether that still counts.", "Answers"),
        this::answers);
    api.read(
        "/names/{name}",
        Permission.READ,
        Operation.of("The versions of a name, and where each stands.", "Versions"),
        this::versions);
    api.read(
        "/queue",
        Permission.READ,
        Operation.of("What waits in quarantine, and the next step of each.", "Queue"),
        this::queue);
    api.read(
        "/impact",
        Permission.READ,
        Operation.of(
                "Which artifacts selectors mean, what follows from them, where it runs.", "Impact")
            .needs(
                "selector",
                "a REF, signer:, source:, finding:, file:, tensor: or base:; can be given again"),
        this::impact);
    api.read(
        "/artifacts/{ref}/lineage",
        Permission.READ,
        Operation.of("What it was made from, what was made from it, and what is proven.", "Lineage")
            .with("direction", "up or down; both if it is not given")
            .with("plan", "true for the order in which things are taken out of use"),
        this::lineage);
    api.read(
        "/tensors/{digest}",
        Permission.READ,
        Operation.of("Which artifacts have a tensor, or a tensor root.", "FoundTensors")
            .with("limit", "tensors of a page, 1 to 200; 50 if it is not given")
            .with("cursor", "the page's, from `next` of the page before"),
        this::tensors);
  }

  private Reply list(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Parameters query = exchange.query();
    Paging paging = Paging.of(query);
    String state = query.get("state");
    String name = query.get("name");
    Listing.Page page =
        registry.ask(
            sql -> new Listing(sql).artifacts(state, name, paging.before(), paging.limit()));
    JsonWriter json = new JsonWriter().object().name("artifacts").array();
    page.artifacts().forEach(artifact -> ArtifactView.write(json, artifact));
    return Reply.ok(json.endArray().name("next").string(page.next()).endObject());
  }

  private Reply story(Exchange exchange) throws IOException, FormatException, CheckFailed {
    JsonWriter json = new JsonWriter().object();
    registry.ask(
        sql -> {
          Artifact artifact = new References(sql).resolve(exchange.segment("ref"));
          Chain chain = new Chain(sql);
          Impact impact = new Impact(sql);
          ArtifactView.members(json, artifact);
          ChainView.revoked(json, impact.revocations(artifact.snapshot()));
          ChainView.promoted(json, chain.promotions(artifact.snapshot()));
          ChainView.decisions(json, chain.decisions(artifact.snapshot()));
          json.name("running").array();
          impact.running(artifact).forEach(one -> RunningView.write(json, one));
          json.endArray();
          ChainView.statements(json, chain.statements(artifact.snapshot()));
          return true;
        });
    return Reply.ok(json.endObject());
  }

  private Reply findings(Exchange exchange) throws IOException, FormatException, CheckFailed {
    List<JsonObject> findings =
        registry.ask(
            sql ->
                new Findings(sql, registry.log())
                    .of(new References(sql).resolve(exchange.segment("ref")).snapshot()));
    JsonWriter json = new JsonWriter().object().name("findings").array();
    findings.forEach(json::value);
    return Reply.ok(json.endArray().endObject());
  }

  private Reply answers(Exchange exchange) throws IOException, FormatException, CheckFailed {
    JsonWriter json = new JsonWriter().object();
    ChainView.answers(json, registry.answers(exchange.segment("ref")));
    return Reply.ok(json.endObject());
  }

  private Reply versions(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String name = exchange.segment("name");
    List<Chain.Version> versions = registry.ask(sql -> new Chain(sql).versions(name));
    if (versions.isEmpty()) {
      throw Problem.notFound("no version of " + name + " is known here", "GET /api/v1/queue");
    }
    JsonWriter json = new JsonWriter().object().name("name").string(name);
    ChainView.versions(json, versions);
    return Reply.ok(json.endObject());
  }

  private Reply queue(Exchange exchange) throws IOException, FormatException, CheckFailed {
    JsonWriter json = new JsonWriter().object().name("waiting").array();
    registry.ask(
        sql -> {
          Chain chain = new Chain(sql);
          for (Artifact artifact : chain.waiting()) {
            Chain.Decided decided = chain.lastDecision(artifact.snapshot());
            String outcome = decided == null ? "not-decided" : decided.outcome();
            json.object();
            ArtifactView.members(json, artifact);
            json.name("outcome").string(outcome).name("next");
            json.string(outcome.equals("awaiting-approval") ? "approve" : "explain").endObject();
          }
          return true;
        });
    return Reply.ok(json.endArray().endObject());
  }

  private Reply impact(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    List<String> selectors = exchange.query().all("selector");
    if (selectors.isEmpty()) {
      throw Problem.badRequest("no selector is given", "?selector=finding:VID-PICKLE-001");
    }
    JsonWriter json = new JsonWriter().object().name("artifacts").array();
    LineageMap map = registry.lineage();
    registry.ask(
        sql -> {
          Impact impact = new Impact(sql);
          List<Artifact> artifacts = impact.artifacts(selectors);
          List<Impact.Running> running = new ArrayList<>();
          for (Artifact artifact : artifacts) {
            ArtifactView.write(json, artifact);
            running.addAll(impact.running(artifact));
          }
          json.endArray().name("running").array();
          running.forEach(one -> RunningView.write(json, one));
          LineageView.reached(json.endArray(), Downstream.of(sql, map, artifacts));
          return true;
        });
    return Reply.ok(json.endObject());
  }

  private Reply lineage(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String asked = exchange.query().get("direction");
    Direction only =
        asked == null || asked.isEmpty()
            ? null
            : switch (asked) {
              case "up" -> Direction.UP;
              case "down" -> Direction.DOWN;
              default -> throw Problem.badRequest("direction is up or down, not " + asked, "");
            };
    String ref = exchange.segment("ref");
    LineageMap map = registry.lineage();
    String key = map.id(ref) != null ? ref : registry.resolve(ref).snapshot();
    boolean hasPlan = "true".equals(exchange.query().get("plan"));
    JsonWriter json = new JsonWriter().object();
    LineageView.members(
        json,
        registry.ask(sql -> LineageStory.of(sql, map, key, only, LineageStory.MOST, hasPlan)));
    return Reply.ok(json.endObject());
  }

  private Reply tensors(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Matcher hex = DIGEST.matcher(exchange.segment("digest"));
    if (!hex.matches()) {
      throw Problem.badRequest(
          "a digest is 64 hex digits, perhaps behind sha256:", "vidimus tensors PATH lists them");
    }
    String digest = "sha256:" + hex.group(1);
    JsonWriter json = new JsonWriter().object().name("found").array();
    Paging paging = Paging.of(exchange.query());
    long from = Math.max(0, paging.before());
    Tensors.Page page = registry.ask(sql -> new Tensors(sql).page(digest, from, paging.limit()));
    for (Tensors.Found found : page.found()) {
      json.object().name("artifact").string(found.artifact().snapshot());
      json.name("label").string(found.artifact().label());
      json.name("state").string(found.artifact().state()).name("folder").string(found.folder());
      json.name("name").string(found.name()).name("type").string(found.dtype());
      json.name("shape").string(found.shape()).name("bytes").number(found.bytes()).endObject();
    }
    return Reply.ok(json.endArray().name("next").string(page.next()).endObject());
  }
}
