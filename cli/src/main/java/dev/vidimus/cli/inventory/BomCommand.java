package dev.vidimus.cli.inventory;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.inventory.bom.BomCheck;
import dev.vidimus.inventory.bom.CycloneDxWriter;
import dev.vidimus.inventory.bom.Material;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Writes bills of materials, and checks them.
public final class BomCommand {
  private static final Option FORMAT =
      Option.choice(
          "--format",
          List.of("text", "json", "cyclonedx"),
          "How to print; text if it is not given with check, cyclonedx otherwise.");
  private static final Option SPEC =
      Option.choice("--spec", List.of("1.6", "1.7"), "Version of CycloneDX; 1.6 if not given.");
  private static final Option QUALITY =
      Option.toggle(
          "--quality", "", "What a valid document leaves open counts, too (exit code 1).");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "bom",
          "what is it made of? writes a bill of materials, or checks one",
          "PATH | check FILE",
          List.of(FORMAT, SPEC, QUALITY),
          """
          Of a file or folder it writes CycloneDX: its files with their digests, the packages and
          images that they name, and what its card declares; each fact says how it is known. The same
          bytes give the same document.

          Checked are CycloneDX 1.4 to 1.7 in JSON and SPDX 3.0 in JSON-LD. A valid document may still
          leave open what matters: models without digest, references that lead nowhere, lineage that
          disagrees with itself, services without authentication.

          examples:
            vidimus bom model/ >aibom.json
            vidimus bom check aibom.json
            vidimus bom check --quality --format json aibom.json

          exit codes: 0 written, or valid; 1 invalid or rejected, or with --quality something is
          left open; 2 something could not be read
          """);

  private BomCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> parameters = arguments.parameters();
    if (parameters.size() == 1) {
      return write(host, arguments, parameters.getFirst());
    }
    if (parameters.size() != 2 || !parameters.getFirst().equals("check")) {
      throw new UsageException("vidimus bom takes one PATH, or check FILE", "--help explains");
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

  private static ExitCode write(Host host, Arguments arguments, String path)
      throws IOException, UsageException {
    String format = arguments.value(FORMAT);
    if (format != null && !format.equals("cyclonedx")) {
      throw new UsageException(
          "a bill of materials is written as cyclonedx, not " + format, "leave --format out");
    }
    Material material = Material.of(host.folder().resolve(path));
    String spec = arguments.value(SPEC);
    host.print(CycloneDxWriter.write(material, spec == null ? "1.6" : spec, host.version()));
    for (NotExamined gap : material.notExamined()) {
      host.tell("vidimus: not in the bill: " + gap.location().path() + ": " + gap.reason() + "\n");
    }
    return material.notExamined().isEmpty() ? ExitCode.YES : ExitCode.COULD_NOT_TELL;
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
