package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Downstream;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.LineageMap;
import dev.vidimus.registry.question.Standing;
import dev.vidimus.registry.statement.State;
import dev.vidimus.registry.view.LineageView;
import dev.vidimus.registry.view.RunningView;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `queue`, `ps`, `impact` and `history`: lists.
public final class QuestionCommand {
  private static final Option AT =
      Option.valued("--at", "TIME", "What ran then, such as 2026-11-21T10:00:00Z.");

  /// What `queue` understands.
  public static final Command QUEUE =
      new Command(
          "queue",
          "what waits in quarantine, and the next step of each",
          "",
          Opened.COMMON,
          "example: vidimus queue --format json\n");

  /// What `ps` understands.
  public static final Command PS =
      new Command(
          "ps",
          "what runs, where, since when",
          "",
          List.of(AT, Opened.HOME, Opened.DATABASE, Opened.FORMAT),
          "Exit code 1 if something runs that is revoked.\n");

  /// What `impact` understands.
  public static final Command IMPACT =
      new Command(
          "impact",
          "which artifacts does this concern, and where do they run?",
          "SELECTOR…",
          Opened.COMMON,
          """
          SELECTOR is a REF, or signer:KEY-OR-IDENTITY, source:LOCATION, finding:RULE, file:SHA256,
          tensor:SHA256 (of one tensor, or a tensor root), base:REF (everything made from it),
          purl:pkg:huggingface/ORG/NAME@COMMIT. A digest means an artifact, or else a file. What was
          made from them follows: proven, if every edge of some way was computed again.
          example: vidimus impact finding:VID-PICKLE-001
          """);

  /// What `history` understands.
  public static final Command HISTORY =
      new Command(
          "history", "the versions of a name, and where each stands", "NAME", Opened.COMMON, "");

  private QuestionCommand() {}

  /// Runs one of them.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, Command command, List<String> words)
      throws IOException, UsageException {
    Arguments arguments = Arguments.parse(command, words);
    Opened opened = new Opened(host, arguments);
    Registry registry = opened.registry();
    List<String> given = arguments.parameters();
    return Attempt.at(
        host,
        () ->
            switch (command.name()) {
              case "queue" -> queue(host, opened, registry);
              case "ps" -> ps(host, opened, registry, time(arguments));
              case "impact" -> impact(host, opened, registry, required(command, given));
              default -> history(host, opened, registry, required(command, given).getFirst());
            });
  }

  private static List<String> required(Command command, List<String> given) throws UsageException {
    if (given.isEmpty()) {
      throw new UsageException("vidimus " + command.name() + " takes " + command.parameters(), "");
    }
    return given;
  }

  private static String time(Arguments arguments) throws UsageException {
    String time = arguments.value(AT);
    if (time == null) {
      return "";
    }
    try {
      return Instant.parse(time).toString();
    } catch (DateTimeException e) {
      throw new UsageException("--at " + time + ": no time", "such as 2026-11-21T10:00:00Z");
    }
  }

  private static ExitCode queue(Host host, Opened opened, Registry registry)
      throws IOException, FormatException, CheckFailed {
    record Waiting(Artifact artifact, String outcome) {}
    Instant now = Instant.now();
    List<Waiting> waiting =
        registry.ask(
            sql -> {
              Chain chain = new Chain(sql);
              List<Waiting> all = new ArrayList<>();
              for (Artifact artifact : chain.waiting()) {
                Chain.Decided last = chain.lastDecision(artifact.snapshot());
                boolean expired = last != null && Standing.isOver(last.until(), now);
                all.add(
                    new Waiting(
                        expired ? artifact.in(State.EXPIRED.word()) : artifact,
                        last == null ? "not-decided" : last.outcome()));
              }
              for (Chain.Expired one : chain.expired(now)) { // it runs, and its evidence is too old
                all.add(
                    new Waiting(
                        one.artifact().in(State.EXPIRED.word()),
                        "promoted to " + one.environment()));
              }
              return all;
            });
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.queue/1");
    json.name("waiting").array();
    StringBuilder text = new StringBuilder();
    for (Waiting one : waiting) {
      String outcome = one.outcome();
      String next = next(one.artifact(), outcome);
      json.object().name("artifact").string(one.artifact().snapshot());
      json.name("label").string(one.artifact().label()).name("tier").string(one.artifact().tier());
      json.name("state").string(one.artifact().state()).name("outcome").string(outcome);
      json.name("submitter").string(one.artifact().submitter());
      json.name("since").string(one.artifact().time()).name("next").string(next).endObject();
      text.append(one.artifact().label()).append("  for ").append(one.artifact().tier());
      text.append("  ").append(outcome);
      text.append(one.artifact().state().equals(State.EXPIRED.word()) ? ", expired" : "");
      text.append("  from ");
      text.append(opened.name(one.artifact().submitter())).append(" on ");
      text.append(one.artifact().time()).append("\n  next: ").append(next).append('\n');
    }
    if (waiting.isEmpty()) {
      text.append("nothing waits\n");
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return ExitCode.YES;
  }

  private static String next(Artifact artifact, String outcome) {
    if (artifact.state().equals(State.EXPIRED.word())) {
      return "vidimus admit --wait " + artifact.snapshot();
    }
    if (outcome.equals("not-decided")) {
      return "vidimus admit --wait " + artifact.label();
    }
    return outcome.equals("awaiting-approval")
        ? "vidimus approve " + artifact.label()
        : "vidimus explain " + artifact.label();
  }

  /// @param revoked why it must not run; empty if it may
  /// @param expired since when the evidence that it rests on is too old; empty if it is not
  private record Ran(Impact.Running running, String revoked, String expired) {
    boolean isRevoked() {
      return !revoked.isEmpty();
    }
  }

  private static ExitCode ps(Host host, Opened opened, Registry registry, String time)
      throws IOException, FormatException, CheckFailed {
    List<Ran> rows =
        registry.ask(
            sql -> {
              Impact impact = new Impact(sql);
              boolean any = sql.number("SELECT count(*) FROM revocation") > 0;
              Map<String, String> expired = new HashMap<>();
              for (Chain.Expired one : new Chain(sql).expired(Instant.now())) {
                expired.put(one.artifact().snapshot() + " " + one.environment(), one.until());
              }
              List<Ran> all = new ArrayList<>();
              for (Impact.Running one :
                  time.isEmpty() ? impact.running() : impact.runningAt(time)) {
                List<Impact.Revoked> revoked = any ? impact.revocations(one.snapshot()) : List.of();
                all.add(
                    new Ran(
                        one,
                        revoked.isEmpty() ? "" : revoked.getFirst().reason(),
                        expired.getOrDefault(one.snapshot() + " " + one.environment(), "")));
              }
              return all;
            });
    // One of the two forms only: with a thousand workloads each takes a tenth of the answer's time.
    if (opened.isJson()) {
      JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.ps/1");
      json.name("at").string(time).name("running").array();
      rows.forEach(row -> RunningView.write(json, row.running()));
      json.endArray().name("revoked").array();
      rows.stream().filter(Ran::isRevoked).forEach(row -> RunningView.write(json, row.running()));
      json.endArray().name("expired").array();
      rows.stream()
          .filter(row -> !row.expired().isEmpty())
          .forEach(row -> RunningView.write(json, row.running()));
      host.print(json.endArray().endObject() + "\n");
    } else {
      StringBuilder text = new StringBuilder();
      for (Ran row : rows) {
        RunningText.line(text, row.running());
        if (row.isRevoked()) {
          text.append("  REVOKED: ").append(row.revoked()).append('\n');
        }
        if (!row.expired().isEmpty()) {
          text.append("  EXPIRED on ").append(row.expired()).append(": vidimus admit --wait ");
          text.append(row.running().label()).append('\n');
        }
      }
      host.print(rows.isEmpty() ? "nothing runs that was recorded\n" : text.toString());
    }
    return rows.stream().anyMatch(Ran::isRevoked) ? ExitCode.NO : ExitCode.YES;
  }

  private static ExitCode impact(
      Host host, Opened opened, Registry registry, List<String> selectors)
      throws IOException, FormatException, CheckFailed {
    record Reach(List<Artifact> artifacts, List<Impact.Running> running, Downstream downstream) {}
    LineageMap map = registry.lineage();
    Reach reach =
        registry.ask(
            sql -> {
              Impact impact = new Impact(sql);
              List<Artifact> artifacts = impact.artifacts(selectors);
              List<Impact.Running> running = new ArrayList<>();
              for (Artifact artifact : artifacts) {
                running.addAll(impact.running(artifact));
              }
              return new Reach(artifacts, running, Downstream.of(sql, map, artifacts));
            });
    if (opened.isJson()) {
      JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.impact/1");
      json.name("artifacts").array();
      for (Artifact artifact : reach.artifacts()) {
        json.object().name("snapshot").string(artifact.snapshot());
        json.name("label").string(artifact.label()).name("state").string(artifact.state());
        json.endObject();
      }
      json.endArray().name("running").array();
      reach.running().forEach(one -> RunningView.write(json, one));
      LineageView.reached(json.endArray(), reach.downstream());
      host.print(json.endObject() + "\n");
      return ExitCode.YES;
    }
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%d artifacts; %d workloads run one of them%n",
            reach.artifacts().size(),
            reach.running().size()));
    for (Artifact artifact : reach.artifacts()) {
      text.append(artifact.label()).append("  ").append(artifact.state()).append("  ");
      text.append(artifact.snapshot()).append('\n');
    }
    reach.running().forEach(one -> RunningText.line(text, one));
    LineageText.downstream(text, reach.downstream());
    host.print(text.toString());
    return ExitCode.YES;
  }

  private static ExitCode history(Host host, Opened opened, Registry registry, String name)
      throws IOException, FormatException, CheckFailed {
    List<Chain.Version> versions = registry.ask(sql -> new Chain(sql).versions(name));
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.history/1");
    json.name("name").string(name).name("versions").array();
    StringBuilder text = new StringBuilder();
    for (Chain.Version version : versions) {
      json.object().name("version").number(version.version());
      json.name("snapshot").string(version.snapshot()).name("state").string(version.state());
      json.name("submitter").string(version.submitter()).name("source").string(version.source());
      json.name("time").string(version.time()).name("promoted").array();
      version.environments().forEach(json::string);
      json.endArray().endObject();
      text.append(name).append('@').append(version.version()).append("  ");
      text.append(version.state()).append("  ").append(version.time()).append("  from ");
      text.append(opened.name(version.submitter())).append("  ").append(version.source());
      text.append("  ").append(version.snapshot());
      if (!version.environments().isEmpty()) {
        text.append("  promoted to ").append(String.join(", ", version.environments()));
      }
      text.append('\n');
    }
    if (versions.isEmpty()) {
      host.tell("vidimus: no version of " + name + " is known here\n");
      host.tell("hint: vidimus queue lists what waits; vidimus admit brings something in\n");
      return ExitCode.COULD_NOT_TELL;
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return ExitCode.YES;
  }
}
