package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.cli.host.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What all commands have in common.
final class CommandLineTest {
  @TempDir Path folder;

  @Test
  void helpTeaches() {
    assertThat(CommandRun.of("--help").out()).contains("vidimus scan FILE-OR-FOLDER");
    assertThat(CommandRun.of("help", "scan").out())
        .isEqualTo(CommandRun.of("scan", "--help").out())
        .contains("examples:")
        .contains("exit codes:");
    assertThat(CommandRun.of("--help").exit()).isEqualTo(ExitCode.YES);
  }

  @Test
  void linesOfTheHelpFitATerminal() {
    for (String command : new String[] {"scan", "rules", "completion"}) {
      assertThat(CommandRun.of(command, "--help").out().lines())
          .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }
  }

  @Test
  void mistakesAreGuessed() {
    CommandRun run = CommandRun.of("sacn", "x");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .isEqualTo("vidimus: unknown command: sacn\nhint: did you mean vidimus scan?\n");
    assertThat(CommandRun.of("scan").err()).contains("nothing to scan").contains("hint: ");
    assertThat(CommandRun.of().exit()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void rulesExplainOne() {
    CommandRun run = CommandRun.of("rules", "vid-pickle-001");
    assertThat(run.exit()).isEqualTo(ExitCode.YES);
    assertThat(run.out()).startsWith("# VID-PICKLE-001: ").contains("## ");
    assertThat(CommandRun.of("rules", "VID-PICKEL-001").err())
        .contains("hint: did you mean VID-PICKLE-001?");
  }

  @Test
  void failureOfOursIsNeverAnAnswer() {
    var host =
        new CommandRun.FakeHost(CommandRun.ROOT, Map.of(), new byte[0]) {
          @Override
          public int processors() {
            throw new IllegalStateException("made up");
          }
        };
    CommandRun run = CommandRun.of(host, "scan", "examples/models");
    assertThat(run.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(run.err()).contains("internal error: java.lang.IllegalStateException: made up");
  }

  @Test
  void completionIsUnderstoodByBash() throws Exception {
    Path script = folder.resolve("completion.bash");
    Files.writeString(
        script,
        CommandRun.of("completion", "bash").out()
            + """
            COMP_WORDS=(vidimus scan --format s) COMP_CWORD=3
            _vidimus
            echo "${COMPREPLY[*]}"
            COMP_WORDS=(vidimus scan --ex) COMP_CWORD=2
            _vidimus
            echo "${COMPREPLY[*]}"
            """);
    Process bash = new ProcessBuilder("bash", "-e", script.toString()).start();
    assertThat(bash.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(new String(bash.getInputStream().readAllBytes()).lines())
        .containsExactly("sarif", "--explain --exclude");
  }
}
