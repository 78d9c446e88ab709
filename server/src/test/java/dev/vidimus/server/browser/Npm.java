package dev.vidimus.server.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/// Other people's scripts for tests, by their exact bytes.
final class Npm {
  private static final Path FOLDER = Path.of("target", "npm").toAbsolutePath();

  private Npm() {}

  /// A file of a package.
  ///
  /// @param file its path in the package
  /// @param sha256 of that file
  static String file(String name, String version, String file, String sha256) throws Exception {
    Files.createDirectories(FOLDER);
    Path archive = FOLDER.resolve(name + "-" + version + ".tgz");
    if (!Files.exists(archive)) {
      run("npm", "pack", "--silent", name + "@" + version, "--pack-destination", FOLDER.toString());
    }
    run("tar", "-xzf", archive.toString(), "-C", FOLDER.toString(), "package/" + file);
    byte[] content = Files.readAllBytes(FOLDER.resolve("package").resolve(file));
    String found = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    if (!found.equals(sha256)) {
      throw new IOException(name + "@" + version + "/" + file + " is " + found);
    }
    return new String(content, java.nio.charset.StandardCharsets.UTF_8);
  }

  private static void run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed");
    }
  }
}
