package dev.vidimus.cli.registry;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.question.UnknownReference;
import java.io.IOException;

/// Runs what a command does, and says how it failed and what to do next.
public final class Attempt {
  private Attempt() {}

  /// What a command does.
  public interface Act {
    ExitCode run() throws IOException, UsageException, FormatException, CheckFailed;
  }

  /// @return its answer; no if a check refused, could not tell if the input or the world failed
  public static ExitCode at(Host host, Act act) throws IOException, UsageException {
    try {
      return act.run();
    } catch (CheckFailed e) {
      host.tell("vidimus: refused: " + e.getMessage() + "\n");
      return ExitCode.NO;
    } catch (Refusal e) {
      return tell(host, e, e.hint());
    } catch (UnknownReference e) {
      return tell(host, e, e.hint());
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ExitCode tell(Host host, IOException e, String hint) {
    host.tell("vidimus: " + e.getMessage() + "\n");
    if (!hint.isEmpty()) {
      host.tell("hint: " + hint + "\n");
    }
    return ExitCode.COULD_NOT_TELL;
  }
}
