package dev.vidimus.cli;

import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Nearest;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.digest.DigestCommand;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.inventory.AdvisoriesCommand;
import dev.vidimus.cli.inventory.BomCommand;
import dev.vidimus.cli.inventory.CardCommand;
import dev.vidimus.cli.inventory.DepsCommand;
import dev.vidimus.cli.ledger.LedgerCommand;
import dev.vidimus.cli.lineage.CompareCommand;
import dev.vidimus.cli.lineage.TensorsCommand;
import dev.vidimus.cli.registry.StatefulCommands;
import dev.vidimus.cli.rules.RulesCommand;
import dev.vidimus.cli.scan.ScanCommand;
import dev.vidimus.cli.server.LoginCommand;
import dev.vidimus.cli.server.ServeCommand;
import dev.vidimus.cli.server.TokenCommand;
import dev.vidimus.cli.sign.AttestCommand;
import dev.vidimus.cli.sign.KeyCommand;
import dev.vidimus.cli.sign.SignCommand;
import dev.vidimus.cli.sign.VerifyAttestationCommand;
import dev.vidimus.cli.sign.VerifyBundleCommand;
import dev.vidimus.cli.sign.VerifyCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// All commands, and what they have in common: help, errors with a hint, exit codes.
public final class CommandLine {
  private CommandLine() {}

  /// Runs one command.
  ///
  /// @param words the arguments of the process
  public static ExitCode run(Host host, List<String> words) {
    try {
      return dispatch(host, words);
    } catch (UsageException e) {
      host.tell("vidimus: " + e.getMessage() + "\n");
      if (!e.hint().isEmpty()) {
        host.tell("hint: " + e.hint() + "\n");
      }
      return ExitCode.USAGE;
    } catch (IOException e) {
      // A reader that has enough, such as `head`, is no news to anybody.
      String problem = String.valueOf(e.getMessage());
      if (!problem.contains("Broken pipe")) {
        host.tell("vidimus: " + problem + "\n");
      }
      return ExitCode.COULD_NOT_TELL;
    } catch (RuntimeException | Error e) {
      // The JVM would end with 1, which means no. We do not know.
      host.tell("vidimus: internal error: " + e + "\n");
      for (StackTraceElement frame : e.getStackTrace()) {
        host.tell("    at " + frame + "\n");
      }
      host.tell("hint: please report this, if you can with the file; SECURITY.md says how\n");
      return ExitCode.COULD_NOT_TELL;
    }
  }

  private static ExitCode dispatch(Host host, List<String> words)
      throws IOException, UsageException {
    if (words.isEmpty()) {
      host.tell(Help.overview());
      return ExitCode.USAGE;
    }
    String word = words.getFirst();
    List<String> rest = words.subList(1, words.size());
    return switch (word) {
      case "scan" ->
          asksForHelp(rest) ? help(host, ScanCommand.COMMAND) : ScanCommand.run(host, rest);
      case "rules" ->
          asksForHelp(rest) ? help(host, RulesCommand.COMMAND) : RulesCommand.run(host, rest);
      case "digest" ->
          asksForHelp(rest) ? help(host, DigestCommand.COMMAND) : DigestCommand.run(host, rest);
      case "tensors" ->
          asksForHelp(rest) ? help(host, TensorsCommand.COMMAND) : TensorsCommand.run(host, rest);
      case "compare" ->
          asksForHelp(rest) ? help(host, CompareCommand.COMMAND) : CompareCommand.run(host, rest);
      case "sign" ->
          asksForHelp(rest) ? help(host, SignCommand.COMMAND) : SignCommand.run(host, rest);
      case "verify" ->
          asksForHelp(rest) ? help(host, VerifyCommand.COMMAND) : VerifyCommand.run(host, rest);
      case "attest" ->
          asksForHelp(rest) ? help(host, AttestCommand.COMMAND) : AttestCommand.run(host, rest);
      case "verify-attestation" ->
          asksForHelp(rest)
              ? help(host, VerifyAttestationCommand.COMMAND)
              : VerifyAttestationCommand.run(host, rest);
      case "verify-bundle" ->
          asksForHelp(rest)
              ? help(host, VerifyBundleCommand.COMMAND)
              : VerifyBundleCommand.run(host, rest);
      case "key" -> asksForHelp(rest) ? help(host, KeyCommand.COMMAND) : KeyCommand.run(host, rest);
      case "ledger" ->
          asksForHelp(rest) ? help(host, LedgerCommand.COMMAND) : LedgerCommand.run(host, rest);
      case "init",
          "person",
          "policy",
          "admit",
          "queue",
          "approve",
          "reject",
          "promote",
          "deploy",
          "retire",
          "deprecate",
          "revoke",
          "exception",
          "break-glass",
          "ps",
          "trace",
          "impact",
          "lineage",
          "history",
          "explain",
          "who-approved",
          "cache",
          "gate",
          "storage",
          "gc",
          "backup",
          "restore",
          "doctor" ->
          asksForHelp(rest) ? helpOn(host, List.of(word)) : StatefulCommands.run(host, word, rest);
      case "serve" ->
          asksForHelp(rest) ? help(host, ServeCommand.COMMAND) : ServeCommand.run(host, rest);
      case "login" ->
          asksForHelp(rest) ? help(host, LoginCommand.COMMAND) : LoginCommand.run(host, rest);
      case "token" ->
          asksForHelp(rest) ? help(host, TokenCommand.COMMAND) : TokenCommand.run(host, rest);
      case "deps" ->
          asksForHelp(rest) ? help(host, DepsCommand.COMMAND) : DepsCommand.run(host, rest);
      case "bom" -> asksForHelp(rest) ? help(host, BomCommand.COMMAND) : BomCommand.run(host, rest);
      case "card" ->
          asksForHelp(rest) ? help(host, CardCommand.COMMAND) : CardCommand.run(host, rest);
      case "advisories" ->
          asksForHelp(rest)
              ? help(host, AdvisoriesCommand.COMMAND)
              : AdvisoriesCommand.run(host, rest);
      case "completion" ->
          asksForHelp(rest) ? help(host, Completion.COMMAND) : Completion.run(host, rest);
      case "help", "--help", "-h" -> helpOn(host, rest);
      case "version", "--version", "-V" -> {
        host.print("vidimus " + Version.VERSION + "\n");
        yield ExitCode.YES;
      }
      case Training.WORD -> {
        Training.run(host, Path.of(rest.getFirst()));
        yield ExitCode.YES;
      }
      case Training.STATE_WORD -> {
        Training.runState(host, Path.of(rest.getFirst()));
        yield ExitCode.YES;
      }
      case Training.QUESTIONS_WORD -> {
        Training.runQuestions(host, Path.of(rest.getFirst()));
        yield ExitCode.YES;
      }
      case Training.INVENTORY_WORD -> {
        Training.runInventory(host);
        yield ExitCode.YES;
      }
      case Training.LINEAGE_WORD -> {
        Training.runLineage(host);
        yield ExitCode.YES;
      }
      default -> throw unknown(word);
    };
  }

  /// The commands in the order of the overview.
  static List<Command> commands() {
    List<Command> commands = new ArrayList<>();
    commands.addAll(StatefulCommands.commands());
    commands.addAll(
        List.of(
            ServeCommand.COMMAND,
            TokenCommand.COMMAND,
            LoginCommand.COMMAND,
            ScanCommand.COMMAND,
            DigestCommand.COMMAND,
            TensorsCommand.COMMAND,
            DepsCommand.COMMAND,
            AdvisoriesCommand.COMMAND,
            BomCommand.COMMAND,
            CardCommand.COMMAND,
            CompareCommand.COMMAND,
            SignCommand.COMMAND,
            VerifyCommand.COMMAND,
            AttestCommand.COMMAND,
            VerifyAttestationCommand.COMMAND,
            VerifyBundleCommand.COMMAND,
            KeyCommand.COMMAND,
            LedgerCommand.COMMAND,
            RulesCommand.COMMAND,
            Completion.COMMAND));
    return commands;
  }

  private static boolean asksForHelp(List<String> words) {
    for (String word : words) {
      if (word.equals("--")) {
        return false;
      }
      if (word.equals("--help") || word.equals("-h")) {
        return true;
      }
    }
    return false;
  }

  private static ExitCode helpOn(Host host, List<String> words) throws IOException, UsageException {
    if (words.isEmpty()) {
      host.print(Help.overview());
      return ExitCode.YES;
    }
    for (Command command : commands()) {
      if (command.name().equals(words.getFirst())) {
        return help(host, command);
      }
    }
    throw unknown(words.getFirst());
  }

  private static ExitCode help(Host host, Command command) throws IOException {
    host.print(Help.of(command));
    return ExitCode.YES;
  }

  private static UsageException unknown(String word) {
    List<String> names = new ArrayList<>(List.of("help", "version", "--help", "--version"));
    for (Command command : commands()) {
      names.add(command.name());
    }
    String nearest = Nearest.to(word, names);
    String what = word.startsWith("-") ? "unknown option: " : "unknown command: ";
    return new UsageException(
        what + word,
        nearest == null
            ? "vidimus help lists the commands; to scan: vidimus scan PATH"
            : "did you mean vidimus " + nearest + "?");
  }
}
