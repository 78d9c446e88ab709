package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.question.References;
import dev.vidimus.registry.view.RunningView;
import java.io.IOException;
import java.util.List;

/// `trace` and `who-approved`: from running bytes back to where they came from.
public final class TraceCommand {
  /// What `trace` understands.
  public static final Command TRACE =
      new Command(
          "trace",
          "from running bytes to decision, approvals, examinations and source",
          "REF",
          Opened.COMMON,
          "example: vidimus trace my-model:production\n");

  /// What `who-approved` understands.
  public static final Command WHO =
      new Command(
          "who-approved",
          "who answered for an artifact, and does it still count?",
          "REF",
          Opened.COMMON,
          "");

  private TraceCommand() {}

  private record Story(
      Artifact artifact,
      List<Chain.Said> said,
      List<Chain.Promoted> promoted,
      List<Impact.Running> running,
      List<Impact.Revoked> revoked) {}

  /// Runs one of them.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, Command command, List<String> words)
      throws IOException, UsageException {
    Arguments arguments = Arguments.parse(command, words);
    if (arguments.parameters().size() != 1) {
      throw new UsageException("vidimus " + command.name() + " takes one REF", "");
    }
    Opened opened = new Opened(host, arguments);
    Registry registry = opened.registry();
    String ref = arguments.parameters().getFirst();
    return Attempt.at(
        host,
        () ->
            command.name().equals(WHO.name())
                ? who(host, opened, registry, ref)
                : trace(host, opened, registry, ref));
  }

  private static ExitCode trace(Host host, Opened opened, Registry registry, String ref)
      throws IOException, FormatException, CheckFailed {
    Story story =
        registry.ask(
            sql -> {
              Artifact artifact = new References(sql).resolve(ref);
              Chain chain = new Chain(sql);
              Impact impact = new Impact(sql);
              return new Story(
                  artifact,
                  chain.statements(artifact.snapshot()),
                  chain.promotions(artifact.snapshot()),
                  impact.running(artifact),
                  impact.revocations(artifact.snapshot()));
            });
    host.print(opened.isJson() ? json(story) : text(opened, story));
    return ExitCode.YES;
  }

  private static String text(Opened opened, Story story) throws IOException {
    Artifact artifact = story.artifact();
    StringBuilder text = new StringBuilder();
    text.append(artifact.label()).append("  ").append(artifact.snapshot()).append('\n');
    text.append("state     ").append(artifact.state()).append('\n');
    for (Impact.Revoked revoked : story.revoked()) {
      text.append("REVOKED   ").append(revoked.reason()).append(" on ").append(revoked.time());
      text.append('\n');
    }
    for (Impact.Running running : story.running()) {
      RunningText.line(text.append("runs      "), running);
    }
    for (Chain.Promoted promoted : story.promoted()) {
      text.append("promoted  ").append(promoted.environment()).append(" since ");
      text.append(promoted.since());
      text.append(promoted.until().isEmpty() ? "" : " until " + promoted.until());
      text.append("  by decision ").append(promoted.decision()).append('\n');
    }
    text.append("source    ").append(artifact.source());
    text.append(artifact.revision().isEmpty() ? "" : " at " + artifact.revision());
    text.append(", submitted by ").append(opened.name(artifact.submitter())).append(" on ");
    text.append(artifact.time()).append('\n');
    for (Chain.Said said : story.said()) {
      text.append("  ").append(said.index()).append("  ").append(said.time()).append("  ");
      text.append(said.kind()).append(" by ").append(opened.name(said.actor())).append("  ");
      text.append(said.envelope());
      text.append(said.problem().isEmpty() ? "" : "  NO FACT: " + said.problem()).append('\n');
    }
    return text.toString();
  }

  private static String json(Story story) {
    Artifact artifact = story.artifact();
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.trace/1");
    json.name("artifact").string(artifact.snapshot()).name("label").string(artifact.label());
    json.name("state").string(artifact.state()).name("source").object();
    json.name("kind").string(artifact.kind()).name("location").string(artifact.source());
    json.name("revision").string(artifact.revision()).endObject();
    json.name("submitter").string(artifact.submitter()).name("revoked").array();
    for (Impact.Revoked revoked : story.revoked()) {
      json.object().name("reason").string(revoked.reason()).name("malicious");
      json.bool(revoked.malicious()).name("statement").string(revoked.envelope()).endObject();
    }
    json.endArray().name("running").array();
    story.running().forEach(one -> RunningView.write(json, one));
    json.endArray().name("promoted").array();
    for (Chain.Promoted promoted : story.promoted()) {
      json.object().name("environment").string(promoted.environment());
      json.name("since").string(promoted.since()).name("until").string(promoted.until());
      json.name("decision").string(promoted.decision()).endObject();
    }
    json.endArray().name("statements").array();
    for (Chain.Said said : story.said()) {
      json.object().name("index").number(said.index()).name("kind").string(said.kind());
      json.name("actor").string(said.actor()).name("time").string(said.time());
      json.name("envelope").string(said.envelope()).name("fact").bool(said.problem().isEmpty());
      json.endObject();
    }
    return json.endArray().endObject() + "\n";
  }

  private static ExitCode who(Host host, Opened opened, Registry registry, String ref)
      throws IOException, FormatException, CheckFailed {
    List<Chain.Answer> answers = registry.answers(ref);
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.who-approved/1");
    json.name("answers").array();
    StringBuilder text = new StringBuilder();
    for (Chain.Answer answer : answers) {
      String word = answer.rejected() ? "rejected" : "approved";
      json.object().name("person").string(answer.person()).name("answer").string(word);
      json.name("name").string(opened.name(answer.person()));
      json.name("environment").string(answer.environment()).name("reason").string(answer.reason());
      json.name("time").string(answer.time()).name("counts").bool(answer.valid());
      json.name("statement").string(answer.envelope()).endObject();
      text.append(opened.name(answer.person())).append("  ").append(word).append(" for ");
      text.append(answer.environment()).append(" on ").append(answer.time());
      text.append(answer.reason().isEmpty() ? "" : ": " + answer.reason());
      text.append(answer.valid() ? "" : "  (void: policy or evidence changed since)");
      text.append('\n');
    }
    if (answers.isEmpty()) {
      text.append("nobody has answered\n");
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return ExitCode.YES;
  }
}
