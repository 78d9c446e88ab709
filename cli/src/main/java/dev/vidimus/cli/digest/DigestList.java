package dev.vidimus.cli.digest;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.digest.Identity;
import dev.vidimus.artifact.digest.Identity.FileIdentity;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// A list as `sha256sum` prints it: `<64 hex>  <path>` a line, and comments that begin with `#`.
///
/// @param file where it was read
/// @param digests by path
record DigestList(Path file, Map<String, Digest> digests) {
  private static final int HEX = 64;
  private static final int PRINTED = 120;

  /// @throws IOException if it cannot be read, or has a line of another form
  static DigestList read(Path file) throws IOException {
    Map<String, Digest> digests = new TreeMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean hasForm =
          line.length() > HEX + 2
              && line.charAt(HEX) == ' '
              && " *".indexOf(line.charAt(HEX + 1)) >= 0;
      try {
        if (hasForm) {
          String path = line.substring(HEX + 2);
          digests.put(
              path.startsWith("./") ? path.substring(2) : path,
              Digest.ofHex(line.substring(0, HEX)));
          continue;
        }
      } catch (IllegalArgumentException e) {
        // said below
      }
      throw new IOException(
          file + ": line " + number + " is no line of sha256sum: " + Printable.of(line, PRINTED));
    }
    return new DigestList(file, digests);
  }

  /// Prints every path that differs.
  ExitCode compare(Host host, Path root, Identity identity) throws IOException {
    StringBuilder text = new StringBuilder();
    Map<String, Digest> missing = new TreeMap<>(digests);
    for (FileIdentity file : identity.files()) {
      Digest expected = missing.remove(file.path());
      if (expected == null) {
        if (!isThis(root, file.path())) {
          text.append(file.path()).append(": not in the list\n");
        }
      } else if (!expected.equals(file.sha256())) {
        text.append(file.path()).append(": changed\n");
      }
    }
    missing.keySet().forEach(path -> text.append(path).append(": missing\n"));
    host.print(text.isEmpty() ? "equal: " + identity.digest() + "\n" : text.toString());
    return text.isEmpty() ? ExitCode.YES : ExitCode.NO;
  }

  private boolean isThis(Path root, String path) throws IOException {
    Path other = root.resolve(path);
    return Files.exists(other) && Files.isSameFile(file, other);
  }
}
