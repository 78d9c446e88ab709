package dev.vidimus.server.pages;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.UnknownReference;
import dev.vidimus.registry.statement.Approval;
import dev.vidimus.registry.statement.Kind;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.PercentCode;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Caller;
import dev.vidimus.server.identity.Signers;
import dev.vidimus.server.pages.jte.JtepromoteGenerated;
import dev.vidimus.server.pages.jte.JterevokeGenerated;
import dev.vidimus.server.pages.jte.JtesigningGenerated;
import dev.vidimus.server.pages.model.Revoking;
import dev.vidimus.server.pages.model.Signing;
import dev.vidimus.server.pages.model.Verdict;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Pages on which people act: each shows what exactly is signed before it is.
final class ActPages {
  private final Registry registry;
  private final Signers signers;
  private final Pages pages;
  private final ArtifactPages artifacts;

  ActPages(Registry registry, Signers signers, Pages pages, ArtifactPages artifacts) {
    this.registry = registry;
    this.signers = signers;
    this.pages = pages;
    this.artifacts = artifacts;
  }

  private boolean needsSecret(Caller caller) throws IOException {
    try {
      signers.actor(caller, null);
      return false;
    } catch (CheckFailed e) {
      return true;
    }
  }

  void sign(Exchange exchange, boolean reject)
      throws IOException, FormatException, CheckFailed, Problem {
    Artifact artifact = registry.resolve(exchange.segment("ref"));
    String asked = exchange.query().text("environment");
    String environment = asked.isEmpty() ? artifact.tier() : asked;
    Registry.Seen seen = registry.seen(artifact.snapshot());
    Approval approval = new Approval(environment, seen.policy(), seen.evidence(), reject, "…");
    Statement statement =
        new Statement(
            Statement.V1,
            Acts.subjects(artifact.snapshot()),
            Kind.APPROVAL.predicateType(),
            approval.json());
    String verb = reject ? "reject" : "approve";
    Signing signing =
        new Signing(
            artifact,
            verb,
            environment,
            seen.policy(),
            seen.evidence(),
            Indented.json(new String(statement.bytes(), StandardCharsets.UTF_8)),
            needsSecret(exchange.caller()));
    String title = verb.substring(0, 1).toUpperCase(Locale.ROOT) + verb.substring(1);
    pages.show(
        exchange,
        pages.frame(exchange, title + " " + artifact.label(), "Artifacts"),
        (out, frame) -> JtesigningGenerated.render(out, null, frame, signing));
  }

  void signed(Exchange exchange, boolean reject)
      throws IOException, FormatException, CheckFailed, Problem {
    Parameters form = exchange.form();
    String reason = form.text("reason").strip();
    if (reject && reason.isEmpty()) {
      throw Problem.badRequest("a rejection needs a reason", "go back and give one");
    }
    Acts.Done done =
        registry.answer(
            actor(exchange, form),
            exchange.segment("ref"),
            form.text("environment"),
            reject,
            reason,
            new Registry.Seen(form.text("policy"), form.text("evidence")));
    exchange.redirect(303, href(done.artifact(), "#answers"));
  }

  private Actor actor(Exchange exchange, Parameters form) throws IOException, CheckFailed, Problem {
    return signers.actor(exchange.caller(), form.text("secret").strip());
  }

  private static String href(Artifact artifact, String below) {
    return "/artifacts/" + PercentCode.encode(artifact.snapshot()) + below;
  }

  void promote(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Verdict verdict = artifacts.verdict(exchange, exchange.query().get("environment"));
    pages.show(
        exchange,
        pages.frame(exchange, "Promote " + verdict.decided().artifact().label(), "Artifacts"),
        (out, frame) -> JtepromoteGenerated.render(out, null, frame, verdict));
  }

  void promoted(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    String environment = exchange.form().text("environment");
    var decided =
        registry.promote(
            exchange.caller().id(),
            exchange.segment("ref"),
            environment.isEmpty() ? null : environment);
    exchange.redirect(
        303,
        href(
            decided.artifact(),
            decided.promoted()
                ? "#runs"
                : "/decision?environment=" + PercentCode.encode(decided.environment())));
  }

  void revoke(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    String selector = exchange.query().text("selector").strip();
    Revoking revoking;
    try {
      revoking =
          selector.isEmpty()
              ? new Revoking("", List.of(), List.of(), "")
              : registry.ask(
                  sql -> {
                    Impact impact = new Impact(sql);
                    List<Artifact> reached = impact.artifacts(List.of(selector));
                    List<Impact.Running> running = new ArrayList<>();
                    for (Artifact one : reached) {
                      running.addAll(impact.running(one));
                    }
                    return new Revoking(selector, reached, running, "");
                  });
    } catch (UnknownReference e) {
      revoking = new Revoking(selector, List.of(), List.of(), String.valueOf(e.getMessage()));
    }
    Revoking shown = revoking;
    boolean needsSecret = needsSecret(exchange.caller());
    pages.show(
        exchange,
        pages.frame(exchange, "Revoke " + Printable.of(selector, 80), "Artifacts"),
        (out, frame) -> JterevokeGenerated.render(out, null, frame, shown, needsSecret));
  }

  void revoked(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Parameters form = exchange.form();
    String reason = form.text("reason").strip();
    String selector = form.text("selector");
    if (reason.isEmpty() || selector.isEmpty()) {
      throw Problem.badRequest("a revocation needs a selector and a reason", "go back");
    }
    Acts.Revoked revoked =
        registry.make(
            Acts.revoke(
                actor(exchange, form),
                List.of(selector),
                !form.text("malicious").isEmpty(),
                reason,
                false));
    exchange.redirect(
        303, revoked.artifacts().isEmpty() ? "/" : href(revoked.artifacts().getFirst(), ""));
  }
}
