package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.decide.Gated;
import dev.vidimus.registry.decide.Replay;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.view.ChainView;
import dev.vidimus.registry.view.DecisionView;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.identity.Signers;
import dev.vidimus.server.moment.Moments;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// May it pass? What the policy says, and the answers of people.
final class DecisionResources {
  private final Registry registry;
  private final Signers signers;
  private final Moments<Asked, Reply> gates;

  private record Asked(String ref, String environment) {}

  DecisionResources(Registry registry, Signers signers, InstantSource clock) {
    this.registry = registry;
    this.signers = signers;
    this.gates = new Moments<>(registry, clock, (asked, now) -> gate(asked));
  }

  void addTo(Api api) {
    api.read(
        "/artifacts/{ref}/decision",
        Permission.READ,
        Operation.of("What the policy says now of promoting it, rule by rule.", "Decision")
            .with("environment", "where; what it was admitted for otherwise"),
        this::explain);
    api.read(
        "/artifacts/{ref}/gate",
        Permission.READ,
        Operation.of("Whether it may run somewhere at this instant.", "Gate")
            .with("environment", "where; what it was admitted for otherwise"),
        this::gate);
    api.read(
        "/decisions/{digest}",
        Permission.READ,
        Operation.of("A recorded decision.", "RecordedDecision"),
        this::recorded);
    api.read(
        "/decisions/{digest}/replay",
        Permission.READ,
        Operation.of("The same, judged once more from the facts recorded with it.", "Decision")
            .with("exception", "a rule that is taken as excepted; can be given again"),
        this::replay);
    api.write(
        Verb.POST,
        "/artifacts/{ref}/approvals",
        Permission.REVIEW,
        Operation.of("Approves it for an environment.", "Done").takes("Answer"),
        exchange -> answer(exchange, false));
    api.write(
        Verb.POST,
        "/artifacts/{ref}/rejections",
        Permission.REVIEW,
        Operation.of("Rejects it.", "Done").takes("Answer"),
        exchange -> answer(exchange, true));
    api.write(
        Verb.POST,
        "/artifacts/{ref}/promotions",
        Permission.RELEASE,
        Operation.of("Decides anew, and promotes it if every rule passes.", "Decision")
            .takes("Promotion"),
        this::promote);
  }

  private Reply explain(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    return reply(
        200,
        registry.judge(exchange.segment("ref"), exchange.query().get("environment"), "promote"));
  }

  private Reply gate(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    return gates.answer(new Asked(exchange.segment("ref"), exchange.query().text("environment")));
  }

  private Reply gate(Asked asked) throws IOException, FormatException, CheckFailed {
    String environment = asked.environment().isEmpty() ? null : asked.environment();
    Gated gated = registry.gate(registry.resolve(asked.ref()), environment);
    JsonWriter json = new JsonWriter().object();
    DecisionView.write(json, gated);
    return Reply.ok(json.endObject());
  }

  private Reply recorded(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String digest = digest(exchange);
    Chain.@Nullable Decided decided = registry.ask(sql -> new Chain(sql).decision(digest));
    if (decided == null) {
      throw Problem.notFound("no decision " + digest, "");
    }
    JsonWriter json = new JsonWriter();
    ChainView.decision(json, decided);
    return Reply.ok(json);
  }

  private Reply replay(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String digest = digest(exchange);
    List<String> exceptions = exchange.query().all("exception");
    return reply(
        200, registry.ask(sql -> Replay.decision(sql, registry.log(), digest, exceptions)));
  }

  private static String digest(Exchange exchange) throws Problem {
    String digest = exchange.segment("digest");
    if (!digest.matches("sha256:[0-9a-f]{12,64}")) {
      throw Problem.badRequest(digest + ": no digest of a decision", "sha256: and hex digits");
    }
    return digest;
  }

  private Reply answer(Exchange exchange, boolean reject)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "environment", "reason");
    String reason = body.textOrNull("reason");
    if (reject && (reason == null || reason.isBlank())) {
      throw Problem.badRequest("a rejection needs a reason", "");
    }
    Acts.Done done =
        registry.answer(
            signers.actor(exchange.caller(), exchange.secret()),
            exchange.segment("ref"),
            body.textOrNull("environment"),
            reject,
            reason == null ? "" : reason);
    return done(done);
  }

  private Reply promote(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "environment");
    return reply(
        201,
        registry.promote(
            exchange.caller().id(), exchange.segment("ref"), body.textOrNull("environment")));
  }

  static Reply done(Acts.Done done) {
    JsonWriter json = new JsonWriter().object();
    json.name("artifact").string(done.artifact().snapshot());
    json.name("label").string(done.artifact().label());
    json.name("statement").string(done.envelope()).endObject();
    return new Reply(201, json.toString(), "");
  }

  private static Reply reply(int status, Decided decided) {
    JsonWriter json = new JsonWriter().object();
    DecisionView.write(json, decided);
    return new Reply(status, json.endObject().toString(), "");
  }
}
