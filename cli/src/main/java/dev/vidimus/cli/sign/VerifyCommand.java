package dev.vidimus.cli.sign;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.oms.OmsOptions;
import dev.vidimus.evidence.oms.OmsQuorum;
import dev.vidimus.evidence.oms.OmsVerification;
import dev.vidimus.evidence.oms.OmsVerifier;
import dev.vidimus.evidence.oms.Trusted;
import dev.vidimus.evidence.trust.Certificates;
import dev.vidimus.evidence.trust.CodeSigners;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Verifies OMS signatures of a model.
public final class VerifyCommand {
  private static final Option SIGNATURE =
      Option.valued("--signature", "FILE", "The bundle; several with --require.");
  private static final Option KEY =
      Option.valued("--key", "FILE", "The public key that must have signed.");
  private static final Option TRUST =
      Option.valued("--trust", "FILE", "Roots in PEM, whose code signers are trusted.");
  private static final Option INTERMEDIATE =
      Option.valued("--intermediate", "FILE", "Certificates in PEM that may be missing.");
  private static final Option REQUIRE =
      Option.valued(
          "--require",
          "'N-of KEY,KEY…'",
          "N of these public keys must have signed, one bundle each.");
  private static final Option STRICT =
      Option.toggle("--strict", "", "Refuse anything unsigned or unknown, too.");
  private static final Option IGNORE_UNSIGNED =
      Option.toggle("--ignore-unsigned", "", "Look at signed files only; list the others.");
  private static final Option IGNORE =
      Option.valued("--ignore-path", "PATH", "Leave out PATH of the model; repeatable.");
  private static final Option SYMLINKS =
      Option.toggle("--allow-symlinks", "", "Follow links to files where the signer did.");
  private static final Option LEGACY =
      Option.toggle("--legacy-oms", "", "Take the form of version 0.2.0.");
  private static final Option FORMAT =
      Option.choice("--format", List.of("text", "json"), "How to print; text if it is not given.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "verify",
          "is this the model that they signed?",
          "MODEL",
          options(),
          """
          With --trust, the authorities of --trusted-root may say when it was signed.

          example: vidimus verify --signature model.sig --key release.pem.pub models/mine
          exit codes: 0 verified, 1 refused, 2 could not tell
          """);

  private VerifyCommand() {}

  private static List<Option> options() {
    List<Option> options = new ArrayList<>(List.of(SIGNATURE, KEY, TRUST, INTERMEDIATE));
    options.addAll(IdentityOptions.ALL);
    options.addAll(List.of(REQUIRE, STRICT, IGNORE_UNSIGNED, IGNORE, SYMLINKS, LEGACY, FORMAT));
    return options;
  }

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<Path> signatures =
        arguments.values(SIGNATURE).stream().map(host.folder()::resolve).toList();
    int ways = IdentityOptions.isGiven(arguments) ? 1 : 0;
    for (Option way : List.of(KEY, TRUST, REQUIRE)) {
      ways += arguments.has(way) ? 1 : 0;
    }
    if (arguments.parameters().size() != 1 || signatures.isEmpty() || ways != 1) {
      throw new UsageException(
          "vidimus verify takes one MODEL, --signature, and one of --key, --trust, --require and"
              + " an identity (--identity, --issuer and --trusted-root)",
          "");
    }
    if (arguments.has(IdentityOptions.TRUSTED_ROOT)
        && (arguments.has(KEY) || arguments.has(REQUIRE))) {
      throw new UsageException(
          "--trusted-root goes with --trust or an identity", "verify-bundle takes it with --key");
    }
    Path model = host.folder().resolve(arguments.parameters().getFirst());
    OmsOptions options =
        new OmsOptions(
            arguments.has(STRICT),
            arguments.has(IGNORE_UNSIGNED),
            arguments.values(IGNORE),
            arguments.has(SYMLINKS),
            arguments.has(LEGACY));
    boolean json = "json".equals(arguments.value(FORMAT));
    try {
      String require = arguments.value(REQUIRE);
      if (require != null) {
        OmsQuorum quorum = quorum(host, model, signatures, require, options);
        host.print(json ? VerificationText.json(quorum) : VerificationText.text(quorum));
        return code(quorum.answer());
      }
      if (signatures.size() > 1) {
        throw new UsageException("several signatures need --require", "");
      }
      OmsVerification verification =
          OmsVerifier.verify(
              model, signatures.getFirst(), trusted(host, arguments), options, List.of());
      host.print(json ? VerificationText.json(verification) : VerificationText.text(verification));
      return code(verification.answer());
    } catch (FormatException e) { // of a key or certificate
      throw new IOException(e.getMessage(), e);
    }
  }

  private static ExitCode code(Answer answer) {
    return switch (answer) {
      case YES -> ExitCode.YES;
      case NO -> ExitCode.NO;
      case COULD_NOT_TELL -> ExitCode.COULD_NOT_TELL;
    };
  }

  private static Trusted trusted(Host host, Arguments arguments)
      throws FormatException, IOException, UsageException {
    if (IdentityOptions.isGiven(arguments)) {
      return new Trusted.Keyless(IdentityOptions.identity(host, arguments), Instant.now());
    }
    String key = arguments.value(KEY);
    if (key != null) {
      return new Trusted.Key(KeyFile.readPublic(host.folder().resolve(key), null));
    }
    CodeSigners signers =
        new CodeSigners(
            certificates(host, arguments.value(TRUST)),
            certificates(host, arguments.value(INTERMEDIATE)));
    return new Trusted.Certificate(signers, Instant.now(), IdentityOptions.root(host, arguments));
  }

  private static List<X509Certificate> certificates(Host host, @Nullable String file)
      throws FormatException, IOException {
    return file == null
        ? List.of()
        : Certificates.ofPem(Files.readString(host.folder().resolve(file)), file);
  }

  private static OmsQuorum quorum(
      Host host, Path model, List<Path> signatures, String require, OmsOptions options)
      throws FormatException, IOException, UsageException {
    String[] parts = require.split("-of[ :=]", 2);
    List<VerifyingKey> keys = new ArrayList<>();
    if (parts.length == 2) {
      for (String file : parts[1].strip().split(",", -1)) {
        keys.add(KeyFile.readPublic(host.folder().resolve(file.strip()), null));
      }
    }
    long distinct = keys.stream().distinct().count();
    boolean isNumber = parts[0].length() == 1 && Character.isDigit(parts[0].charAt(0));
    int needed = isNumber ? parts[0].charAt(0) - '0' : 0;
    if (needed < 1 || needed > distinct || distinct != keys.size()) {
      throw new UsageException(
          "--require takes 'N-of KEY,KEY…' with different keys, at least N, not \""
              + require
              + "\"",
          "");
    }
    return OmsQuorum.verify(model, signatures, needed, keys, options);
  }
}
