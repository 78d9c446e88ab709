package dev.vidimus.registry.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.testkit.Fixtures;
import dev.vidimus.testkit.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What a hub answered other clients, word by word.
class HubPagesTest {
  private static final int MOST = 1000;

  @Test
  void recordedAnswersAreRead() throws IOException, FormatException {
    int commits = 0;
    int lists = 0;
    for (Path conversation : conversations()) {
      List<HubFile> files = new ArrayList<>();
      for (JsonObject exchange : exchanges(conversation)) {
        JsonObject request = (JsonObject) exchange.members().get("request");
        JsonObject response = (JsonObject) exchange.members().get("response");
        String path = String.valueOf(request.string("path"));
        String body = response.string("body");
        if (body == null || !String.valueOf(response.get("status")).contains("200")) {
          continue;
        }
        Bytes page = Bytes.of(body.getBytes(UTF_8));
        if (path.contains("/api/models/") && path.contains("/revision/")) {
          assertThat(HubPages.commit(page)).isEqualTo(TestHub.COMMIT);
          commits++;
        } else if (path.contains("/tree/") && path.contains("recursive=")) {
          HubPages.addFiles(page, files, MOST);
          lists++;
        }
      }
      if (!files.isEmpty()) {
        assertThat(files)
            .as(conversation.toString())
            .contains(
                new HubFile(
                    "config.json", 45, "gitblob", "ba9f78a6915875c86132e6e3d5ce98d33f02c457"),
                new HubFile(
                    "model.safetensors",
                    262_222,
                    "sha256",
                    "fe7f433de601d114b0e9acc9c609792e0f6351876ac7c7dbf7ed85e099c1e7be"));
      }
    }
    assertThat(commits).isGreaterThan(10);
    assertThat(lists).isGreaterThan(10);
  }

  private static List<Path> conversations() throws IOException {
    try (Stream<Path> all = Files.walk(Fixtures.folder("hub").resolve("http"))) {
      return all.filter(file -> file.toString().endsWith(".json")).sorted().toList();
    }
  }

  private static List<JsonObject> exchanges(Path file) throws IOException, FormatException {
    JsonObject conversation = (JsonObject) Json.parse(Files.readString(file), file.toString());
    List<JsonObject> exchanges = new ArrayList<>();
    if (conversation.get("exchanges") instanceof JsonArray(List<JsonValue> elements)) {
      elements.forEach(element -> exchanges.add((JsonObject) element));
    }
    return exchanges;
  }
}
