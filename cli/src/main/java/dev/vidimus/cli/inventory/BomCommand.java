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
import dev.vidimus.cli.registry.Opened;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.BillChanges;
import dev.vidimus.inventory.bom.BillReader;
import dev.vidimus.inventory.bom.BomCheck;
import dev.vidimus.inventory.bom.CycloneDxWriter;
import dev.vidimus.inventory.bom.Discovery;
import dev.vidimus.inventory.bom.Material;
import dev.vidimus.inventory.bom.SpdxWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Writes bills of materials, and checks them.
public final class BomCommand {
  private static final Option FORMAT =
      Option.choice(
          "--format",
          List.of("text", "json", "cyclonedx", "spdx"),
          "How to print; text if it is not given with check, diff and import, cyclonedx"
              + " otherwise.");
  private static final Option SPEC =
      Option.choice("--spec", List.of("1.6", "1.7"), "Version of CycloneDX; 1.6 if not given.");
  private static final Option QUALITY =
      Option.toggle(
          "--quality", "", "What a valid document leaves open counts, too (exit code 1).");

  private static final Option SIGNED =
      Option.toggle(
          "--signed", "", "The bill of a REF as it was signed, without what was recorded since.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "bom",
          "what is it made of? writes a bill of materials, or checks one",
          "PATH|REF | check FILE | diff A B | import FILE",
          List.of(FORMAT, SPEC, QUALITY, SIGNED, Opened.HOME, Opened.DATABASE),
          """
          Of a file or folder it writes CycloneDX or SPDX: its files with their digests, the packages,
          images, models and services that they name, and what its card and configurations declare;
          each fact says how it is known. The same bytes give the same document. REF is an artifact of
          the registry, whose bill was written and signed when it was admitted; parents that were
          proven or refuted, tensor roots and what runs it now come with it.

          Checked are CycloneDX 1.4 to 1.7 in JSON and SPDX 3.0 in JSON-LD. A valid document may still
          leave open what matters: models without digest, references that lead nowhere, lineage that
          disagrees with itself, services without authentication. import reads one of them, and prints
          its facts or writes them in the other format; diff says what changed between two, each of
          which is a document, a file or a folder.

          examples:
            vidimus bom model/ >aibom.json
            vidimus bom --format spdx model/ >aibom.spdx.json
            vidimus bom check --quality --format json aibom.json
            vidimus bom diff old.json model/
            vidimus bom import --format spdx vendor.cdx.json

          exit codes: 0 written, valid, or nothing serious changed; 1 invalid or rejected, with
          --quality something is left open, or other bytes, another licence or a weaker origin than
          before; 2 something could not be read
          """);

  private BomCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> parameters = arguments.parameters();
    String word = parameters.isEmpty() ? "" : parameters.getFirst();
    if (parameters.size() == 1) {
      return write(host, arguments, word);
    }
    if (parameters.size() == 2 && word.equals("check")) {
      return check(host, arguments, parameters.get(1));
    }
    if (parameters.size() == 2 && word.equals("import")) {
      return take(host, arguments, parameters.get(1));
    }
    if (parameters.size() == 3 && word.equals("diff")) {
      return diff(host, arguments, parameters.get(1), parameters.get(2));
    }
    throw new UsageException(
        "vidimus bom takes one PATH or REF, check FILE, diff A B or import FILE",
        "--help explains");
  }

  private static ExitCode check(Host host, Arguments arguments, String name) throws IOException {
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
    String wanted = arguments.value(FORMAT);
    if (!Files.exists(host.folder().resolve(path))) {
      try {
        Bill bill = RegisteredBill.read(host, arguments, path, arguments.has(SIGNED));
        print(host, arguments, bill, wanted == null ? "cyclonedx" : wanted, "");
        return ExitCode.YES;
      } catch (FormatException e) {
        throw new IOException(e.getMessage(), e);
      }
    }
    Material material = Material.of(host.folder().resolve(path));
    print(host, arguments, Discovery.bill(material), wanted == null ? "cyclonedx" : wanted, "");
    for (NotExamined gap : material.notExamined()) {
      host.tell("vidimus: not in the bill: " + gap.location().path() + ": " + gap.reason() + "\n");
    }
    return material.notExamined().isEmpty() ? ExitCode.YES : ExitCode.COULD_NOT_TELL;
  }

  /// Prints a bill.
  ///
  /// @param from the format that it was read in; empty if it was found in files
  private static void print(Host host, Arguments arguments, Bill bill, String format, String from)
      throws IOException {
    String spec = arguments.value(SPEC);
    // What a document of 1.7 says may have no place in 1.6.
    String version = spec == null ? from.equals("CycloneDX 1.7") ? "1.7" : "1.6" : spec;
    host.print(
        switch (format) {
          case "cyclonedx" -> CycloneDxWriter.write(bill, version, host.version());
          case "spdx" -> SpdxWriter.write(bill, host.version());
          case "json" -> BillOutput.json(bill, from) + "\n";
          default -> BillOutput.text(bill);
        });
  }

  private static ExitCode take(Host host, Arguments arguments, String name) throws IOException {
    try (Bytes bytes = FileBytes.open(host.folder().resolve(name))) {
      BillReader.Read read = BillReader.read(bytes, name);
      String format = arguments.value(FORMAT);
      print(host, arguments, read.bill(), format == null ? "text" : format, read.check().format());
      return ExitCode.YES;
    } catch (FormatException e) {
      host.tell("vidimus: rejected: " + e.getMessage() + "\n");
      return ExitCode.NO;
    }
  }

  private static ExitCode diff(Host host, Arguments arguments, String before, String after)
      throws IOException, UsageException {
    String format = arguments.value(FORMAT);
    if (format != null && !format.equals("json") && !format.equals("text")) {
      throw new UsageException("changes are printed as text or json", "leave --format out");
    }
    BillChanges changes = BillChanges.between(side(host, before), side(host, after));
    host.print("json".equals(format) ? BillOutput.json(changes) + "\n" : BillOutput.text(changes));
    return changes.isSerious() ? ExitCode.NO : ExitCode.YES;
  }

  /// A document, or what a bill is made of.
  private static Bill side(Host host, String name) throws IOException {
    Path path = host.folder().resolve(name);
    boolean isDocument =
        Files.isRegularFile(path) && name.toLowerCase(Locale.ROOT).matches(".*\\.json(?:ld)?");
    if (!isDocument) {
      return Discovery.bill(Material.of(path));
    }
    try (Bytes bytes = FileBytes.open(path)) {
      return BillReader.read(bytes, name).bill();
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
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
