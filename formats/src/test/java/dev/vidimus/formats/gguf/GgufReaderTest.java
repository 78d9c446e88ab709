package dev.vidimus.formats.gguf;

import static dev.vidimus.testkit.GgufForger.gguf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.testkit.GgufForger;
import dev.vidimus.testkit.Mutations;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GgufReaderTest {
  private static final int F32 = 0;
  private static final int Q4_0 = 2;

  @Test
  void everyVersionAndByteOrderReadsTheSame() throws Exception {
    for (int version = 1; version <= 3; version++) {
      for (ByteOrder order : List.of(ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN)) {
        byte[] bytes =
            gguf(version, order)
                .string("general.architecture", "llama")
                .strings("tokenizer.ggml.tokens", "a", "", "bcd")
                .u32("general.alignment", 64)
                .padTo(64)
                .tensor("w", Q4_0, 0, 32, 2)
                .tensor("b", F32, 64, 3)
                .data(64 + 12)
                .bytes();

        GgufFile file = read(bytes);

        assertThat(file.version()).isEqualTo(version);
        assertThat(file.order()).isEqualTo(order);
        assertThat(file.metadata().getFirst().text(Bytes.of(bytes), 100)).isEqualTo("llama");
        assertThat(file.metadata().get(1).count()).isEqualTo(3);
        assertThat(file.tensors()).extracting(GgufTensor::size).containsExactly(36L, 12L);
        assertThat(file.tensors().get(1).shape()).isEqualTo(Shape.of(3));
        assertThat(file.end()).isEqualTo(bytes.length);
      }
    }
  }

  @Test
  void valuesBeforeAFaultAreHeard() {
    List<String> heard = new ArrayList<>();
    byte[] bytes = gguf().string("a", "x").raw("b", 99).bytes();
    assertThatThrownBy(() -> GgufReader.read(Bytes.of(bytes), "m", v -> heard.add(v.key())))
        .hasMessageContaining("value of \"b\" at byte 55 (0x37): is of unknown type 99");
    assertThat(heard).containsExactly("a");
  }

  @Test
  void versionsAreNotGuessed() {
    assertMalformed(gguf(0, ByteOrder.LITTLE_ENDIAN), "version at byte 4 (0x4): is 0");
    assertThatThrownBy(() -> read(gguf(4, ByteOrder.LITTLE_ENDIAN).bytes()))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("version 4");
    assertThatThrownBy(() -> read(gguf(4, ByteOrder.BIG_ENDIAN).bytes()))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("version 4");
  }

  @Test
  void countsAreProvedAgainstWhatFollows() {
    assertMalformed(
        gguf().keyCount(1L << 60), "declares 1152921504606846976 of at least 13 bytes each");
    assertMalformed(gguf().tensorCount(-1), "declares 18446744073709551615 of at least 24 bytes");
  }

  @Test
  void keysAreUniqueAndNotEmpty() {
    assertMalformed(gguf().u32("a", 1).u32("a", 2), "key at byte 41 (0x29): occurs twice: \"a\"");
    assertMalformed(gguf().u32("", 1).string("x", "y"), "is empty");
  }

  @Test
  void arraysAreDividedNotMultiplied() {
    // 2^61 elements of 8 bytes are 0 bytes in 64 bits.
    assertMalformed(gguf().arrayHead("a", 10, 1L << 61), "declares 2305843009213693952 elements");
    assertMalformed(gguf().arrayHead("a", 8, 1L << 61), "declares 2305843009213693952 elements");
    assertMalformed(gguf().arrayHead("a", 99, 0), "is of unknown type 99");
  }

  @Test
  void arraysInArraysAreALimitAtSomeDepth() {
    byte[] nested = new byte[12 * 4_000];
    for (int i = 0; i < 4_000; i++) {
      nested[12 * i] = 9; // an array
      nested[12 * i + 4] = 1; // of one element
    }
    assertThatThrownBy(() -> read(gguf().raw("a", 9, nested).bytes()))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("arrays nested deeper than 8");
  }

  @Test
  void alignmentIsAPowerOfTwoOfItsOwnType() {
    assertMalformed(gguf().u32("general.alignment", 0), "0 is no power of two");
    assertMalformed(gguf().u32("general.alignment", 48), "48 is no power of two");
    assertMalformed(gguf().string("general.alignment", "32"), "of type STRING, not UINT32");
  }

  @Test
  void tensorNamesAreUniqueAndShort() {
    assertMalformed(
        gguf().tensor("w", F32, 0, 8).tensor("w", F32, 32, 8).data(64), "occurs twice: \"w\"");
    assertMalformed(gguf().tensor("w".repeat(64), F32, 0, 1).data(4), "longer than 63 bytes");
  }

  @Test
  void dimensionsAreFourAtMostAndTheirProductFits() {
    assertMalformed(gguf().tensor("w", F32, 0, 1, 1, 1, 1, 1), "has 5 dimensions");
    assertMalformed(
        gguf().tensor("w", F32, 0, 1L << 33, 1L << 33), "8589934592 times 8589934592 exceeds");
    assertMalformed(gguf().tensor("w", F32, 0, -1), "overflows: 18446744073709551615 elements");
    assertMalformed(gguf().tensor("w", F32, 0, 1L << 61), "overflows: 9223372036854775808 bytes");
    assertMalformed(gguf().tensor("w", Q4_0, 0, 33), "no multiple of Q4_0's blocks of 32");
  }

  @Test
  void unknownTensorTypesAreUnsupported() {
    assertThatThrownBy(() -> read(gguf().tensor("w", 999, 0, 1).data(4).bytes()))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("tensor type 999 is not known");
  }

  @Test
  void tensorsStandAtThePaddedEndOfTheOneBefore() {
    assertMalformed(
        gguf().tensor("w", F32, 0, 1).tensor("b", F32, 4, 1).data(64),
        "has offset 4, which is not aligned to 32; expected 32");
    assertMalformed(
        gguf().tensor("w", F32, 0, 1).tensor("b", F32, 64, 1).data(96),
        "has offset 64; expected 32");
    assertMalformed(
        gguf().tensor("w", F32, 0, 8).data(31), "needs 32 bytes at 64, but the file has 95");
  }

  @Test
  void theLastTensorNeedsNoPadding() throws Exception {
    assertThat(read(gguf().tensor("w", F32, 0, 1).data(4).bytes()).end()).isEqualTo(68);
  }

  @Test
  void aStringArrayOfAMillionIsPassedOverWithoutKeepingIt() throws Exception {
    String[] tokens = new String[1_000_000];
    java.util.Arrays.fill(tokens, "t");
    GgufFile file = read(gguf().strings("tokens", tokens).bytes());
    assertThat(file.metadata().getFirst().size()).isEqualTo(9_000_000);
  }

  @Test
  void typesStandAtTheirCodes() {
    for (GgmlType type : GgmlType.values()) {
      assertThat(GgmlType.of(type.code())).isSameAs(type);
    }
    assertThat(GgmlType.of(GgmlType.values().length)).isNull();
    assertThat(GgmlType.of(-1)).isNull();
  }

  @Test
  void mutantsFailOnlyAsFormatExceptions() throws Exception {
    byte[] seed =
        gguf()
            .string("general.architecture", "llama")
            .strings("tokens", "a", "b")
            .u32("general.alignment", 32)
            .tensor("w", Q4_0, 0, 32, 2)
            .tensor("b", F32, 64, 3)
            .data(76)
            .bytes();
    Mutations mutations = new Mutations(2);
    for (int i = 0; i < 100_000; i++) {
      try {
        read(mutations.of(seed));
      } catch (FormatException e) {
        assertThat(e.offset()).isNotNegative();
      }
    }
  }

  private static GgufFile read(byte[] file) throws IOException, FormatException {
    return GgufReader.read(Bytes.of(file), "m", value -> {});
  }

  private static void assertMalformed(GgufForger forger, String problem) {
    assertThatThrownBy(() -> read(forger.bytes()))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }
}
