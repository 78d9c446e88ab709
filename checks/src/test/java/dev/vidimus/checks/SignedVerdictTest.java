package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.checks.CommandRun.FakeHost;
import dev.vidimus.cli.host.ExitCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Verdicts that are written as statements.
class SignedVerdictTest {
  private static final String TYPE = "https://vidimus.dev/derivation/v1";

  @TempDir Path here;
  @TempDir Path elsewhere;

  @BeforeEach
  void models() throws Exception {
    byte[] tiny = Files.readAllBytes(CommandRun.ROOT.resolve("examples/models/tiny.safetensors"));
    byte[] other = tiny.clone();
    other[other.length - 1] ^= 1;
    for (Path folder : List.of(here, elsewhere)) {
      Files.write(folder.resolve("child.safetensors"), tiny);
      Files.write(folder.resolve("other.safetensors"), other);
      assertThat(run(folder, "key", "new", "k.pem", "--type", "p256").exit())
          .isEqualTo(ExitCode.YES);
    }
    Files.write(here.resolve("parent.safetensors"), tiny);
    Files.write(elsewhere.resolve("origin.safetensors"), tiny);
  }

  private static CommandRun run(Path folder, String... words) {
    return CommandRun.of(new FakeHost(folder, Map.of(), new byte[0]), words);
  }

  private static CommandRun compare(Path folder, String parent, String... more) {
    List<String> words = new ArrayList<>(List.of("compare", "child.safetensors", "--from", parent));
    words.addAll(List.of("--as", "same-weights", "--key", "k.pem"));
    words.addAll(Arrays.asList(more));
    return run(folder, words.toArray(String[]::new));
  }

  private static JsonObject statement(Path file) throws Exception {
    JsonObject bundle = (JsonObject) Json.parse(Files.readString(file), "bundle");
    JsonObject dsse = (JsonObject) Objects.requireNonNull(bundle.get("dsseEnvelope"));
    byte[] payload = Base64.getDecoder().decode(Objects.requireNonNull(dsse.string("payload")));
    return (JsonObject) Json.parse(new String(payload, StandardCharsets.UTF_8), "statement");
  }

  private static JsonObject predicate(Path file) throws Exception {
    return (JsonObject) Objects.requireNonNull(statement(file).get("predicate"));
  }

  private static String without(JsonObject predicate, String... names) {
    var members = new java.util.LinkedHashMap<>(predicate.members());
    for (String name : names) {
      assertThat(members.remove(name)).as(name).isNotNull();
    }
    return Json.text(new JsonObject(members));
  }

  @Test
  void isVerifiedByWhoeverHasTheKey() {
    CommandRun written = compare(here, "parent.safetensors");
    assertThat(written.exit()).as(written.err()).isEqualTo(ExitCode.YES);
    CommandRun verified =
        run(
            here,
            "verify-attestation",
            "--bundle",
            "child.safetensors.derivation.intoto.json",
            "--key",
            "k.pem.pub",
            "--type",
            TYPE,
            "child.safetensors");
    assertThat(verified.exit()).as(verified.out() + verified.err()).isEqualTo(ExitCode.YES);
  }

  /// In another folder, under another name of the parent, signed by somebody else.
  @Test
  void isTheSameForASecondPartyButForTheTimes() throws Exception {
    compare(here, "parent.safetensors");
    compare(elsewhere, elsewhere.resolve("origin.safetensors").toString(), "--output", "v.json");
    JsonObject first = predicate(here.resolve("child.safetensors.derivation.intoto.json"));
    JsonObject second = predicate(elsewhere.resolve("v.json"));
    // A digest of a single file that binds its name is another for another name.
    String ours = without(first, "times", "record").replaceAll("\"dirHash\":\"[0-9a-f]*\",?", "");
    String theirs =
        without(second, "times", "record").replaceAll("\"dirHash\":\"[0-9a-f]*\",?", "");
    assertThat(theirs).isEqualTo(ours).contains("\"verdict\":\"VERIFIED\"");
    Files.move(elsewhere.resolve("origin.safetensors"), elsewhere.resolve("parent.safetensors"));
    compare(elsewhere, "parent.safetensors", "--output", "w.json");
    assertThat(predicate(elsewhere.resolve("w.json")).string("record"))
        .isEqualTo(first.string("record"));
  }

  @Test
  void isAsItsSchemaSays() throws Exception {
    compare(here, "other.safetensors");
    String schema =
        Files.readString(CommandRun.ROOT.resolve("docs/predicates/derivation.schema.json"));
    String text = Json.text(predicate(here.resolve("child.safetensors.derivation.intoto.json")));
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(schema)
                .validate(text, InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void aRefutedClaimIsWrittenToo() throws Exception {
    assertThat(compare(here, "other.safetensors").exit()).isEqualTo(ExitCode.NO);
    JsonObject predicate = predicate(here.resolve("child.safetensors.derivation.intoto.json"));
    assertThat(predicate.string("verdict")).isEqualTo("REFUTED");
    assertThat(predicate.string("reason")).isEqualTo("TENSOR_VALUE");
  }

  @Test
  void whatCannotBeReadIsUnknownAndNamesNoFolder() throws Exception {
    Files.writeString(here.resolve("broken.safetensors"), "x");
    assertThat(compare(here, "broken.safetensors").exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    Path file = here.resolve("child.safetensors.derivation.intoto.json");
    assertThat(predicate(file).string("verdict")).isEqualTo("UNKNOWN");
    assertThat(Json.text(statement(file))).doesNotContain(here.toString());
  }

  @Test
  void nothingIsWrittenOver() throws Exception {
    compare(here, "parent.safetensors");
    Path file = here.resolve("child.safetensors.derivation.intoto.json");
    byte[] before = Files.readAllBytes(file);
    CommandRun again = compare(here, "other.safetensors");
    assertThat(again.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(again.err()).contains("--force");
    assertThat(file).hasBinaryContent(before);
    assertThat(compare(here, "other.safetensors", "--force").exit()).isEqualTo(ExitCode.NO);
  }
}
