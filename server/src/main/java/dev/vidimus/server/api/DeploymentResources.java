package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.view.RunningView;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What runs, where, since when.
final class DeploymentResources {
  private final Registry registry;

  DeploymentResources(Registry registry) {
    this.registry = registry;
  }

  void addTo(Api api) {
    api.read(
        "/deployments",
        Permission.READ,
        Operation.of("What runs now, or ran at a time, and which of it is revoked.", "Running")
            .with("at", "a time such as 2026-11-21T10:00:00Z"),
        this::running);
    api.write(
        Verb.POST,
        "/deployments",
        Permission.DEPLOY,
        Operation.of("Records that a workload runs an artifact.", "Done").takes("Deployment"),
        this::deploy);
    api.write(
        Verb.DELETE,
        "/deployments/{environment}/{workload}",
        Permission.DEPLOY,
        Operation.of("Records that a workload runs nothing any more.", "Done"),
        exchange ->
            DecisionResources.done(
                registry.retire(
                    exchange.caller().id(),
                    exchange.segment("environment"),
                    exchange.segment("workload"))));
  }

  private Reply running(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    String at = exchange.query().text("at");
    if (!at.isEmpty()) {
      try {
        at = Instant.parse(at).toString();
      } catch (DateTimeException e) {
        throw Problem.badRequest("at=" + at + ": no time", "such as 2026-11-21T10:00:00Z");
      }
    }
    String time = at;
    JsonWriter json = new JsonWriter().object().name("at").string(time).name("running").array();
    registry.ask(
        sql -> {
          Impact impact = new Impact(sql);
          List<Impact.Running> revoked = new ArrayList<>();
          for (Impact.Running one : time.isEmpty() ? impact.running() : impact.runningAt(time)) {
            RunningView.write(json, one);
            if (!impact.revocations(one.snapshot()).isEmpty()) {
              revoked.add(one);
            }
          }
          json.endArray().name("revoked").array();
          revoked.forEach(one -> RunningView.write(json, one));
          return true;
        });
    return Reply.ok(json.endArray().endObject());
  }

  private Reply deploy(Exchange exchange)
      throws IOException, FormatException, CheckFailed, Problem {
    Body body = Body.of(exchange, "artifact", "environment", "workload", "config");
    return DecisionResources.done(
        registry.deploy(
            exchange.caller().id(),
            body.text("artifact"),
            body.text("environment"),
            body.text("workload"),
            body.textOrNull("config")));
  }
}
