package dev.vidimus.cli.sign;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.attestation.Attester;
import dev.vidimus.evidence.keys.SigningKey;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs a statement about a file or folder.
public final class AttestCommand {
  private static final Option PREDICATE =
      Option.valued("--predicate", "FILE", "What is claimed: a JSON object.");
  private static final Option TYPE =
      Option.valued("--type", "URI", "What kind of claim it is: the predicate type.");
  private static final Option OUTPUT =
      Option.valued("--output", "FILE", "Where to write; PATH.intoto.json if it is not given.");
  private static final Option NAME =
      Option.valued("--name", "NAME", "The subject's name; the base name of PATH if not given.");
  private static final Option FORCE =
      Option.toggle("--force", "", "Replace the output if it exists.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "attest",
          "sign a claim about a file or folder, as an in-toto attestation",
          "PATH",
          List.of(PREDICATE, TYPE, KeyOption.OPTION, OUTPUT, NAME, FORCE, Passphrase.OPTION),
          """
          example: vidimus attest --predicate provenance.json --type https://slsa.dev/provenance/v1 \\
                     --key release.pem models/mine
          The subject of a file is its sha256; of a folder, its snapshot digest as dirHash.
          exit codes: 0 signed; 2 could not read or write
          """);

  private AttestCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String predicateFile = arguments.value(PREDICATE);
    String type = arguments.value(TYPE);
    String keyWord = arguments.value(KeyOption.OPTION);
    if (arguments.parameters().size() != 1
        || predicateFile == null
        || type == null
        || keyWord == null) {
      throw new UsageException(
          "vidimus attest takes one PATH, --predicate FILE, --type URI and --key", "");
    }
    requireUri(type);
    Path path = host.folder().resolve(arguments.parameters().getFirst());
    Path output = output(host, path, arguments.value(OUTPUT));
    try {
      JsonObject predicate = predicate(host.folder().resolve(predicateFile));
      SigningKey key = KeyOption.read(host, arguments, keyWord);
      AttestedArtifact artifact = AttestedArtifact.of(path, List.of(output));
      byte[] bundle = Attester.attest(artifact, arguments.value(NAME), type, predicate, key);
      NewFile.write(output, bundle, arguments.has(FORCE));
      host.print("attested: " + output + " by " + key.verifying() + "\n");
      artifact
          .subject(null)
          .digest()
          .forEach((algorithm, hex) -> host.tell(algorithm + ":" + hex + "\n"));
      return ExitCode.YES;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static JsonObject predicate(Path file) throws FormatException, IOException {
    try (Bytes bytes = FileBytes.open(file)) {
      return Attester.predicate(bytes, file.toString());
    }
  }

  private static Path output(Host host, Path path, @Nullable String told) {
    if (told != null) {
      return host.folder().resolve(told);
    }
    Path own = path.toAbsolutePath().normalize().getFileName();
    return path.resolveSibling((own == null ? "artifact" : own) + ".intoto.json");
  }

  private static void requireUri(String type) throws UsageException {
    try {
      if (new URI(type).isAbsolute()) {
        return;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new UsageException("--type is a URI, not \"" + type + "\"", "");
  }
}
