package dev.vidimus.server.hub;

import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.House;
import dev.vidimus.server.job.Sources;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// A server with a toy repository: small text files and a few large ones by name.
final class HubHouse implements AutoCloseable {
  /// The files of [#promoteToy].
  static final Map<String, byte[]> TOY =
      new TreeMap<>(
          Map.of(
              "README.md",
              text("---\nlicense: apache-2.0\n---\n# toy\n"),
              "config.json",
              text("{\"model_type\":\"toy\",\"architectures\":[\"Toy\"]}\n"),
              "sub/tokenizer.json",
              text("{}\n"),
              "model.safetensors",
              safetensors(),
              "toy-Q4_K_M.gguf",
              Arrays.copyOf(text("GGUF\u0003"), 4_120)));

  private final House house;
  private int folders;

  HubHouse(Path folder) throws Exception {
    this(folder, HubSettings.CLOSED);
  }

  HubHouse(Path folder, HubSettings settings) throws Exception {
    house = new House(folder, settings);
  }

  /// @param from where submissions come
  HubHouse(Path folder, HubSettings settings, Sources from) throws Exception {
    house = new House(folder.resolve("home"), folder, settings, from);
  }

  HubHouse(House house) {
    this.house = house;
  }

  House house() {
    return house;
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The weights of the toy that the conversations were recorded with.
  static byte[] safetensors() {
    byte[] header =
        text("{\"w\": {\"dtype\": \"F32\", \"shape\": [65536], \"data_offsets\": [0, 262144]}}");
    byte[] file = new byte[8 + header.length + 262_144];
    file[0] = (byte) header.length;
    System.arraycopy(header, 0, file, 8, header.length);
    for (int i = 0; i < 262_144; i++) {
      file[8 + header.length + i] = (byte) i;
    }
    return file;
  }

  /// Admits files under a name.
  Artifact admit(String name, String environment, Map<String, byte[]> files) throws Exception {
    Path folder = house.folder().resolve("files-" + folders++);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent()));
      Files.write(path, file.getValue());
    }
    return house.admit(name, environment, folder);
  }

  /// Admits and promotes the toy to the sandbox, where no approval is needed.
  Artifact promoteToy(String name) throws Exception {
    Artifact artifact = admit(name, "sandbox", TOY);
    if (!artifact.state().equals("approved")) {
      throw new IllegalStateException(artifact.state());
    }
    return artifact;
  }

  /// Takes something back.
  void revoke(String ref) throws Exception {
    house
        .registry()
        .make(Acts.revoke(house.admin(), List.of(ref), true, "it was an attack", false));
  }

  /// A token that pulls from the sandbox.
  String token() throws Exception {
    return house.token("sandbox", List.of("*"));
  }

  /// A token that pulls from the sandbox, and publishes.
  String publisher() throws Exception {
    return house.token("sandbox", List.of("*"), Role.SUBMITTER);
  }

  HttpResponse<String> get(String path, String token) throws Exception {
    return house.get(path, token);
  }

  HttpResponse<String> head(String path, String token) throws Exception {
    return house.send(
        house.request(path, token).method("HEAD", HttpRequest.BodyPublishers.noBody()));
  }

  static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  @Override
  public void close() throws IOException {
    house.close();
  }
}
