package dev.vidimus.cli.registry;

import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.registry.lifecycle.Acts;
import java.io.IOException;
import java.util.List;

/// `break-glass`: an emergency.
public final class BreakGlassCommand {
  private static final Option ENVIRONMENT = Option.valued("--env", "ENVIRONMENT", "Where.");
  private static final Option INCIDENT =
      Option.valued("--incident", "ID", "The emergency's own name.");
  private static final Option REASON = Option.valued("--reason", "TEXT", "Why.");
  private static final Option FOR =
      Option.valued("--for", "DURATION", "How long, at most 4h; 1h otherwise.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "break-glass",
          "let an artifact run against the policy for an emergency",
          "REF",
          List.of(
              ENVIRONMENT,
              INCIDENT,
              REASON,
              FOR,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          Opened beforehand by a person, for at most four hours, and never for what was revoked as
          malicious. It stays in the ledger, and vidimus queue lists it for review.
          example: vidimus break-glass my-model@3 --env production --incident INC-7 --reason …
          """);

  private BreakGlassCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String environment = arguments.value(ENVIRONMENT);
    String incident = arguments.value(INCIDENT);
    String reason = arguments.value(REASON);
    if (arguments.parameters().size() != 1
        || environment == null
        || incident == null
        || reason == null) {
      throw new UsageException(
          "vidimus break-glass takes one REF, --env, --incident and --reason", "");
    }
    String duration = arguments.value(FOR);
    Opened opened = new Opened(host, arguments);
    return Attempt.at(
        host,
        () -> {
          Acts.Done done =
              opened
                  .registry()
                  .breakGlass(
                      opened.actor(),
                      arguments.parameters().getFirst(),
                      environment,
                      incident,
                      reason,
                      Durations.parse(duration == null ? "1h" : duration));
          host.print(
              opened.isJson()
                  ? Recorded.json("break-glass", done)
                  : done.artifact().label() + " may run in " + environment + ": review follows\n");
          return ExitCode.YES;
        });
  }
}
