package dev.vidimus.scan.cache;

import dev.vidimus.artifact.Digest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// Which build of the program this is. Its version is not enough: while it is developed, one
/// version has many rules.
public final class Build {
  private Build() {}

  /// A digest of names, sizes and times of what the program is made of. Another one each time if
  /// that cannot be told, so that nothing of another build is ever believed.
  ///
  /// @param classPath jars and folders, as the platform separates them
  public static String fingerprint(String classPath) {
    StringBuilder all = new StringBuilder();
    try {
      for (String place : List.of(classPath.split(File.pathSeparator, -1))) {
        Path path = Path.of(place);
        if (!Files.isDirectory(path)) {
          describe(path, all);
          continue;
        }
        try (Stream<Path> files = Files.walk(path)) {
          for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
            describe(file, all);
          }
        }
      }
    } catch (IOException e) {
      return UUID.randomUUID().toString();
    }
    return Digest.sha256(all.toString().getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static void describe(Path file, StringBuilder all) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    all.append(file).append(' ').append(attributes.size()).append(' ');
    all.append(attributes.lastModifiedTime().toInstant()).append('\n');
  }
}
