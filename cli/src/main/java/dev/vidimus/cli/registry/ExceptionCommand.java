package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Exceptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `exception`: a rule does not apply to one artifact for a while.
public final class ExceptionCommand {
  private static final Option RULE = Option.valued("--rule", "ID", "request: the rule.");
  private static final Option REASON = Option.valued("--reason", "TEXT", "request: why.");
  private static final Option FOR =
      Option.valued("--for", "DURATION", "request: how long, such as 12h or 14d.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "exception",
          "let a rule not apply to one artifact for a while; two people",
          "request REF | grant ID | list [REF]",
          List.of(
              RULE,
              REASON,
              FOR,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          The owner requests, and another person grants. The owner may not approve the artifact.
          When it ends, the rule applies again, everywhere at once.
          example: vidimus exception request my-model@3 --rule scan-fresh --reason … --for 7d
          """);

  private ExceptionCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> given = arguments.parameters();
    String verb = given.isEmpty() ? "" : given.getFirst();
    boolean fits =
        switch (verb) {
          case "request", "grant" -> given.size() == 2;
          case "list" -> given.size() <= 2;
          default -> false;
        };
    if (!fits) {
      throw new UsageException("vidimus exception takes " + COMMAND.parameters(), "");
    }
    Opened opened = new Opened(host, arguments);
    return Attempt.at(
        host,
        () ->
            verb.equals("list")
                ? list(host, opened, given.size() == 2 ? given.get(1) : null)
                : say(host, opened, act(opened, arguments, verb, given.get(1)), verb));
  }

  private static Acts.Done act(Opened opened, Arguments arguments, String verb, String what)
      throws IOException, UsageException, FormatException, CheckFailed {
    if (verb.equals("grant")) {
      return opened.registry().make(Acts.grantException(opened.actor(), what));
    }
    String rule = arguments.value(RULE);
    String reason = arguments.value(REASON);
    String duration = arguments.value(FOR);
    if (rule == null || reason == null || duration == null) {
      throw new UsageException("an exception needs --rule, --reason and --for", "");
    }
    return opened
        .registry()
        .requestException(opened.actor(), what, rule, reason, Durations.parse(duration));
  }

  private static ExitCode say(Host host, Opened opened, Acts.Done done, String verb)
      throws IOException {
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.exception/1")
                    .name("artifact")
                    .string(done.artifact().snapshot())
                    .name("id")
                    .string(done.envelope())
                    .endObject()
                + "\n"
            : verb + " for " + done.artifact().label() + ": " + done.envelope() + "\n");
    return ExitCode.YES;
  }

  private static ExitCode list(Host host, Opened opened, @Nullable String ref)
      throws IOException, UsageException, FormatException, CheckFailed {
    String snapshot = ref == null ? "" : opened.registry().resolve(ref).snapshot();
    List<Exceptions.Exempted> rows =
        opened.registry().ask(sql -> new Exceptions(sql).all(snapshot));
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.exception/1");
    json.name("exceptions").array();
    StringBuilder text = new StringBuilder();
    for (Exceptions.Exempted row : rows) {
      json.object().name("artifact").string(row.label()).name("rule").string(row.rule());
      json.name("owner").string(row.owner()).name("approver").string(row.approver());
      json.name("expires").string(row.expires()).name("id").string(row.id()).endObject();
      text.append(row.expires()).append("  ").append(row.label()).append("  ");
      text.append(row.rule()).append("  by ").append(opened.name(row.owner()));
      text.append(row.approver().isEmpty() ? ", not granted" : "").append("  ");
      text.append(row.id()).append('\n');
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return ExitCode.YES;
  }
}
