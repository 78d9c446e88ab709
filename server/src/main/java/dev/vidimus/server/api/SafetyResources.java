package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Exceptions;
import dev.vidimus.registry.view.ArtifactView;
import dev.vidimus.registry.view.RunningView;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.identity.Signers;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// Taking back, and letting pass all the same: revocations, deprecations, exceptions, broken glass.
final class SafetyResources {
  private final Registry registry;
  private final Signers signers;

  SafetyResources(Registry registry, Signers signers) {
    this.registry = registry;
    this.signers = signers;
  }

  void addTo(Api api) {
    api.write(
        Verb.POST,
        "/revocations",
        Permission.SECURITY,
        Operation.of("From now on this runs nowhere; dryRun only shows what it reaches.", "Revoked")
            .takes("Revocation"),
        this::revoke);
    api.write(
        Verb.POST,
        "/artifacts/{ref}/deprecations",
        Permission.DEPRECATE,
        Operation.of("It should be replaced.", "Done").takes("Deprecation"),
        this::deprecate);
    api.read(
        "/exceptions",
        Permission.READ,
        Operation.of("Exceptions, granted or only asked for, by their end.", "Exceptions")
            .with("artifact", "of which; of all otherwise"),
        this::exceptions);
    api.write(
        Verb.POST,
        "/exceptions",
        Permission.REVIEW,
        Operation.of("Asks that a rule does not apply to an artifact for some days.", "Done")
            .takes("NewException"),
        this::request);
    api.write(
        Verb.POST,
        "/exceptions/{id}/grants",
        Permission.REVIEW,
        Operation.of("Grants what another person asked for.", "Done"),
        exchange ->
            DecisionResources.done(
                registry.make(Acts.grantException(actor(exchange), exchange.segment("id")))));
    api.write(
        Verb.POST,
        "/break-glass",
        Permission.BREAK_GLASS,
        Operation.of("Lets an artifact run for an emergency, at most four hours.", "Done")
            .takes("BreakGlass"),
        this::breakGlass);
  }

  private Actor actor(Exchange exchange) throws IOException, CheckFailed {
    return signers.actor(exchange.caller(), exchange.secret());
  }

  private Reply revoke(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "selectors", "malicious", "reason", "dryRun");
    List<String> selectors = body.texts("selectors");
    if (selectors.isEmpty()) {
      throw Problem.badRequest("selectors is empty", "[\"finding:VID-PICKLE-001\"]");
    }
    boolean dryRun = body.flag("dryRun");
    String reason = dryRun ? "" : body.text("reason");
    Acts.Revoked revoked =
        registry.make(
            Acts.revoke(actor(exchange), selectors, body.flag("malicious"), reason, dryRun));
    JsonWriter json = new JsonWriter().object().name("statement").string(revoked.envelope());
    json.name("artifacts").array();
    revoked.artifacts().forEach(one -> ArtifactView.write(json, one));
    json.endArray().name("running").array();
    revoked.running().forEach(one -> RunningView.write(json, one));
    json.endArray().endObject();
    return new Reply(dryRun ? 200 : 201, json.toString(), "");
  }

  private Reply deprecate(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "replacement", "reason");
    return DecisionResources.done(
        registry.make(
            Acts.deprecate(
                actor(exchange),
                exchange.segment("ref"),
                body.textOrNull("replacement"),
                body.text("reason"))));
  }

  private Reply exceptions(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String ref = exchange.query().get("artifact");
    String snapshot = ref == null ? "" : registry.resolve(ref).snapshot();
    JsonWriter json = new JsonWriter().object().name("exceptions").array();
    for (Exceptions.Exempted one : registry.ask(sql -> new Exceptions(sql).all(snapshot))) {
      json.object().name("id").string(one.id()).name("artifact").string(one.snapshot());
      json.name("rule").string(one.rule()).name("reason").string(one.reason());
      json.name("owner").string(one.owner()).name("approver").string(one.approver());
      json.name("expires").string(one.expires()).endObject();
    }
    return Reply.ok(json.endArray().endObject());
  }

  private Reply request(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "artifact", "rule", "reason", "days");
    return DecisionResources.done(
        registry.requestException(
            actor(exchange),
            body.text("artifact"),
            body.text("rule"),
            body.text("reason"),
            Duration.ofDays(body.number("days", 14, 1, 3_650))));
  }

  private Reply breakGlass(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "artifact", "environment", "incident", "reason", "minutes");
    return DecisionResources.done(
        registry.breakGlass(
            actor(exchange),
            body.text("artifact"),
            body.text("environment"),
            body.text("incident"),
            body.text("reason"),
            Duration.ofMinutes(body.number("minutes", 60, 1, 240))));
  }
}
