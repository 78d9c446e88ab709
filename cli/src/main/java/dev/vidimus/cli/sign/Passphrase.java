package dev.vidimus.cli.sign;

import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// The passphrase of a key: the first line of a file. Never an argument, which other users of the
/// machine could read.
public final class Passphrase {
  /// Names the file of the passphrase.
  public static final Option OPTION =
      Option.valued(
          "--passphrase-file",
          "FILE",
          "The first line of FILE is the key's passphrase; VIDIMUS_PASSPHRASE otherwise.");

  private Passphrase() {}

  /// The passphrase, or null if none was given.
  public static char @Nullable [] of(Host host, Arguments arguments) throws IOException {
    String file = arguments.value(OPTION);
    if (file != null) {
      return firstLine(host.folder().resolve(file));
    }
    String variable = host.variable("VIDIMUS_PASSPHRASE");
    return variable.isEmpty() ? null : variable.toCharArray();
  }

  static char[] firstLine(Path file) throws IOException {
    return Files.readString(file).lines().findFirst().orElse("").toCharArray();
  }
}
