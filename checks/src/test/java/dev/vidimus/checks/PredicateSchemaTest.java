package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.host.ExitCode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the ledger keeps is what its schemas say.
final class PredicateSchemaTest {
  private static final Path SCHEMAS = CommandRun.ROOT.resolve("docs/predicates");
  private static final String OURS = "https://vidimus.dev/decision/v1";

  @TempDir Path home;

  private CommandRun run(String... words) {
    var host =
        new CommandRun.FakeHost(
            CommandRun.ROOT,
            Map.of("VIDIMUS_HOME", home.resolve("registry").toString()),
            new byte[0]);
    return CommandRun.of(host, words);
  }

  private void yes(String... words) {
    CommandRun run = run(words);
    assertThat(run.exit()).as(String.join(" ", words) + "\n" + run.err()).isEqualTo(ExitCode.YES);
  }

  @Test
  void everyKindOfStatementIsAsItsSchemaSays() throws Exception {
    yes("admit", "--name", "m", "examples/models/tiny.safetensors");
    Path child = Files.createDirectories(home.resolve("child"));
    Files.copy(
        CommandRun.ROOT.resolve("examples/models/tiny.safetensors"),
        child.resolve("model.safetensors"));
    Files.writeString(child.resolve("README.md"), "---\nbase_model: m\n---\n");
    run("admit", "--name", "copy", child.toString()); // says from what it was made
    yes("person", "add", "alice", "--role", "reviewer,security");
    yes("person", "add", "bob", "--role", "reviewer");
    String id =
        run(
                "exception",
                "request",
                "m",
                "--rule",
                "scan-fresh",
                "--reason",
                "r",
                "--for",
                "1d",
                "--format",
                "json")
            .out();
    JsonObject request = (JsonObject) Json.parse(id, "request");
    yes("exception", "grant", Objects.requireNonNull(request.string("id")), "--as", "bob");
    yes("approve", "m", "--as", "alice");
    yes("approve", "m", "--as", "bob");
    yes("promote", "m");
    yes("deploy", "m", "--env", "internal", "--workload", "w");
    yes("retire", "--env", "internal", "--workload", "w");
    yes("deprecate", "m");
    yes("break-glass", "m", "--env", "production", "--incident", "i", "--reason", "r");
    yes("revoke", "m", "--reason", "r");
    var kinds = new TreeSet<String>();
    for (String line : run("ledger", "export").out().lines().toList()) {
      JsonObject entry = (JsonObject) Json.parse(line, "entry");
      String kind = Objects.requireNonNull(entry.string("type"));
      kinds.add(kind);
      String predicate = predicate(Objects.requireNonNull(entry.string("envelope")), kind);
      assertThat(schema(kind).validate(predicate, InputFormat.JSON)).as(kind).isEmpty();
    }
    assertThat(kinds).hasSize((int) schemas());
  }

  private String predicate(String envelope, String kind) throws Exception {
    String hex = envelope.substring("sha256:".length());
    Path file = home.resolve("registry/ledger/blob/sha256").resolve(hex.substring(0, 2));
    String bundle = Files.readString(file.resolve(hex));
    JsonObject dsse =
        (JsonObject)
            Objects.requireNonNull(((JsonObject) Json.parse(bundle, "bundle")).get("dsseEnvelope"));
    byte[] payload = Base64.getDecoder().decode(Objects.requireNonNull(dsse.string("payload")));
    JsonObject statement =
        (JsonObject) Json.parse(new String(payload, StandardCharsets.UTF_8), "statement");
    JsonObject predicate = (JsonObject) Objects.requireNonNull(statement.get("predicate"));
    JsonValue ours = kind.equals("decision") ? predicate.get(OURS) : predicate;
    return Json.text(Objects.requireNonNull(ours));
  }

  private static long schemas() throws IOException {
    try (var files = Files.list(SCHEMAS)) {
      return files.count();
    }
  }

  private static JsonSchema schema(String kind) throws IOException {
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(Files.readString(SCHEMAS.resolve(kind + ".schema.json")));
  }
}
