package dev.vidimus.cli.registry;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import java.io.IOException;
import java.util.List;

/// Begins a registry.
public final class InitCommand {
  private static final Option NAME =
      Option.valued(
          "--name", "NAME", "What the first admin is called; this user's name otherwise.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "init",
          "begin a registry: keys, ledger, default policy, and you as its admin",
          "",
          List.of(Opened.HOME, Opened.DATABASE, NAME, Passphrase.OPTION, Opened.FORMAT),
          """
          The keys lie in HOME/keys, for their owner only; with a passphrase yours is encrypted.
          vidimus admit does this on its first use.
          """);

  private InitCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    Opened opened = new Opened(host, arguments);
    if (opened.home().exists()) {
      throw new UsageException("there is a registry at " + opened.home().root() + " already", "");
    }
    return Attempt.at(
        host,
        () -> {
          String name = arguments.value(NAME);
          String id =
              opened
                  .registryToBegin()
                  .init(name == null ? opened.userName() : name, Passphrase.of(host, arguments));
          host.print(
              opened.isJson()
                  ? new JsonWriter()
                          .object()
                          .name("schema")
                          .string("vidimus.init/1")
                          .name("home")
                          .string(opened.home().root().toString())
                          .name("admin")
                          .string(id)
                          .endObject()
                      + "\n"
                  : "registry " + opened.home().root() + "\nadmin " + id + "\n");
          host.tell(
              "hint: keep "
                  + opened.home().logVkey()
                  + " somewhere else too; it is what the ledger is verified with\n");
          return ExitCode.YES;
        });
  }
}
