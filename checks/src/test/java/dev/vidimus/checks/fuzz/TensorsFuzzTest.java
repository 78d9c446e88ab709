package dev.vidimus.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.lineage.tensors.Model;
import dev.vidimus.lineage.tensors.ModelReader;
import dev.vidimus.lineage.tensors.TensorDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/// Tensors of hostile files: the first byte of an input chooses the format. Whatever the input, all
/// of its tensors are hashed, or a typed error says why not.
class TensorsFuzzTest {
  private static final List<String> NAMES =
      List.of("a.safetensors", "a.gguf", "a.pt", "a.npy", "a.npz", "a.onnx");
  private static final Path FOLDER = folder();

  private static Path folder() {
    try {
      return Files.createTempDirectory("vidimus-fuzz");
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @FuzzTest
  void read(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    Path file = FOLDER.resolve(NAMES.get((input[0] & 0xff) % NAMES.size()));
    Files.write(file, Arrays.copyOfRange(input, 1, input.length));
    ModelReader reader = new ModelReader(new Spool(FOLDER, Limits.DEFAULT.spoolBytes()));
    try (Model model = reader.open(file)) {
      assertThat(TensorDigests.of(model, true).root()).isNotNull();
    } catch (FormatException e) {
      assertThat(e).hasMessageContaining(" at byte ");
    } finally {
      Files.delete(file);
    }
  }
}
