package dev.vidimus.server.pages;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.People;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.Listing;
import dev.vidimus.registry.question.Persons;
import dev.vidimus.registry.store.Sql;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.PercentCode;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.pages.jte.JtedeploymentsGenerated;
import dev.vidimus.server.pages.jte.JtelistGenerated;
import dev.vidimus.server.pages.jte.JteoverviewGenerated;
import dev.vidimus.server.pages.jte.JtepeopleGenerated;
import dev.vidimus.server.pages.jte.JtepolicyGenerated;
import dev.vidimus.server.pages.model.Line;
import dev.vidimus.server.pages.model.Overview;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Pages that only show: overview, queue, lists, deployments, policy, people.
final class LookPages {
  private static final int SHOWN = 10;
  private static final int PAGE = 50;

  private final Registry registry;
  private final Pages pages;

  LookPages(Registry registry, Pages pages) {
    this.registry = registry;
    this.pages = pages;
  }

  void overview(Exchange exchange) throws IOException, FormatException, CheckFailed {
    Map<String, String> names = new People(registry.home().names()).names();
    Overview overview =
        registry.ask(
            sql -> {
              List<Overview.Wrong> running = running(sql, "");
              List<Line> waiting = waiting(sql, names);
              return new Overview(
                  running.size(),
                  waiting.size(),
                  running.stream().filter(one -> !one.reason().isEmpty()).toList(),
                  waiting.subList(0, Math.min(SHOWN, waiting.size())));
            });
    pages.show(
        exchange,
        pages.frame(exchange, "Overview", "Overview"),
        (out, frame) -> JteoverviewGenerated.render(out, null, frame, overview));
  }

  private static List<Line> waiting(Sql sql, Map<String, String> names) throws IOException {
    Chain chain = new Chain(sql);
    List<Line> lines = new ArrayList<>();
    for (Artifact artifact : chain.waiting()) {
      Chain.Decided decided = chain.lastDecision(artifact.snapshot());
      String outcome = decided == null ? "" : decided.outcome();
      lines.add(line(artifact, names, outcome));
    }
    return lines;
  }

  private static Line line(Artifact artifact, Map<String, String> names, String outcome) {
    String reason =
        switch (outcome) {
          case "awaiting-approval" -> "people have to say yes";
          case "failed" -> "a rule says no";
          case "unknown" -> "evidence is missing";
          default -> "";
        };
    return new Line(
        artifact, names.getOrDefault(artifact.submitter(), artifact.submitter()), outcome, reason);
  }

  void queue(Exchange exchange) throws IOException, FormatException, CheckFailed {
    Map<String, String> names = new People(registry.home().names()).names();
    List<Line> lines = registry.ask(sql -> waiting(sql, names));
    pages.show(
        exchange,
        pages.frame(exchange, "Queue", "Queue"),
        (out, frame) ->
            JtelistGenerated.render(
                out, null, frame, lines, "What waits in quarantine", "Nothing waits.", null, ""));
  }

  void artifacts(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Map<String, String> names = new People(registry.home().names()).names();
    String search = exchange.query().text("name");
    long before = cursor(exchange.query().text("before"));
    Listing.Page page =
        registry.ask(
            sql ->
                new Listing(sql).artifacts(null, search.isEmpty() ? null : search, before, PAGE));
    List<Line> lines = page.artifacts().stream().map(one -> line(one, names, "")).toList();
    String next =
        page.next().isEmpty()
            ? ""
            : "/artifacts?name=" + PercentCode.encode(search) + "&before=" + page.next();
    pages.show(
        exchange,
        pages.frame(exchange, "Artifacts", "Artifacts"),
        (out, frame) ->
            JtelistGenerated.render(
                out, null, frame, lines, "The newest first", "There is none.", search, next));
  }

  private static long cursor(String text) throws Problem {
    try {
      return text.isEmpty() ? -1 : Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw Problem.badRequest(text + ": no page", "");
    }
  }

  private static List<Overview.Wrong> running(Sql sql, String at) throws IOException {
    Impact impact = new Impact(sql);
    boolean any = sql.number("SELECT count(*) FROM revocation") > 0;
    List<Overview.Wrong> all = new ArrayList<>();
    for (Impact.Running one : at.isEmpty() ? impact.running() : impact.runningAt(at)) {
      List<Impact.Revoked> revoked = any ? impact.revocations(one.snapshot()) : List.of();
      all.add(new Overview.Wrong(one, revoked.isEmpty() ? "" : revoked.getFirst().reason()));
    }
    return all;
  }

  void deployments(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    String given = exchange.query().text("at").strip();
    String at;
    try {
      at = given.isEmpty() ? "" : Instant.parse(given).toString();
    } catch (DateTimeException e) {
      throw Problem.badRequest(given + ": no time", "such as 2026-11-21T10:00:00Z");
    }
    List<Overview.Wrong> running = registry.ask(sql -> running(sql, at));
    pages.show(
        exchange,
        pages.frame(exchange, "Deployments", "Deployments"),
        (out, frame) -> JtedeploymentsGenerated.render(out, null, frame, running, at));
  }

  void policy(Exchange exchange) throws IOException, FormatException, CheckFailed {
    var policy = registry.policy();
    pages.show(
        exchange,
        pages.frame(exchange, "Policy", "Policy"),
        (out, frame) -> JtepolicyGenerated.render(out, null, frame, policy));
  }

  void people(Exchange exchange) throws IOException, FormatException, CheckFailed {
    Map<String, String> names = new People(registry.home().names()).names();
    List<Persons.Person> people = registry.ask(sql -> new Persons(sql).all());
    pages.show(
        exchange,
        pages.frame(exchange, "People", "People"),
        (out, frame) -> JtepeopleGenerated.render(out, null, frame, people, names));
  }
}
