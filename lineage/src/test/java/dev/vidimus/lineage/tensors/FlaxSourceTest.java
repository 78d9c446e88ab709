package dev.vidimus.lineage.tensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Spool;
import dev.vidimus.testkit.FlaxForger;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlaxSourceTest {
  private static final byte[] SIX = {1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0};

  private static final byte[] TWO_BY_THREE =
      FlaxForger.tuple(FlaxForger.number(2), FlaxForger.number(3));

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
  void arrayInPiecesHasTheDigestOfTheWholeOne() throws Exception {
    byte[] pieces = FlaxForger.tuple(bf16(0, 1), bf16(1, 4), bf16(4, 6));
    assertThat(
            root(
                write(
                    "pieces.msgpack",
                    FlaxForger.map("w", FlaxForger.pieces(TWO_BY_THREE, pieces)))))
        .isEqualTo(
            root(
                write(
                    "whole.msgpack",
                    FlaxForger.map("w", FlaxForger.array("bfloat16", SIX, 2, 3)))));
  }

  @Test
  void partOfAnArrayInPiecesMayBeginAndEndInAnyPiece() throws Exception {
    byte[] pieces = FlaxForger.tuple(bf16(0, 1), bf16(1, 1), bf16(1, 4), bf16(4, 6));
    Path file = write("a.msgpack", FlaxForger.map("w", FlaxForger.pieces(TWO_BY_THREE, pieces)));
    try (Model model = new ModelReader(new Spool(folder, 1 << 16)).open(file)) {
      TensorData data = Objects.requireNonNull(model.tensor("w")).data();
      for (int from = 0; from <= SIX.length; from++) {
        for (int to = from; to <= SIX.length; to++) {
          byte[] part =
              data.part(from, to - from, new TensorData.Window()).toArray(ValueLayout.JAVA_BYTE);
          assertThat(part).isEqualTo(Arrays.copyOfRange(SIX, from, to));
        }
      }
    }
  }

  @Test
  void piecesThatDoNotFillTheShapeAreMalformed() throws Exception {
    Path file =
        write(
            "a.msgpack",
            FlaxForger.map("w", FlaxForger.pieces(TWO_BY_THREE, FlaxForger.tuple(bf16(0, 5)))));
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("needs 12 bytes, but has 10");
  }

  @Test
  void piecesOfTwoTypesAreMalformed() throws Exception {
    byte[] other = FlaxForger.array("float16", new byte[2], 1);
    assertIsNoArray(FlaxForger.pieces(TWO_BY_THREE, FlaxForger.tuple(bf16(0, 5), other)));
  }

  @Test
  void somethingElseThanPiecesIsMalformed() throws Exception {
    assertIsNoArray(FlaxForger.pieces(TWO_BY_THREE, FlaxForger.tuple(FlaxForger.number(1))));
    assertIsNoArray(
        FlaxForger.pieces(TWO_BY_THREE, FlaxForger.tuple(FlaxForger.tuple(bf16(0, 6)))));
    assertIsNoArray(FlaxForger.pieces(TWO_BY_THREE, FlaxForger.map("1", bf16(0, 6))));
    assertIsNoArray(FlaxForger.pieces(TWO_BY_THREE, bf16(0, 6)));
    assertIsNoArray(FlaxForger.pieces(FlaxForger.number(6), FlaxForger.tuple(bf16(0, 6))));
    assertIsNoArray(
        FlaxForger.pieces(FlaxForger.map("1", FlaxForger.number(6)), FlaxForger.tuple()));
    byte[] yes = {(byte) 0xc3};
    assertIsNoArray(FlaxForger.map("__msgpack_chunked_array__", yes));
  }

  @Test
  void markThatComesLateIsMalformed() throws Exception {
    byte[] yes = {(byte) 0xc3};
    byte[] late = FlaxForger.maps("shape", TWO_BY_THREE, "__msgpack_chunked_array__", yes);
    Path file = write("a.msgpack", FlaxForger.map("w", late));
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("has its mark late");
  }

  private static byte[] bf16(int from, int to) {
    return FlaxForger.array("bfloat16", Arrays.copyOfRange(SIX, 2 * from, 2 * to), to - from);
  }

  private void assertIsNoArray(byte[] array) throws Exception {
    Path file = write("a.msgpack", FlaxForger.map("w", array));
    assertThatThrownBy(() -> root(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("not a mark, a shape and flat pieces of one type");
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
