package dev.vidimus.lineage.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.testkit.FlaxForger;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlaxSourceTest {
  private static final byte[] SIX = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0};

  @TempDir Path folder;

  @Test
  void arrayHasTheDigestOfTheSameTensorInSafetensors() throws Exception {
    byte[] flax =
        FlaxForger.map("params", FlaxForger.map("dense", FlaxForger.array("bfloat16", SIX, 2, 3)));
    String header = "{'params.dense':{'dtype':'BF16','shape':[2,3],'data_offsets':[0,12]}}";
    assertThat(root(write("flax_model.msgpack", flax)))
        .isEqualTo(root(write("a.safetensors", SafetensorsForger.file(header, SIX))));
  }

  @Test
  void shapeThatNeedsMoreBytesThanThereAreIsMalformed() throws Exception {
    Path file = write("a.msgpack", FlaxForger.map("w", FlaxForger.array("float32", SIX, 2, 3)));
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("needs 24 bytes, but has 12");
  }

  @Test
  void dimensionsThatOverflowAreMalformed() throws Exception {
    byte[] array = FlaxForger.array("float32", SIX, 1L << 40, 1L << 40);
    Path file = write("a.msgpack", FlaxForger.map("w", array));
    assertThatThrownBy(() -> root(file)).isInstanceOf(FormatException.class);
  }

  @Test
  void arrayOfSomethingElseIsMalformed() throws Exception {
    Path file = write("a.msgpack", FlaxForger.map("w", FlaxForger.extension(1, new byte[] {1})));
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("an array is not shape, type and bytes");
  }

  @Test
  void nameOfTwoArraysIsMalformed() throws Exception {
    byte[] one = FlaxForger.array("int8", new byte[1], 1);
    Path file = write("a.msgpack", FlaxForger.maps("a", FlaxForger.map("b", one), "a.b", one));
    assertThatThrownBy(() -> root(file)).isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void arrayInChunksIsUnsupported() throws Exception {
    byte[] yes = {(byte) 0xc3};
    byte[] chunked = FlaxForger.map("w", FlaxForger.map("__msgpack_chunked_array__", yes));
    Path file = write("a.msgpack", chunked);
    assertThatThrownBy(() -> root(file)).isInstanceOf(FormatException.Unsupported.class);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private Object root(Path path) throws IOException, FormatException {
    try (Model model = new ModelReader(new Spool(folder, 1 << 16)).open(path)) {
      return TensorDigests.of(model, false).root();
    }
  }
}
