package dev.vidimus.registry.keep;

import dev.vidimus.registry.home.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/// How much of the disk a home takes.
///
/// @param parts bytes by part: `blobs`, `ledger`, `database`, `unfinished`
/// @param free bytes that are free beside it
public record Usage(Map<String, Long> parts, long free) {
  /// Measures.
  public static Usage of(Home home) throws IOException {
    Map<String, Long> parts = new LinkedHashMap<>();
    parts.put("blobs", size(home.blobs()));
    parts.put("ledger", size(home.ledger()));
    long database = 0;
    for (String suffix : new String[] {"", "-wal", "-shm"}) {
      database += size(home.database().resolveSibling(home.database().getFileName() + suffix));
    }
    parts.put("database", database);
    parts.put("unfinished", size(home.temporary()));
    return new Usage(parts, Files.getFileStore(home.root()).getUsableSpace());
  }

  private static long size(Path path) throws IOException {
    if (!Files.exists(path)) {
      return 0;
    }
    long size = 0;
    try (Stream<Path> all = Files.walk(path)) {
      for (Path file : (Iterable<Path>) all::iterator) {
        if (Files.isRegularFile(file)) {
          size += sizeOf(file);
        }
      }
    }
    return size;
  }

  private static long sizeOf(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException e) {
      return 0; // gone meanwhile
    }
  }
}
