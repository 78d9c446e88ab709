package dev.vidimus.inventory.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Snapshot;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ObservedTest {
  @TempDir Path folder;

  @Test
  void anotherLicenceInTheWeightsIsAFinding() throws Exception {
    weights("{\"__metadata__\":{\"license\":\"llama3.1\"}}");
    assertThat(findings("license: apache-2.0"))
        .containsExactly("the card says apache-2.0, model.safetensors says llama3.1");
  }

  @Test
  void spellingsOfOneLicenceAreOne() throws Exception {
    weights("{\"__metadata__\":{\"modelspec.license\":\"Apache License 2.0\"}}");
    assertThat(findings("license: apache-2.0")).isEmpty();
  }

  @Test
  void aCardWithoutLicenceContradictsNothing() throws Exception {
    weights("{\"__metadata__\":{\"license\":\"mit\"}}");
    assertThat(findings("tags: [a]")).isEmpty();
  }

  @Test
  void anotherBaseInTheAdapterIsAFinding() throws Exception {
    Files.writeString(
        folder.resolve("adapter_config.json"), "{\"base_model_name_or_path\":\"other/model\"}");
    assertThat(findings("base_model: acme/base"))
        .containsExactly("the card says acme/base, adapter_config.json says other/model");
    assertThat(findings("base_model: Other/Model")).isEmpty();
  }

  @Test
  void aPathOnSomebodysDiskContradictsNothing() throws Exception {
    Files.writeString(
        folder.resolve("adapter_config.json"), "{\"base_model_name_or_path\":\"/home/me/base\"}");
    assertThat(findings("base_model: acme/base")).isEmpty();
  }

  @Test
  void aFileThatNamesVeryManyBasesIsNotReadForEver() throws Exception {
    StringBuilder metadata = new StringBuilder("{\"__metadata__\":{");
    for (int i = 0; i < 300; i++) {
      metadata.append(i == 0 ? "" : ",").append("\"" + i + ".repo_url\":\"acme/m" + i + "\"");
    }
    weights(metadata + "}}");
    assertThat(findings("base_model: acme/base")).hasSize(100);
  }

  @Test
  void brokenWeightsSayNothing() throws Exception {
    Files.writeString(folder.resolve("model.gguf"), "GGUF broken");
    assertThat(findings("license: mit")).isEmpty();
  }

  private void weights(String header) throws Exception {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    Files.write(folder.resolve("model.safetensors"), file.array());
  }

  private List<String> findings(String front) throws Exception {
    byte[] text = ("---\n" + front + "\n---\n").getBytes(StandardCharsets.UTF_8);
    Card card = CardReader.read(Bytes.of(text), "README.md");
    return Observed.of(Snapshot.of(folder)).against(card, "README.md").stream()
        .map(Finding::message)
        .toList();
  }
}
