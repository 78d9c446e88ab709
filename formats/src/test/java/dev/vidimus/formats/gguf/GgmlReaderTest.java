package dev.vidimus.formats.gguf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.testkit.Mutations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class GgmlReaderTest {
  private static final int GGML = 0x67676d6c;
  private static final int GGMF = 0x67676d66;
  private static final int GGJT = 0x67676a74;
  private static final int GGLA = 0x67676c61;
  private static final int Q4_0 = 2;

  @Test
  void tensorsOfGgjtAreAlignedAndMeasuredByVersion() throws Exception {
    for (int version = 1; version <= 3; version++) {
      GgufFile file = read(model(GGJT, version, version == 3 ? 18 : 20));
      assertThat(file.tensors()).hasSize(1);
      assertThat(file.tensors().getFirst().offset() % 32).isZero();
    }
  }

  @Test
  void olderContainersHaveNoPadding() throws Exception {
    assertThat(read(model(GGMF, 1, 20)).tensors()).hasSize(1);
    assertThat(read(model(GGML, 0, 20)).tensors()).hasSize(1);
  }

  @Test
  void anAdapterHasNoVocabulary() throws Exception {
    byte[] bytes = buffer().putInt(GGLA).putInt(1).putInt(16).putInt(32).array();
    assertThat(read(Arrays.copyOf(bytes, 16)).tensors()).isEmpty();
  }

  @Test
  void aTensorCutOffIsMalformed() {
    byte[] file = model(GGJT, 3, 18);
    assertThatThrownBy(() -> read(Arrays.copyOf(file, file.length - 1)))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("tensor data")
        .hasMessageContaining("needs 18 bytes but 17 follow");
  }

  @Test
  void aVocabularyOverTheEndIsMalformed() {
    byte[] file = buffer().putInt(GGJT).putInt(3).putInt(-1).array();
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("declares 4294967295 tokens");
  }

  @Test
  void anotherProgramsGgmlIsUnsupported() {
    byte[] file = buffer().putInt(GGML).putInt(51864).putInt(1500).putInt(384).array();
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("not one of llama.cpp");
  }

  @Test
  void mutantsFailOnlyAsFormatExceptions() throws Exception {
    byte[] seed = model(GGJT, 3, 18);
    Mutations mutations = new Mutations(3);
    for (int i = 0; i < 100_000; i++) {
      try {
        read(mutations.of(seed));
      } catch (FormatException e) {
        assertThat(e.offset()).isNotNegative();
      }
    }
  }

  /// One token, and one tensor of a single block.
  private static byte[] model(int magic, int version, int blockBytes) {
    ByteBuffer out = buffer().putInt(magic);
    if (magic != GGML) {
      out.putInt(version);
    }
    out.putInt(1).putInt(0).putInt(0).putInt(0).putInt(0).putInt(0).putInt(0);
    out.putInt(1).put((byte) 'a');
    if (magic != GGML) {
      out.putFloat(0);
    }
    out.putInt(1).putInt(4).putInt(Q4_0).putInt(32);
    out.put("norm".getBytes(StandardCharsets.US_ASCII));
    while (magic == GGJT && out.position() % 32 != 0) {
      out.put((byte) 0);
    }
    out.put(new byte[blockBytes]);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static ByteBuffer buffer() {
    return ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static GgufFile read(byte[] file) throws IOException, FormatException {
    return GgmlReader.read(Bytes.of(file), "m");
  }
}
