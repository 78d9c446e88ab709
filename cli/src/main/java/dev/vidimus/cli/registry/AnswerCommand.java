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

/// `approve` and `reject`: a person's signed answer.
public final class AnswerCommand {
  private static final Option ENVIRONMENT =
      Option.valued(
          "--env", "ENVIRONMENT", "Where it may run; what it was admitted for otherwise.");
  private static final Option REASON = Option.valued("--reason", "TEXT", "Why, in your words.");
  private static final List<Option> OPTIONS =
      List.of(
          ENVIRONMENT,
          REASON,
          Opened.AS,
          Opened.HOME,
          Opened.DATABASE,
          Passphrase.OPTION,
          Opened.FORMAT);

  /// What `approve` understands.
  public static final Command APPROVE =
      new Command(
          "approve",
          "say yes to an artifact, as one of the people whom its tier needs",
          "REF",
          OPTIONS,
          """
          The answer is signed with your key over the artifact, the environment, the policy and all
          evidence: any change of these voids it. Who submitted the artifact, or asked for an
          exception for it, cannot approve it.
          example: vidimus approve my-model@3 --as alice
          """);

  /// What `reject` understands.
  public static final Command REJECT =
      new Command(
          "reject",
          "say no to an artifact; one person suffices",
          "REF",
          OPTIONS,
          """
          example: vidimus reject my-model@3 --reason "wrong licence"
          """);

  private AnswerCommand() {}

  /// Runs one of the two.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, Command command, List<String> words)
      throws IOException, UsageException {
    Arguments arguments = Arguments.parse(command, words);
    if (arguments.parameters().size() != 1) {
      throw new UsageException("vidimus " + command.name() + " takes one REF", "vidimus queue");
    }
    Opened opened = new Opened(host, arguments);
    boolean reject = command.equals(REJECT);
    String reason = arguments.value(REASON);
    return Attempt.at(
        host,
        () -> {
          Acts.Done done =
              opened
                  .registry()
                  .answer(
                      opened.actor(),
                      arguments.parameters().getFirst(),
                      arguments.value(ENVIRONMENT),
                      reject,
                      reason == null ? "" : reason);
          String word = reject ? "rejected" : "approved";
          String next = reject ? "" : "vidimus promote " + done.artifact().label();
          host.print(
              opened.isJson()
                  ? Recorded.json(command.name(), done)
                  : word + " " + done.artifact().label() + "\n");
          if (!next.isEmpty() && !opened.isJson()) {
            host.tell("hint: once everybody whom the tier needs has: " + next + "\n");
          }
          return ExitCode.YES;
        });
  }
}
