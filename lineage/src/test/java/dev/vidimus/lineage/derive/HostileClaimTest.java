package dev.vidimus.lineage.derive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.testkit.GgufForger;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What nobody makes by accident is never verified.
class HostileClaimTest {
  private static final String MATRIX =
      "{'w':{'dtype':'F32','shape':[2,32],'data_offsets':[0,256]}}";

  @TempDir Path folder;

  @Test
  void scaleThatIsNoNumberIsRefuted() throws Exception {
    Path source = model("source", embeddings(ones(64)));
    byte[] blocks = new byte[2 * 34];
    blocks[0] = 0;
    blocks[1] = 0x7e; // NaN
    Outcome outcome = compare(Relation.GGUF, gguf(8, blocks), source, null, "{}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.tensors().getFirst().state()).isEqualTo("not-finite");
  }

  @Test
  void infiniteScaleOverInfiniteWeightsIsRefuted() throws Exception {
    float[] values = ones(64);
    values[3] = Float.POSITIVE_INFINITY;
    byte[] blocks = new byte[2 * 34];
    blocks[1] = 0x7c; // infinity, and levels 0
    Outcome outcome =
        compare(Relation.GGUF, gguf(8, blocks), model("source", embeddings(values)), null, "{}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
  }

  @Test
  void adapterOfRankZeroIsUnknown() throws Exception {
    Outcome outcome = merge("{\"peft_type\":\"LORA\",\"r\":0,\"lora_alpha\":8}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(outcome.reason()).isEqualTo(Reason.BAD_PARAMETERS);
  }

  @Test
  void infiniteAlphaIsUnknown() throws Exception {
    Outcome outcome = merge("{\"peft_type\":\"LORA\",\"r\":1,\"lora_alpha\":1e999}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(outcome.reason()).isEqualTo(Reason.BAD_PARAMETERS);
  }

  @Test
  void adapterOfAnotherKindIsUnsupported() throws Exception {
    Outcome outcome = merge("{\"peft_type\":\"IA3\",\"r\":1,\"lora_alpha\":1}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNSUPPORTED);
  }

  @Test
  void adapterThatTouchesNothingIsUnknown() throws Exception {
    Path base = model("base", SafetensorsForger.file(MATRIX, bytes(ones(64))));
    Path adapter = folder.resolve("adapter");
    Files.createDirectories(adapter);
    Files.write(adapter.resolve("adapter_model.safetensors"), SafetensorsForger.file("{}", 0));
    Files.writeString(
        adapter.resolve("adapter_config.json"),
        "{\"peft_type\":\"LORA\",\"r\":1,\"lora_alpha\":1}");
    Outcome outcome = compare(Relation.LORA_MERGE, base, base, adapter, "{}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
  }

  @Test
  void weightsThatAreNoNumbersAreNoFineTune() throws Exception {
    float[] values = ones(64);
    values[7] = Float.NaN;
    Path base = model("base", SafetensorsForger.file(MATRIX, bytes(ones(64))));
    Path tuned = model("tuned", SafetensorsForger.file(MATRIX, bytes(values)));
    Outcome outcome = compare(Relation.FINETUNE, tuned, base, null, "{}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.REFUTED);
    assertThat(outcome.reason()).isEqualTo(Reason.NOT_FINITE);
  }

  @Test
  void shapeThatOverflowsIsMalformed() {
    String header = "{'w':{'dtype':'F32','shape':[4611686018427387904,4],'data_offsets':[0,0]}}";
    assertThatThrownBy(() -> open(model("m", SafetensorsForger.file(header, 0))).close())
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("overflows");
  }

  @Test
  void overlappingOffsetsAreMalformed() {
    String header =
        "{'a':{'dtype':'U8','shape':[4],'data_offsets':[0,4]},"
            + "'b':{'dtype':'U8','shape':[4],'data_offsets':[2,6]}}";
    assertThatThrownBy(() -> open(model("m", SafetensorsForger.file(header, 6))).close())
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("overlaps");
  }

  @Test
  void unknownArchitectureIsUnsupportedNotRefuted() throws Exception {
    byte[] file =
        GgufForger.gguf()
            .string("general.architecture", "unheard-of")
            .tensor("token_embd.weight", 0, 0, 32, 2)
            .data(256)
            .bytes();
    Path child = Files.write(folder.resolve("x.gguf"), file);
    Outcome outcome =
        compare(Relation.GGUF, child, model("source", embeddings(ones(64))), null, "{}");
    assertThat(outcome.verdict()).isEqualTo(Verdict.UNSUPPORTED);
    assertThat(outcome.reason()).isEqualTo(Reason.UNSUPPORTED_ARCHITECTURE);
  }

  private Outcome merge(String config) throws Exception {
    Path base = model("base", SafetensorsForger.file(MATRIX, bytes(ones(64))));
    Path adapter = folder.resolve("adapter");
    Files.createDirectories(adapter);
    Files.write(
        adapter.resolve("adapter_model.safetensors"),
        SafetensorsForger.file(
            "{'base_model.model.w.lora_A.weight':"
                + "{'dtype':'F32','shape':[1,32],'data_offsets':[0,128]},"
                + "'base_model.model.w.lora_B.weight':"
                + "{'dtype':'F32','shape':[2,1],'data_offsets':[128,136]}}",
            136));
    Files.writeString(adapter.resolve("adapter_config.json"), config);
    return compare(Relation.LORA_MERGE, base, base, adapter, "{}");
  }

  private Outcome compare(
      Relation relation, Path child, Path parent, @Nullable Path adapter, String parameters)
      throws Exception {
    try (Model one = open(child);
        Model other = open(parent);
        Model third = open(adapter == null ? parent : adapter)) {
      JsonObject object = (JsonObject) Json.parse(parameters, "parameters");
      Claim claim =
          new Claim(one, List.of(other), adapter == null ? null : third, new Parameters(object));
      return relation.check(claim, new Meter());
    }
  }

  private Model open(Path path) throws IOException, FormatException {
    return new ModelReader(new Spool(folder.resolve("spool"), 1 << 20)).open(path);
  }

  private Path model(String name, byte[] safetensors) throws IOException {
    Path path = folder.resolve(name);
    Files.createDirectories(path);
    Files.write(path.resolve("model.safetensors"), safetensors);
    return path;
  }

  private static byte[] embeddings(float[] values) {
    return SafetensorsForger.file(
        "{'model.embed_tokens.weight':{'dtype':'F32','shape':[2,32],'data_offsets':[0,256]}}",
        bytes(values));
  }

  private Path gguf(int type, byte[] blocks) throws IOException {
    byte[] file =
        GgufForger.gguf()
            .string("general.architecture", "llama")
            .tensor("token_embd.weight", type, 0, 32, 2)
            .data(blocks)
            .bytes();
    return Files.write(folder.resolve("child.gguf"), file);
  }

  private static float[] ones(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = 1 + i % 7;
    }
    return values;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }
}
