package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.cli.host.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The README shows what happens.
final class ReadmeTest {
  /// The shown commands run, and print what is shown. (Times are not compared.)
  @Test
  void whatTheReadmeShowsIsWhatIsPrinted(@TempDir Path home) throws IOException {
    List<String> shown = consoleBlocks(CommandRun.ROOT.resolve("README.md"));
    int commands = 0;
    for (String block : shown) {
      String[] lines = block.split("\n", 2);
      if (lines[0].startsWith("$ ./vidimus ")) {
        commands++;
        CommandRun run = of(home, lines[0].substring("$ ./vidimus ".length()).split(" "));
        assertThat(timeless(run.out())).as(lines[0]).isEqualTo(timeless(lines[1]));
        assertThat(run.exit()).isNotEqualTo(ExitCode.USAGE);
      }
    }
    assertThat(commands).as("commands shown").isGreaterThanOrEqualTo(2);
  }

  /// Runs a command as somebody who has nothing yet when the first one runs.
  private static CommandRun of(Path home, String... words) {
    Map<String, String> variables = Map.of("HOME", home.toString());
    return CommandRun.of(new CommandRun.FakeHost(CommandRun.ROOT, variables, new byte[0]), words);
  }

  private static String timeless(String text) {
    return text.replaceAll(" in [0-9.]+ m?s", " in … ms").strip();
  }

  private static List<String> consoleBlocks(Path file) throws IOException {
    var blocks = new ArrayList<String>();
    Matcher block =
        Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(Files.readString(file));
    while (block.find()) {
      blocks.add(block.group(1));
    }
    return blocks;
  }
}
