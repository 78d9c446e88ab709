package dev.vidimus.cli.ledger;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.HomeFolder;
import dev.vidimus.cli.host.Host;
import dev.vidimus.cli.host.SmallFile;
import dev.vidimus.cli.sign.Passphrase;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.ledger.LedgerKeys;
import dev.vidimus.evidence.ledger.note.Algorithm;
import dev.vidimus.evidence.ledger.note.SignerKey;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Where a ledger and its keys lie.
final class Places {
  private final Host host;
  private final Arguments arguments;

  Places(Host host, Arguments arguments) {
    this.host = host;
    this.arguments = arguments;
  }

  Path ledger() {
    return path(LedgerCommand.LEDGER, "ledger");
  }

  /// The file of the log's private key.
  Path key() {
    return path(LedgerCommand.KEY, "keys/log.pem");
  }

  /// The file beside a private key that holds the public half as a vkey.
  static Path vkeyBeside(Path key) {
    String name = String.valueOf(key.getFileName());
    String stem = name.endsWith(".pem") ? name.substring(0, name.length() - 4) : name;
    return key.resolveSibling(stem + ".vkey");
  }

  /// What signs checkpoints of the log of that name.
  LedgerKeys keys(String origin) throws IOException, FormatException {
    char[] passphrase = Passphrase.of(host, arguments);
    try {
      SignerKey log = SignerKey.of(origin, Algorithm.ED25519, KeyFile.read(key(), passphrase));
      String cosigner = arguments.value(LedgerCommand.COSIGN_KEY);
      if (cosigner == null) {
        return new LedgerKeys(log);
      }
      return new LedgerKeys(
          log,
          List.of(
              SignerKey.of(
                  origin,
                  Algorithm.ML_DSA_44_COSIGNATURE,
                  KeyFile.read(host.folder().resolve(cosigner), passphrase))));
    } catch (IllegalArgumentException e) {
      throw new FormatException.Unsupported(key().toString(), 0, String.valueOf(e.getMessage()));
    }
  }

  /// The key that the log must have signed with: never one that lies with the log.
  VerifierKey logKey() throws IOException, FormatException, UsageException {
    String given = arguments.value(LedgerCommand.LOG_KEY);
    if (given != null && given.indexOf('+') > 0 && !Files.exists(host.folder().resolve(given))) {
      return VerifierKey.parse(given);
    }
    Path file = path(LedgerCommand.LOG_KEY, "keys/log.vkey");
    if (given == null && !Files.exists(file)) {
      throw new UsageException(
          "--log-key is missing, and there is no " + file,
          "vidimus ledger init prints the key, and writes it beside the log's private key");
    }
    return VerifierKey.parse(
        new String(SmallFile.read(file, SmallFile.PAGES), StandardCharsets.UTF_8));
  }

  private Path path(Option option, String inHome) {
    String given = arguments.value(option);
    return given == null ? HomeFolder.of(host).resolve(inHome) : host.folder().resolve(given);
  }
}
