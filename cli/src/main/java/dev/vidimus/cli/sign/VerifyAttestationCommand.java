package dev.vidimus.cli.sign;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.attestation.AttestationExpectations;
import dev.vidimus.evidence.attestation.AttestationsVerification;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.SummaryExpectations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Verifies attestations about a file, a folder or a digest.
public final class VerifyAttestationCommand {
  private static final Option BUNDLE =
      Option.valued("--bundle", "FILE", "The attestations: a bundle, an envelope, or several.");
  private static final Option KEY =
      Option.valued("--key", "FILE", "The public key that must have signed.");
  private static final Option TYPE =
      Option.valued("--type", "URI", "The predicate type that is wanted; others are not counted.");
  private static final Option EXPECT =
      Option.valued(
          "--expect",
          "NAME=VALUE",
          "Of provenance; NAME is builder, build-type, source, ref, tag, dependency or param.…");
  private static final Option VERIFIER =
      Option.valued("--verifier", "ID", "Of a verification summary: who decided.");
  private static final Option RESOURCE =
      Option.valued("--resource", "URI", "Of a verification summary: what it must be for.");
  private static final Option LEVEL =
      Option.valued(
          "--level", "LEVEL", "Of a verification summary: SLSA_BUILD_LEVEL_2; repeatable.");
  private static final Option ANY =
      Option.toggle("--any", "", "One that passes is enough; else all that are wanted must.");
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "verify-attestation",
          "did they claim this, and about these bytes?",
          "PATH|ALGORITHM:DIGEST",
          options(),
          """
          --expect may be repeated. As soon as it is given, every external parameter must be expected:
          param.workflow.path=VALUE, param.inputs.*=* for any value, param.*=* for all of them.
          With --key, the trusted root is optional; if it is given, its logs must have the signature.
          example: vidimus verify-attestation --bundle mine.intoto.json --key release.pem.pub \\
                     --type https://slsa.dev/provenance/v1 --expect builder=https://ci.example/1 \\
                     --expect source=https://git.example/mine --expect tag=v1.0 models/mine
          exit codes: 0 verified, 1 refused, 2 could not tell
          """);

  private VerifyAttestationCommand() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(BUNDLE, KEY));
    options.addAll(IdentityOptions.ALL);
    options.addAll(List.of(TYPE, EXPECT, VERIFIER, RESOURCE, LEVEL, ANY, FORMAT));
    return options;
  }

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String bundle = arguments.value(BUNDLE);
    if (arguments.parameters().size() != 1 || bundle == null) {
      throw new UsageException("vidimus verify-attestation takes one PATH and --bundle FILE", "");
    }
    Path file = host.folder().resolve(bundle);
    try {
      BundleTrust trust = trust(host, arguments);
      AttestationExpectations expected = expected(arguments);
      AttestedArtifact artifact = artifact(host, arguments.parameters().getFirst(), file);
      AttestationsVerification verification =
          AttestationsVerification.verify(
              file, artifact, trust, expected, arguments.has(ANY), Instant.now());
      host.print(
          "json".equals(arguments.value(FORMAT))
              ? AttestationText.json(artifact, verification)
              : AttestationText.text(verification));
      return switch (verification.answer()) {
        case YES -> ExitCode.YES;
        case NO -> ExitCode.NO;
        case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
      };
    } catch (FormatException e) { // of a key, a trusted root or the artifact
      throw new IOException(e.getMessage(), e);
    }
  }

  private static AttestedArtifact artifact(Host host, String word, Path bundle)
      throws FormatException, IOException, UsageException {
    Path path = host.folder().resolve(word);
    if (Files.exists(path) || !AttestedArtifact.isDigest(word)) {
      return AttestedArtifact.of(path, List.of(bundle));
    }
    try {
      return AttestedArtifact.ofDigest(word);
    } catch (IllegalArgumentException e) {
      throw new UsageException(String.valueOf(e.getMessage()), "");
    }
  }

  private static BundleTrust trust(Host host, Arguments arguments)
      throws FormatException, IOException, UsageException {
    String key = arguments.value(KEY);
    if ((key == null) != IdentityOptions.isGiven(arguments)) {
      throw new UsageException(
          "say whom you trust: --key, or --identity, --issuer and --trusted-root", "");
    }
    return key == null
        ? IdentityOptions.identity(host, arguments)
        : new BundleTrust.Key(
            KeyFile.readPublic(host.folder().resolve(key), null),
            IdentityOptions.root(host, arguments));
  }

  private static AttestationExpectations expected(Arguments arguments) throws UsageException {
    try {
      return new AttestationExpectations(
          arguments.value(TYPE),
          ProvenanceExpectations.of(arguments.values(EXPECT)),
          new SummaryExpectations(
              arguments.value(VERIFIER), arguments.value(RESOURCE), arguments.values(LEVEL)));
    } catch (IllegalArgumentException e) {
      throw new UsageException("--expect: " + e.getMessage(), "");
    }
  }
}
