package dev.vidimus.cli.ledger;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Nearest;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.HomeFolder;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.Home;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/// Keeps evidence in a log, and checks such logs.
public final class LedgerCommand {
  static final Option LEDGER =
      Option.valued("--ledger", "FOLDER", "The ledger; HOME/ledger if it is not given.");
  static final Option KEY =
      Option.valued(
          "--key", "FILE", "init, append: the log's Ed25519 key; HOME/keys/log.pem otherwise.");
  static final Option COSIGN_KEY =
      Option.valued(
          "--cosign-key", "FILE", "init, append: an ML-DSA-44 key that signs checkpoints, too.");
  static final Option LOG_KEY =
      Option.valued(
          "--log-key",
          "VKEY|FILE",
          "The log's public key, kept elsewhere; HOME/keys/log.vkey otherwise.");
  static final Option ORIGIN =
      Option.valued("--origin", "NAME", "init: the log's name, such as ledger.example.com/models.");
  static final Option TYPE =
      Option.valued("--type", "WORD", "append: what was signed; from its predicate otherwise.");
  static final Option ACTOR =
      Option.valued("--actor", "ID", "append: who asks, as an opaque id; \"cli\" otherwise.");
  static final Option AGAINST =
      Option.valued(
          "--against",
          "FILE",
          "verify: a checkpoint saved before; the log grew from it. Repeatable.");
  static final Option RECEIPT =
      Option.valued(
          "--receipt",
          "FILE",
          "append: where to write; verify: check this receipt offline instead.");
  static final Option ENVELOPE =
      Option.valued("--envelope", "FILE", "verify --receipt: the envelope that it is about.");
  static final Option LATEST =
      Option.valued("--latest", "FILE", "witness-check: the checkpoint that was cosigned last.");
  static final Option CHECKPOINT =
      Option.toggle("--checkpoint", "", "export: the signed checkpoint instead of the entries.");
  static final Option OUTPUT =
      Option.valued(
          "--output", "FILE", "prove, export: where to write; standard output otherwise.");
  static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  private static final List<String> VERBS =
      List.of("init", "append", "verify", "prove", "export", "witness-check", "rebuild");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "ledger",
          "keep evidence in a log that nobody changes unnoticed",
          "init | append FILE… | verify | prove INDEX|sha256:HEX | export | witness-check REQUEST"
              + " | rebuild",
          List.of(
              LEDGER,
              LOG_KEY,
              KEY,
              COSIGN_KEY,
              ORIGIN,
              TYPE,
              ACTOR,
              RECEIPT,
              ENVELOPE,
              AGAINST,
              LATEST,
              CHECKPOINT,
              OUTPUT,
              Passphrase.OPTION,
              FORMAT),
          """
          init begins a ledger and prints the log's public key: keep it where the log is not.
          append logs signed statements (DSSE envelopes or Sigstore bundles) and gives receipts.
          verify walks over every entry, tile and envelope; --against FILE finds a log that was
            rewritten since FILE was saved: vidimus ledger export --checkpoint > FILE.
          prove makes a receipt for an entry, which verifies offline: verify --receipt FILE.
          export prints the entries, one line of JSON each. witness-check answers a log's
            add-checkpoint request as a witness has to: 0 cosign, 1 refuse.

          rebuild makes the database of the registry in HOME again from its ledger alone.

          HOME is VIDIMUS_HOME, or the folder vidimus in this user's data folder.
          example: vidimus ledger init --ledger log --key log.pem --origin ledger.example.com
          exit codes: 0 yes; 1 tampered with or refused; 2 could not tell
          """);

  private LedgerCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> given = arguments.parameters();
    String verb = given.isEmpty() ? "" : given.getFirst();
    List<String> rest = given.isEmpty() ? List.of() : given.subList(1, given.size());
    Places places = new Places(host, arguments);
    try {
      return switch (verb) {
        case "init" -> new Writing(host, places, arguments).init(rest);
        case "append" -> new Writing(host, places, arguments).append(rest);
        case "verify" -> new Verifying(host, places, arguments).run(rest);
        case "prove" -> new Reading(host, places, arguments).prove(rest);
        case "export" -> new Reading(host, places, arguments).export(rest);
        case "witness-check" -> new Reading(host, places, arguments).witnessCheck(rest);
        case "rebuild" -> rebuild(host);
        default -> throw unknown(verb);
      };
    } catch (CheckFailed e) {
      host.tell("vidimus: refused: " + e.getMessage() + "\n");
      return ExitCode.NO;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ExitCode rebuild(Host host) throws IOException, FormatException, CheckFailed {
    Registry registry =
        Registry.open(
            new Home(HomeFolder.of(host)),
            host.variable("VIDIMUS_DB"),
            host.version(),
            1,
            InstantSource.system());
    host.print("rebuilt from " + registry.rebuild() + " entries\n");
    return ExitCode.YES;
  }

  private static UsageException unknown(String verb) {
    String nearest = Nearest.to(verb, VERBS);
    return new UsageException(
        "vidimus ledger takes " + COMMAND.parameters(),
        nearest == null ? "" : "did you mean vidimus ledger " + nearest + "?");
  }
}
