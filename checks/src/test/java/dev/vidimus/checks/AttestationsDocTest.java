package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page on attestations shows commands, and they do what it says.
final class AttestationsDocTest {
  private static final String BEGIN = "```sh\n";

  @TempDir Path folder;

  @Test
  void examplesRun() throws Exception {
    String page = Files.readString(CommandRun.ROOT.resolve("docs/reference/attestations.md"));
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    // A shell passes over the failure of a line that begins with an exclamation mark.
    String examples =
        page.substring(begin, page.indexOf("```", begin)).replace("\n! vidimus", "\nrefused");
    Path script = folder.resolve("examples");
    Files.writeString(
        script,
        """
        set -eu
        vidimus() { "$JAVA" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$CLASSES" dev.vidimus.cli.Main "$@"; }
        refused() { code=0; vidimus "$@" || code=$?; test $code = 1; }
        """
            + examples
            + "echo ran to the end\n");
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", script.toString())).directory(folder.toFile());
    builder
        .environment()
        .put("JAVA", Path.of(System.getProperty("java.home"), "bin", "java").toString());
    builder.environment().put("CLASSES", System.getProperty("java.class.path"));
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).endsWith("ran to the end\n");
  }
}
