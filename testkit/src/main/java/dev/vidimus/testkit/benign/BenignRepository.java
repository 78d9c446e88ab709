package dev.vidimus.testkit.benign;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// A repository of which loading does what its name says, and nothing else.
public final class BenignRepository {
  private final String name;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private boolean runsCode;

  BenignRepository(String name) {
    this.name = name;
    with("README.md", resource("README.md"));
    with(".gitattributes", "*.safetensors filter=lfs diff=lfs merge=lfs -text\n");
  }

  /// Its family and variant.
  public String name() {
    return name;
  }

  /// Whether loaders run code of it, so that to say so is right.
  public boolean runsCode() {
    return runsCode;
  }

  /// Writes the files into a folder.
  public void write(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path target = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      Files.write(target, file.getValue());
    }
  }

  @Override
  public String toString() {
    return name;
  }

  BenignRepository with(String path, byte[] content) {
    files.put(path, content);
    return this;
  }

  BenignRepository with(String path, String text) {
    return with(path, text.getBytes(StandardCharsets.UTF_8));
  }

  /// @param text with `'` in place of `"`
  BenignRepository json(String path, String text) {
    return with(path, text.replace('\'', '"') + "\n");
  }

  BenignRepository resourceAs(String path, String resource) {
    return with(path, resource(resource));
  }

  BenignRepository running() {
    runsCode = true;
    return this;
  }

  static String resource(String name) {
    try (InputStream in = BenignRepository.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
