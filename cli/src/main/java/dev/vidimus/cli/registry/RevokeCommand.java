package dev.vidimus.cli.registry;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.view.RunningView;
import java.io.IOException;
import java.util.List;

/// `revoke`: from now on it runs nowhere.
public final class RevokeCommand {
  private static final Option REASON = Option.valued("--reason", "TEXT", "Why; needed.");
  private static final Option MALICIOUS =
      Option.toggle("--malicious", "", "It is an attack: no broken glass lets it run.");
  private static final Option DRY_RUN =
      Option.toggle("--dry-run", "", "Only show what it would reach.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "revoke",
          "from now on this runs nowhere; one person suffices",
          "SELECTOR…",
          List.of(
              REASON,
              MALICIOUS,
              DRY_RUN,
              Opened.AS,
              Opened.HOME,
              Opened.DATABASE,
              Passphrase.OPTION,
              Opened.FORMAT),
          """
          SELECTOR is a REF, or signer:KEY-OR-IDENTITY, source:LOCATION, finding:RULE,
          file:SHA256; it also reaches what is admitted later. A digest that nobody knows here yet
          is revoked ahead, as an artifact and as a file.
          example: vidimus revoke finding:VID-PICKLE-001 --malicious --reason "runs code"
          """);

  private RevokeCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String reason = arguments.value(REASON);
    boolean dryRun = arguments.has(DRY_RUN);
    if (arguments.parameters().isEmpty() || (reason == null && !dryRun)) {
      throw new UsageException(
          "vidimus revoke takes SELECTOR… and --reason TEXT", "--dry-run shows what it reaches");
    }
    Opened opened = new Opened(host, arguments);
    return Attempt.at(
        host,
        () -> {
          Acts.Revoked revoked =
              opened
                  .registry()
                  .make(
                      Acts.revoke(
                          opened.actor(),
                          arguments.parameters(),
                          arguments.has(MALICIOUS),
                          reason == null ? "" : reason,
                          dryRun));
          host.print(opened.isJson() ? json(revoked) : text(revoked, dryRun));
          for (String selector : arguments.parameters()) {
            if (opened.registry().ask(sql -> new Impact(sql).isUnknown(selector))) {
              host.tell(
                  "vidimus: "
                      + selector
                      + " is not known here yet; it is revoked when it comes, whole or as a"
                      + " file\n");
            }
          }
          return ExitCode.YES;
        });
  }

  private static String text(Acts.Revoked revoked, boolean dryRun) {
    StringBuilder text = new StringBuilder(dryRun ? "would revoke " : "revoked ");
    text.append(revoked.artifacts().size()).append(" artifacts, of which ");
    text.append(revoked.running().size()).append(" workloads run one\n");
    revoked
        .artifacts()
        .forEach(
            one ->
                text.append("  ")
                    .append(one.label())
                    .append("  ")
                    .append(one.snapshot())
                    .append('\n'));
    revoked
        .running()
        .forEach(
            one ->
                text.append("running  ")
                    .append(one.environment())
                    .append('/')
                    .append(one.workload())
                    .append("  ")
                    .append(one.label())
                    .append('\n'));
    return text.toString();
  }

  private static String json(Acts.Revoked revoked) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.revoke/1");
    json.name("statement").string(revoked.envelope()).name("artifacts").array();
    revoked
        .artifacts()
        .forEach(
            one ->
                json.object()
                    .name("snapshot")
                    .string(one.snapshot())
                    .name("label")
                    .string(one.label())
                    .endObject());
    json.endArray().name("running").array();
    revoked.running().forEach(one -> RunningView.write(json, one));
    return json.endArray().endObject() + "\n";
  }
}
