package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.policy.Decision.Outcome;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.decide.Decided;
import dev.vidimus.registry.decide.Gated;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.question.Findings;
import dev.vidimus.registry.statement.Decision;
import dev.vidimus.registry.view.DecisionView;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `promote`, `explain` and `gate`: what the policy says at this instant.
public final class JudgeCommand {
  private static final Option ENVIRONMENT =
      Option.valued("--env", "ENVIRONMENT", "Where; what it was admitted for otherwise.");

  private static final Option VSA =
      Option.valued(
          "--vsa", "FILE", "The signed decision: asks no registry. Needs --key and --env.");
  private static final Option KEY =
      Option.valued("--key", "FILE", "With --vsa: the public key of the gate that decided.");
  private static final Option VSA_OUTPUT =
      Option.valued("--vsa-output", "FILE", "Write the signed decision, for gate --vsa elsewhere.");
  private static final Option GATE_FORMAT =
      Option.choice(
          "--format",
          List.of("text", "json", "sarif", "junit"),
          "How to print; text if it is not given.");

  /// What `promote` understands.
  public static final Command PROMOTE =
      new Command(
          "promote",
          "decide anew, and let it run if everything passes now",
          "REF",
          List.of(
              ENVIRONMENT,
              VSA_OUTPUT,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          Every rule is evaluated at this instant, approvals included, and the decision is recorded
          whatever it is. Exit codes: 0 promoted; 1 failed or awaiting approval; 2 could not tell.
          """);

  /// What `explain` understands.
  public static final Command EXPLAIN =
      new Command(
          "explain",
          "why may it run, or not, and what would change that?",
          "REF",
          List.of(ENVIRONMENT, Opened.HOME, Opened.DATABASE, Opened.FORMAT),
          """
          Prints every rule with the values that decided it, the statements that these come from, and
          every finding. Nothing is recorded. Exit codes: 0 passes; 1 does not; 2 could not tell.
          """);

  /// What `gate` understands.
  public static final Command GATE =
      new Command(
          "gate",
          "is there a valid decision for exactly these bytes, here, now?",
          "REF|PATH",
          List.of(ENVIRONMENT, VSA, KEY, Opened.HOME, Opened.DATABASE, GATE_FORMAT),
          """
          PATH is hashed, so the answer is about the bytes that are there. Yes means: promoted to the
          environment, not revoked, and every rule still passes at this instant; or somebody broke
          the glass.
          With --vsa no registry is asked: the decision must be signed by the gate, about these bytes,
          for this environment, and PASSED. What was revoked since cannot be known then.
          Exit codes: 0 yes; 1 no; 2 could not tell.
          example: vidimus gate ./model --env production
          example: vidimus gate ./model --env production --vsa decision.json --key gate.pub
          """);

  private JudgeCommand() {}

  /// Runs one of them.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, Command command, List<String> words)
      throws IOException, UsageException {
    Arguments arguments = Arguments.parse(command, words);
    if (arguments.parameters().size() != 1) {
      throw new UsageException(
          "vidimus " + command.name() + " takes one " + command.parameters(), "");
    }
    Opened opened = new Opened(host, arguments);
    String ref = arguments.parameters().getFirst();
    String environment = arguments.value(ENVIRONMENT);
    String vsa = arguments.value(VSA);
    if (vsa != null) {
      String key = arguments.value(KEY);
      if (key == null || environment == null) {
        throw new UsageException("--vsa needs --key and --env", "");
      }
      return Attempt.at(host, () -> offline(host, arguments, ref, vsa, key, environment));
    }
    Registry registry = opened.registry();
    return Attempt.at(
        host,
        () ->
            switch (command.name()) {
              case "promote" -> promote(host, arguments, opened, registry, ref, environment);
              case "explain" -> explain(host, opened, registry, ref, environment);
              default -> gate(host, arguments, registry, ref, environment);
            });
  }

  private static ExitCode offline(
      Host host, Arguments arguments, String model, String vsa, String key, String environment)
      throws IOException, FormatException, CheckFailed {
    Decision decision =
        OfflineGate.require(
            host.folder().resolve(vsa),
            KeyFile.readPublic(host.folder().resolve(key), null),
            host.folder().resolve(model),
            environment,
            Instant.now());
    host.print(
        "json".equals(arguments.value(GATE_FORMAT))
            ? OfflineGate.json(decision)
            : "yes: PASSED for " + environment + " on " + decision.time() + "\n");
    return ExitCode.YES;
  }

  private static ExitCode promote(
      Host host,
      Arguments arguments,
      Opened opened,
      Registry registry,
      String ref,
      @Nullable String environment)
      throws IOException, UsageException, FormatException, CheckFailed {
    Decided decided = registry.promote(opened.person(), ref, environment);
    String output = arguments.value(VSA_OUTPUT);
    if (output != null) {
      Files.write(host.folder().resolve(output), registry.envelope(decided.envelope()));
    }
    host.print(opened.isJson() ? json("promote", decided) : DecisionText.of(decided, false));
    return code(decided.decision().outcome());
  }

  private static ExitCode code(Outcome outcome) {
    return switch (outcome) {
      case PASSED -> ExitCode.YES;
      case AWAITING_APPROVAL, FAILED -> ExitCode.NO;
      case UNKNOWN -> ExitCode.COULD_NOT_TELL;
    };
  }

  private static String json(String command, Decided decided) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus." + command + "/1");
    DecisionView.write(json, decided);
    return json.endObject() + "\n";
  }

  private static ExitCode explain(
      Host host, Opened opened, Registry registry, String ref, @Nullable String environment)
      throws IOException, FormatException, CheckFailed {
    Decided decided = registry.judge(ref, environment, "promote");
    List<JsonObject> findings =
        registry.ask(sql -> new Findings(sql, registry.log()).of(decided.artifact().snapshot()));
    if (opened.isJson()) {
      JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.explain/1");
      DecisionView.write(json, decided);
      json.name("findings").array();
      findings.forEach(json::value);
      host.print(json.endArray().endObject() + "\n");
    } else {
      StringBuilder text = new StringBuilder(DecisionText.of(decided, true));
      if (!findings.isEmpty()) {
        text.append("findings:\n");
        findings.forEach(one -> text.append("  ").append(AdmitCommand.line(one)).append('\n'));
      }
      host.print(text.toString());
    }
    return code(decided.decision().outcome());
  }

  private static ExitCode gate(
      Host host, Arguments arguments, Registry registry, String what, @Nullable String environment)
      throws IOException, FormatException, CheckFailed {
    Path path = host.folder().resolve(what);
    String ref = Files.exists(path) ? Identity.of(path).digest().toString() : what;
    Artifact artifact = registry.resolve(ref);
    Gated gated = registry.gate(artifact, environment);
    Decided decided = gated.decided();
    String format = arguments.value(GATE_FORMAT);
    host.print(
        switch (format == null ? "text" : format) {
          case "json" -> json(gated);
          case "sarif" -> DecisionSarif.of(decided, host.version());
          case "junit" -> DecisionJunit.of(decided);
          default ->
              (gated.open() ? "yes: " : "no: ")
                  + (gated.glass() ? "the glass is broken; " : "")
                  + (decided.promoted() ? "" : "not promoted to " + decided.environment() + "; ")
                  + DecisionText.of(decided, false);
        });
    if (gated.open()) {
      return ExitCode.YES;
    }
    return decided.decision().outcome() == Outcome.UNKNOWN ? ExitCode.COULD_NOT_TELL : ExitCode.NO;
  }

  private static String json(Gated gated) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.gate/1");
    json.name("open").bool(gated.open()).name("brokenGlass").bool(gated.glass());
    DecisionView.write(json, gated.decided());
    return json.endObject() + "\n";
  }
}
