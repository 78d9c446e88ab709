package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.inventory.bom.BomCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Checks bills of materials.
public final class BomCommand {
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");
  private static final Option QUALITY =
      Option.toggle(
          "--quality", "", "What a valid document leaves open counts, too (exit code 1).");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "bom",
          "is a bill of materials one, and what does it leave open?",
          "check FILE",
          List.of(FORMAT, QUALITY),
          """
          Read are CycloneDX 1.4 to 1.7 in JSON and SPDX 3.0 in JSON-LD. A valid document may still
          leave open what matters: models without digest, references that lead nowhere, lineage that
          disagrees with itself, services without authentication.

          examples:
            vidimus bom check aibom.json
            vidimus bom check --quality --format json aibom.json

          exit codes: 0 valid; 1 invalid or rejected, or with --quality something is left open;
          2 the file could not be read
          """);

  private BomCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> parameters = arguments.parameters();
    if (parameters.size() != 2 || !parameters.getFirst().equals("check")) {
      throw new UsageException("vidimus bom check takes one FILE", "--help explains");
    }
    String name = parameters.get(1);
    Path file = host.folder().resolve(name);
    boolean isJson = "json".equals(arguments.value(FORMAT));
    try (Bytes bytes = FileBytes.open(file)) {
      BomCheck check = BomCheck.of(bytes, name);
      host.print(isJson ? json(name, check) + "\n" : text(name, check));
      boolean isOpen = check.findings().stream().anyMatch(finding -> finding.level() != Level.INFO);
      return check.isValid() && !(arguments.has(QUALITY) && isOpen) ? ExitCode.YES : ExitCode.NO;
    } catch (FormatException e) {
      if (isJson) {
        host.print(rejected(name, e) + "\n");
      } else {
        host.print(name + ": rejected: " + e.getMessage() + "\n");
      }
      return ExitCode.NO;
    }
  }

  private static JsonWriter json(String name, BomCheck check) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.bom.check/1");
    json.name("file").string(name).name("format").string(check.format());
    json.name("valid").bool(check.isValid());
    DepsOutput.findings(json, check.findings());
    return json.endObject();
  }

  private static JsonWriter rejected(String name, FormatException problem) {
    JsonWriter json = new JsonWriter().object().name("schema").string("vidimus.bom.check/1");
    json.name("file").string(name).name("format").string("").name("valid").bool(false);
    json.name("rejected").string(String.valueOf(problem.getMessage()));
    DepsOutput.findings(json, List.<Finding>of());
    return json.endObject();
  }

  private static String text(String name, BomCheck check) {
    StringBuilder text = new StringBuilder();
    text.append(name).append(": ").append(check.isValid() ? "valid " : "invalid ");
    text.append(check.format()).append('\n');
    DepsOutput.lines(text, check.findings());
    return text.toString();
  }
}
