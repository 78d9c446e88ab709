package dev.vidimus.cli.registry;

import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.util.List;

/// The commands that keep state, in the order of the help.
public final class StatefulCommands {
  private StatefulCommands() {}

  /// Their descriptions.
  public static List<Command> commands() {
    return List.of(
        AdmitCommand.COMMAND,
        QuestionCommand.QUEUE,
        JudgeCommand.EXPLAIN,
        AnswerCommand.APPROVE,
        AnswerCommand.REJECT,
        JudgeCommand.PROMOTE,
        JudgeCommand.GATE,
        UseCommand.DEPLOY,
        UseCommand.RETIRE,
        UseCommand.DEPRECATE,
        RevokeCommand.COMMAND,
        ExceptionCommand.COMMAND,
        BreakGlassCommand.COMMAND,
        QuestionCommand.PS,
        TraceCommand.TRACE,
        QuestionCommand.IMPACT,
        LineageCommand.COMMAND,
        QuestionCommand.HISTORY,
        TraceCommand.WHO,
        PolicyCommand.COMMAND,
        PersonCommand.COMMAND,
        CacheCommand.COMMAND,
        InitCommand.COMMAND,
        KeepCommand.STORAGE,
        KeepCommand.GC,
        KeepCommand.BACKUP,
        KeepCommand.RESTORE,
        KeepCommand.DOCTOR);
  }

  /// Runs one of them.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, String name, List<String> words)
      throws IOException, UsageException {
    return switch (name) {
      case "admit" -> AdmitCommand.run(host, words);
      case "queue" -> QuestionCommand.run(host, QuestionCommand.QUEUE, words);
      case "explain" -> JudgeCommand.run(host, JudgeCommand.EXPLAIN, words);
      case "approve" -> AnswerCommand.run(host, AnswerCommand.APPROVE, words);
      case "reject" -> AnswerCommand.run(host, AnswerCommand.REJECT, words);
      case "promote" -> JudgeCommand.run(host, JudgeCommand.PROMOTE, words);
      case "gate" -> JudgeCommand.run(host, JudgeCommand.GATE, words);
      case "deploy" -> UseCommand.run(host, UseCommand.DEPLOY, words);
      case "retire" -> UseCommand.run(host, UseCommand.RETIRE, words);
      case "deprecate" -> UseCommand.run(host, UseCommand.DEPRECATE, words);
      case "revoke" -> RevokeCommand.run(host, words);
      case "exception" -> ExceptionCommand.run(host, words);
      case "break-glass" -> BreakGlassCommand.run(host, words);
      case "ps" -> QuestionCommand.run(host, QuestionCommand.PS, words);
      case "trace" -> TraceCommand.run(host, TraceCommand.TRACE, words);
      case "impact" -> QuestionCommand.run(host, QuestionCommand.IMPACT, words);
      case "lineage" -> LineageCommand.run(host, words);
      case "history" -> QuestionCommand.run(host, QuestionCommand.HISTORY, words);
      case "who-approved" -> TraceCommand.run(host, TraceCommand.WHO, words);
      case "policy" -> PolicyCommand.run(host, words);
      case "person" -> PersonCommand.run(host, words);
      case "cache" -> CacheCommand.run(host, words);
      case "init" -> InitCommand.run(host, words);
      case "storage" -> KeepCommand.run(host, KeepCommand.STORAGE, words);
      case "gc" -> KeepCommand.run(host, KeepCommand.GC, words);
      case "backup" -> KeepCommand.run(host, KeepCommand.BACKUP, words);
      case "restore" -> KeepCommand.run(host, KeepCommand.RESTORE, words);
      case "doctor" -> KeepCommand.run(host, KeepCommand.DOCTOR, words);
      default -> throw new IllegalArgumentException(name);
    };
  }
}
