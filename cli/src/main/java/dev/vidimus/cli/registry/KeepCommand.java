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
import dev.vidimus.registry.keep.Backup;
import dev.vidimus.registry.keep.Collection;
import dev.vidimus.registry.keep.Doctor;
import dev.vidimus.registry.keep.Usage;
import java.io.IOException;
import java.util.List;

/// `storage`, `gc`, `backup`, `restore` and `doctor`.
public final class KeepCommand {
  private static final Option DRY_RUN = Option.toggle("--dry-run", "", "Only count.");
  private static final Option DEEP = Option.toggle("--deep", "", "Hash every blob, too.");

  /// What `storage` understands.
  public static final Command STORAGE =
      new Command("storage", "how much of the disk the registry takes", "", Opened.COMMON, "");

  /// What `gc` understands.
  public static final Command GC =
      new Command(
          "gc",
          "delete blobs that belong to no artifact; never evidence",
          "",
          List.of(DRY_RUN, Opened.HOME, Opened.DATABASE, Opened.FORMAT),
          "");

  /// What `backup` understands.
  public static final Command BACKUP =
      new Command(
          "backup",
          "copy ledger, keys, names and blobs into a new folder",
          "FOLDER",
          Opened.COMMON,
          "The copy has the private keys: keep it as well as the registry itself.\n");

  /// What `restore` understands.
  public static final Command RESTORE =
      new Command(
          "restore",
          "begin a registry from a backup, after its ledger is verified",
          "FOLDER",
          Opened.COMMON,
          "");

  /// What `doctor` understands.
  public static final Command DOCTOR =
      new Command(
          "doctor",
          "is the registry well?",
          "",
          List.of(DEEP, Opened.HOME, Opened.DATABASE, Opened.FORMAT),
          "Exit codes: 0 well; 1 not, with what to do.\n");

  private KeepCommand() {}

  /// Runs one of them.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, Command command, List<String> words)
      throws IOException, UsageException {
    Arguments arguments = Arguments.parse(command, words);
    Opened opened = new Opened(host, arguments);
    int expected = command.parameters().isEmpty() ? 0 : 1;
    if (arguments.parameters().size() != expected) {
      throw new UsageException("vidimus " + command.name() + " takes " + command.parameters(), "");
    }
    return Attempt.at(
        host,
        () ->
            switch (command.name()) {
              case "storage" -> storage(host, opened);
              case "gc" -> gc(host, opened, arguments.has(DRY_RUN));
              case "backup" -> backup(host, opened, arguments.parameters().getFirst());
              case "restore" -> restore(host, opened, arguments.parameters().getFirst());
              default -> doctor(host, opened, arguments.has(DEEP));
            });
  }

  private static ExitCode storage(Host host, Opened opened) throws IOException, UsageException {
    Usage usage = Usage.of(opened.registry().home());
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.storage/1");
    StringBuilder text = new StringBuilder(opened.home().root() + "\n");
    usage
        .parts()
        .forEach(
            (part, bytes) -> {
              json.name(part).number(bytes);
              text.append(part).append("  ").append(bytes).append(" bytes\n");
            });
    text.append("free  ").append(usage.free()).append(" bytes\n");
    host.print(
        opened.isJson() ? json.name("free").number(usage.free()).endObject() + "\n" : text + "");
    return ExitCode.YES;
  }

  private static ExitCode gc(Host host, Opened opened, boolean dryRun)
      throws IOException, UsageException, FormatException, CheckFailed {
    Collection collection = Collection.of(opened.registry(), dryRun);
    host.print(
        opened.isJson()
            ? new JsonWriter()
                    .object()
                    .name("schema")
                    .string("vidimus.gc/1")
                    .name("blobs")
                    .number(collection.blobs())
                    .name("bytes")
                    .number(collection.bytes())
                    .name("unfinished")
                    .number(collection.unfinished())
                    .endObject()
                + "\n"
            : (dryRun ? "would free " : "freed ")
                + collection.bytes()
                + " bytes in "
                + collection.blobs()
                + " blobs\n");
    return ExitCode.YES;
  }

  private static ExitCode backup(Host host, Opened opened, String folder)
      throws IOException, UsageException, FormatException, CheckFailed {
    long entries = Backup.make(opened.registry(), host.folder().resolve(folder));
    host.print(entries + " entries and what belongs to them are in " + folder + "\n");
    return ExitCode.YES;
  }

  private static ExitCode restore(Host host, Opened opened, String folder)
      throws IOException, FormatException, CheckFailed {
    long entries = Backup.restore(host.folder().resolve(folder), opened.home());
    long rebuilt = opened.registryToBegin().rebuild();
    host.print(entries + " entries verified, " + rebuilt + " in the tables\n");
    return ExitCode.YES;
  }

  private static ExitCode doctor(Host host, Opened opened, boolean deep)
      throws IOException, UsageException {
    List<Doctor.Check> checks = Doctor.examine(opened.registry(), deep);
    boolean well = checks.stream().allMatch(Doctor.Check::ok);
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.doctor/1");
    json.name("well").bool(well).name("checks").array();
    StringBuilder text = new StringBuilder();
    for (Doctor.Check check : checks) {
      json.object().name("name").string(check.name()).name("ok").bool(check.ok());
      json.name("detail").string(check.detail()).endObject();
      text.append(check.ok() ? "well  " : "BAD   ").append(check.name());
      text.append(check.detail().isEmpty() ? "" : ": " + check.detail()).append('\n');
    }
    host.print(opened.isJson() ? json.endArray().endObject() + "\n" : text.toString());
    return well ? ExitCode.YES : ExitCode.NO;
  }
}
