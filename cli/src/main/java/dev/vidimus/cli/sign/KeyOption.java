package dev.vidimus.cli.sign;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.keys.pkcs11.Pkcs11Uri;
import dev.vidimus.evidence.keys.pkcs11.TokenKey;
import java.io.IOException;

/// The private key that a command signs with: a file, or a key of a token that a PKCS#11 URI names.
public final class KeyOption {
  /// Names it.
  public static final Option OPTION =
      Option.valued("--key", "FILE|pkcs11:…", "The private key, in PEM or in a token.");

  private static final String FILE = "file:";

  private KeyOption() {}

  /// Opens it.
  ///
  /// @param word the value of `--key`
  public static SigningKey read(Host host, Arguments arguments, String word)
      throws FormatException, IOException, UsageException {
    if (!Pkcs11Uri.is(word)) {
      return KeyFile.read(host.folder().resolve(word), Passphrase.of(host, arguments));
    }
    Pkcs11Uri uri = Pkcs11Uri.of(word);
    return TokenKey.open(uri, pin(host, arguments, uri));
  }

  private static char[] pin(Host host, Arguments arguments, Pkcs11Uri uri)
      throws IOException, UsageException {
    String source = uri.get("pin-source");
    if (source != null) {
      String file = source.startsWith(FILE) ? source.substring(FILE.length()) : source;
      return Passphrase.firstLine(host.folder().resolve(file));
    }
    String value = uri.get("pin-value");
    if (value != null) {
      host.tell("vidimus: other users of this machine can read pin-value; use pin-source\n");
      return value.toCharArray();
    }
    char[] passphrase = Passphrase.of(host, arguments);
    if (passphrase == null) {
      throw new UsageException(
          "the token wants a PIN",
          "pin-source=FILE in the URI, --passphrase-file or VIDIMUS_PASSPHRASE");
    }
    return passphrase;
  }
}
