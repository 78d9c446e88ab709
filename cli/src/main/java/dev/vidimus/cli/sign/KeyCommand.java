package dev.vidimus.cli.sign;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.keys.pkcs11.Pkcs11Uri;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/// Makes, shows and imports keys.
public final class KeyCommand {
  private static final Option TYPE =
      Option.choice(
          "--type",
          Arrays.stream(Scheme.values()).map(Scheme::word).toList(),
          "Of a new key; p384 if it is not given. OMS 1.0 has the three p… only.");

  /// What the command understands.
  public static final Command COMMAND =
      new Command(
          "key",
          "make, show or import a signing key",
          "new FILE | show FILE|pkcs11:… | import FROM FILE",
          List.of(TYPE, Passphrase.OPTION),
          """
          new and import write the private key to FILE, which must not exist and only its owner may
          read, and the public key to FILE.pub. import reads PKCS#8 (of ML-DSA seeds, too) and SEC 1.
          A key in a token is pkcs11:token=LABEL;object=LABEL?module-path=FILE&pin-source=FILE.
          """);

  private KeyCommand() {}

  /// Runs the command.
  ///
  /// @param words what follows its name
  public static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    Arguments arguments = Arguments.parse(COMMAND, words);
    List<String> given = arguments.parameters();
    String verb = given.isEmpty() ? "" : given.getFirst();
    int expected = verb.equals("import") ? 3 : 2;
    if (!List.of("new", "show", "import").contains(verb) || given.size() != expected) {
      throw new UsageException("vidimus key takes " + COMMAND.parameters(), "");
    }
    char[] passphrase = Passphrase.of(host, arguments);
    Path file = host.folder().resolve(given.getLast());
    try {
      VerifyingKey key =
          switch (verb) {
            case "new" -> KeyFile.create(file, scheme(arguments), passphrase);
            case "import" ->
                KeyFile.importTo(file, host.folder().resolve(given.get(1)), passphrase, passphrase);
            default ->
                Pkcs11Uri.is(given.getLast())
                    ? KeyOption.read(host, arguments, given.getLast()).verifying()
                    : KeyFile.readPublic(file, passphrase);
          };
      if (!verb.equals("show")) {
        Files.writeString(
            file.resolveSibling(Objects.toString(file.getFileName()) + ".pub"),
            key.pem(),
            StandardOpenOption.CREATE_NEW);
      }
      host.print(key.scheme().word() + " " + key.hint() + "\n" + key.pem());
      return ExitCode.YES;
    } catch (FormatException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private static Scheme scheme(Arguments arguments) {
    String word = arguments.value(TYPE);
    Scheme scheme = word == null ? null : Scheme.ofWord(word);
    return scheme == null ? Scheme.P384 : scheme;
  }
}
