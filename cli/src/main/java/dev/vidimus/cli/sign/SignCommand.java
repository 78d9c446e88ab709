package dev.vidimus.cli.sign;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.oms.OmsSigner;
import dev.vidimus.evidence.oms.SignOptions;
import dev.vidimus.evidence.trust.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Signs a model by OMS.
public final class SignCommand {
  private static final Option KEY =
      Option.valued("--key", "FILE|pkcs11:…", "The private key, in PEM or in a token.");
  private static final Option CHAIN =
      Option.valued(
          "--certificate-chain", "FILE", "Certificates in PEM, the signing key's own first.");
  private static final Option SIGNATURE =
      Option.valued(
          "--signature", "FILE", "Where to write; MODEL/model.sig, or FILE.sig of one file.");
  private static final Option IGNORE =
      Option.valued(
          "--ignore-path", "PATH", "Leave out PATH of the model and all beneath; repeatable.");
  private static final Option METHOD =
      Option.choice(
          "--method", List.of("files", "shards"), "Whole files, or parts of --shard-size bytes.");
  private static final Option SHARD_SIZE =
      Option.valued("--shard-size", "BYTES", "Of a shard; 1000000000 if it is not given.");
  private static final Option SYMLINKS =
      Option.toggle("--allow-symlinks", "", "Sign links to files as files.");

  private static final long DEFAULT_SHARD = 1_000_000_000;
  private static final long LARGEST_SHARD = 1L << 53;

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "sign",
          "sign a model by OpenSSF Model Signing",
          "MODEL",
          List.of(KEY, CHAIN, SIGNATURE, IGNORE, METHOD, SHARD_SIZE, SYMLINKS, Passphrase.OPTION),
          """
          example: vidimus sign --key release.pem models/mine
          exit codes: 0 signed; 1 the model cannot be signed as it is; 2 could not read or write
          """);

  private SignCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    String keyFile = arguments.value(KEY);
    if (arguments.parameters().size() != 1 || keyFile == null) {
      throw new UsageException("vidimus sign takes one MODEL and --key FILE", "");
    }
    Path model = host.folder().resolve(arguments.parameters().getFirst());
    Path signature = signature(host, model, arguments.value(SIGNATURE));
    SignOptions options =
        new SignOptions(shardSize(arguments), arguments.has(SYMLINKS), arguments.values(IGNORE));
    try {
      SigningKey key = KeyOption.read(host, arguments, keyFile);
      byte[] bundle =
          OmsSigner.sign(model, signature, key, chain(host, arguments.value(CHAIN)), options);
      Files.write(signature, bundle);
      host.print("signed: " + signature + " by " + key.verifying() + "\n");
      return ExitCode.YES;
    } catch (CheckFailed e) {
      host.tell("vidimus: not signed: " + e.getMessage() + "\n");
      return ExitCode.NO;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Path signature(Host host, Path model, @Nullable String told) {
    if (told != null) {
      return host.folder().resolve(told);
    }
    return Files.isDirectory(model)
        ? model.resolve("model.sig")
        : model.resolveSibling(model.getFileName() + ".sig");
  }

  private static List<X509Certificate> chain(Host host, @Nullable String file)
      throws FormatException, IOException {
    if (file == null) {
      return List.of();
    }
    Path path = host.folder().resolve(file);
    return new ArrayList<>(Certificates.ofPem(Files.readString(path), file));
  }

  private static long shardSize(Arguments arguments) throws UsageException {
    String size = arguments.value(SHARD_SIZE);
    if (!"shards".equals(arguments.value(METHOD))) {
      if (size != null) {
        throw new UsageException("--shard-size goes with --method shards", "");
      }
      return 0;
    }
    try {
      long bytes = size == null ? DEFAULT_SHARD : Long.parseLong(size);
      if (bytes > 0 && bytes <= LARGEST_SHARD) {
        return bytes;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new UsageException(
        "--shard-size is a positive number of bytes, not \"" + size + "\"", "");
  }
}
