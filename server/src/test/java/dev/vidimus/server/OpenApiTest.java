package dev.vidimus.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Route;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The description of the API against what it answers.
class OpenApiTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private House house;
  private JsonNode document;
  private String secret = "";

  @BeforeEach
  void open() throws Exception {
    house = new House(folder);
    secret = house.person("all", Role.values()).secret();
    document = JSON.readTree(house.send(house.request("/api/v1/openapi.json")).body());
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  private Set<ValidationMessage> problems(String schema, String body) throws Exception {
    ObjectNode root = JSON.createObjectNode();
    root.put("$ref", "#/components/schemas/" + schema);
    root.set("components", document.get("components"));
    JsonSchema checked =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root);
    return checked.validate(JSON.readTree(body));
  }

  private static String answer(JsonNode operation) {
    JsonNode schema = operation.at("/responses/2XX/content/application~1json/schema/$ref");
    return schema.asText().replace("#/components/schemas/", "");
  }

  @Test
  void describesEveryRouteOfTheApiAndNoOther() {
    assertThat(document.get("openapi").asText()).isEqualTo("3.1.1");
    List<String> described = new ArrayList<>();
    document
        .get("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(verb -> described.add(verb + " " + path.getKey())));
    List<String> there = new ArrayList<>();
    for (Route route : house.server().routes()) {
      String path = route.pattern().toString();
      if (path.startsWith("/api/v1/") && !path.endsWith("openapi.json")) {
        there.add(route.verb().name().toLowerCase(java.util.Locale.ROOT) + " " + path);
      }
    }
    assertThat(described).containsExactlyInAnyOrderElementsOf(there);
    document
        .findValuesAsText("$ref")
        .forEach(
            ref -> assertThat(document.at(ref.substring(1)).isMissingNode()).as(ref).isFalse());
  }

  @Test
  void answersAreWhatItSays() throws Exception {
    Artifact artifact = house.admit("acme/toy", "sandbox", "{\"a\": 1}");
    house
        .registry()
        .deploy(house.admin().id(), artifact.snapshot(), "sandbox", "chat", "sha256:c0");
    String decision =
        house
            .registry()
            .ask(sql -> new dev.vidimus.registry.question.Chain(sql).decisions(artifact.snapshot()))
            .getFirst()
            .envelope();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("{ref}", artifact.snapshot());
    values.put("{name}", "acme%2Ftoy");
    values.put("{digest}", decision);
    Path child = java.nio.file.Files.createDirectory(folder.resolve("child"));
    java.nio.file.Files.writeString(
        child.resolve("README.md"), "---\nbase_model: [acme/toy, acme/absent]\n---\n");
    house.admit("acme/child", "sandbox", child);
    int asked = 0;
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      JsonNode operation = path.getValue().get("get");
      if (operation == null || answer(operation).isEmpty() || path.getKey().contains("{id}")) {
        continue;
      }
      String address = path.getKey();
      for (Map.Entry<String, String> value : values.entrySet()) {
        address = address.replace(value.getKey(), value.getValue());
      }
      if (address.endsWith("/impact")) {
        address += "?selector=" + artifact.snapshot();
      }
      HttpResponse<String> reply = house.get(address, secret);
      assertThat(reply.statusCode()).as(address + " " + reply.body()).isEqualTo(200);
      assertThat(problems(answer(operation), reply.body())).as(address).isEmpty();
      asked++;
    }
    assertThat(asked).isGreaterThan(13);
    assertThat(house.get("/api/v1/tensors/abc", secret).statusCode()).isEqualTo(400);
    String tensors = "/api/v1/tensors/" + "ab".repeat(32);
    assertThat(house.get(tensors, secret).body()).isEqualTo("{\"found\":[],\"next\":\"\"}");
    assertThat(house.get(tensors + "?limit=201", secret).statusCode()).isEqualTo(400);
    String missing = house.get("/api/v1/artifacts/unknown", secret).body();
    assertThat(problems("Problem", missing)).isEmpty();
  }

  @Test
  void writesAreWhatItSays() throws Exception {
    String person =
        house.post("/api/v1/people", admin(), "{\"name\":\"zoe\",\"roles\":[\"reviewer\"]}").body();
    assertThat(problems("NewPersonAnswer", person)).as(person).isEmpty();
    String token = house.post("/api/v1/tokens", admin(), "{\"label\":\"ci\"}").body();
    assertThat(problems("NewTokenAnswer", token)).as(token).isEmpty();
    String submitted =
        house
            .post(
                "/api/v1/submissions",
                secret,
                "{\"source\":\"" + house.source("{}") + "\",\"environment\":\"sandbox\"}")
            .body();
    assertThat(problems("Submission", submitted)).as(submitted).isEmpty();
    HttpResponse<String> odd = house.post("/api/v1/tokens", admin(), "{\"lable\":\"ci\"}");
    assertThat(odd.statusCode()).isEqualTo(400);
    assertThat(odd.body()).contains("the body has a member lable");
    HttpResponse<String> twice =
        house.post("/api/v1/tokens", admin(), "{\"label\":\"a\",\"label\":\"b\"}");
    assertThat(twice.statusCode()).isEqualTo(400);
    HttpResponse<String> long1 =
        house.post("/api/v1/tokens", admin(), "{\"label\":\"" + "x".repeat(2 << 20) + "\"}");
    assertThat(long1.statusCode()).isEqualTo(413);
  }

  /// The admin, whose key lies open, by a token of theirs.
  private String admin() throws Exception {
    return house.issue(
        dev.vidimus.registry.access.Token.fresh(
            house.admin().id(),
            "admin",
            List.of(Role.values()),
            "",
            List.of("*"),
            java.time.Instant.now(),
            1));
  }
}
