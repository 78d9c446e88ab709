package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.lifecycle.Acts;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `deploy`, `retire` and `deprecate`: what runs, and what should not for much longer.
public final class UseCommand {
  private static final Option ENVIRONMENT = Option.valued("--env", "ENVIRONMENT", "Where.");
  private static final Option WORKLOAD =
      Option.valued("--workload", "NAME", "What runs it, such as a service's name.");
  private static final Option CONFIG =
      Option.valued("--config", "DIGEST", "Digest of the configuration that it runs with.");
  private static final Option REPLACEMENT = Option.valued("--with", "REF", "What replaces it.");
  private static final Option REASON = Option.valued("--reason", "TEXT", "Why.");

  /// What `deploy` understands.
  public static final Command DEPLOY =
      new Command(
          "deploy",
          "record that a workload runs an artifact from now on",
          "REF",
          List.of(
              ENVIRONMENT,
              WORKLOAD,
              CONFIG,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          Refused unless the artifact is promoted there. A workload runs one artifact: the next one
          takes the place of the last.
          example: vidimus deploy my-model@3 --env production --workload chat
          """);

  /// What `retire` understands.
  public static final Command RETIRE =
      new Command(
          "retire",
          "record that a workload runs nothing any more",
          "",
          List.of(
              ENVIRONMENT,
              WORKLOAD,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          example: vidimus retire --env production --workload chat
          """);

  /// What `deprecate` understands.
  public static final Command DEPRECATE =
      new Command(
          "deprecate",
          "say that an artifact should be replaced",
          "REF",
          List.of(
              REPLACEMENT,
              REASON,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          It still runs; vidimus ps shows it.
          example: vidimus deprecate my-model@2 --with my-model@3
          """);

  private UseCommand() {}

  /// Runs one of them.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, Command command, List<String> words)
      throws IOException, UsageException {
    Arguments arguments = Arguments.parse(command, words);
    Opened opened = new Opened(host, arguments);
    int expected = command.equals(RETIRE) ? 0 : 1;
    if (arguments.parameters().size() != expected) {
      throw new UsageException(
          "vidimus " + command.name() + " takes " + (expected == 0 ? "options only" : "one REF"),
          "");
    }
    return Attempt.at(
        host,
        () -> {
          Acts.Done done = act(opened, command, arguments);
          host.print(
              opened.isJson()
                  ? Recorded.json(command.name(), done)
                  : command.name() + " " + done.artifact().label() + ": recorded\n");
          return ExitCode.YES;
        });
  }

  private static Acts.Done act(Opened opened, Command command, Arguments arguments)
      throws IOException, UsageException, FormatException, CheckFailed {
    if (command.equals(DEPRECATE)) {
      String reason = arguments.value(REASON);
      return opened
          .registry()
          .make(
              Acts.deprecate(
                  opened.actor(),
                  arguments.parameters().getFirst(),
                  arguments.value(REPLACEMENT),
                  reason == null ? "" : reason));
    }
    String environment = required(command, ENVIRONMENT, arguments.value(ENVIRONMENT));
    String workload = required(command, WORKLOAD, arguments.value(WORKLOAD));
    if (command.equals(DEPLOY)) {
      return opened
          .registry()
          .deploy(
              opened.person(),
              arguments.parameters().getFirst(),
              environment,
              workload,
              arguments.value(CONFIG));
    }
    return opened.registry().retire(opened.person(), environment, workload);
  }

  private static String required(Command command, Option option, @Nullable String value)
      throws UsageException {
    if (value == null) {
      throw new UsageException("vidimus " + command.name() + " needs " + option.name(), "");
    }
    return value;
  }
}
