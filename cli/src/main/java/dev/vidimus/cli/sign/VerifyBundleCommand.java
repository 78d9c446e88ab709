package dev.vidimus.cli.sign;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleVerification;
import dev.vidimus.evidence.sigstore.BundleVerifier;
import dev.vidimus.evidence.sigstore.SignedArtifact;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Verifies a Sigstore bundle about a file.
public final class VerifyBundleCommand {
  private static final String SHA256 = "sha256:";
  private static final Option BUNDLE = Option.valued("--bundle", "FILE", "The Sigstore bundle.");
  private static final Option KEY =
      Option.valued("--key", "FILE", "The public key that must have signed.");
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "verify-bundle",
          "did they sign this file, by a Sigstore bundle?",
          "FILE|sha256:HEX",
          options(),
          """
          With --key, the trusted root is optional; if it is given, its logs must have the signature.

          example: vidimus verify-bundle --bundle model.bin.sigstore.json \\
                     --trusted-root trusted_root.json --identity me@example.org \\
                     --issuer https://accounts.example.org model.bin
          exit codes: 0 verified, 1 refused, 2 could not tell
          """);

  private VerifyBundleCommand() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(BUNDLE, KEY));
    options.addAll(IdentityOptions.ALL);
    options.add(FORMAT);
    return options;
  }

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String bundle = arguments.value(BUNDLE);
    if (arguments.parameters().size() != 1
        || bundle == null
        || arguments.has(KEY) == IdentityOptions.isGiven(arguments)) {
      throw new UsageException(
          "vidimus verify-bundle takes one FILE or sha256:HEX, --bundle, and either --key or an"
              + " identity (--identity, --issuer and --trusted-root)",
          "");
    }
    SignedArtifact artifact = artifact(host, arguments.parameters().getFirst());
    try {
      BundleVerification verification =
          BundleVerifier.verify(
              host.folder().resolve(bundle), artifact, trust(host, arguments), Instant.now());
      boolean json = "json".equals(arguments.value(FORMAT));
      host.print(json ? BundleText.json(verification) : BundleText.text(verification));
      return switch (verification.answer()) {
        case YES -> ExitCode.YES;
        case NO -> ExitCode.NO;
        case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
      };
    } catch (FormatException e) { // of a key or trusted root
      throw new IOException(e.getMessage(), e);
    }
  }

  private static SignedArtifact artifact(Host host, String word) throws UsageException {
    if (!word.startsWith(SHA256)) {
      Path file = host.folder().resolve(word);
      return new SignedArtifact.OfFile(file);
    }
    try {
      return new SignedArtifact.OfDigest(Digest.ofHex(word.substring(SHA256.length())));
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "sha256: takes 64 lower-case hex digits", "a file of that name is ./" + word);
    }
  }

  private static BundleTrust trust(Host host, Arguments arguments)
      throws FormatException, IOException, UsageException {
    String key = arguments.value(KEY);
    return key == null
        ? IdentityOptions.identity(host, arguments)
        : new BundleTrust.Key(
            KeyFile.readPublic(host.folder().resolve(key), null),
            IdentityOptions.root(host, arguments));
  }
}
