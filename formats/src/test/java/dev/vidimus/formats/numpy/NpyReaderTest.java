package dev.vidimus.formats.numpy;

import static dev.vidimus.testkit.NpyForger.array;
import static dev.vidimus.testkit.NpyForger.file;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.numpy.NumpyType.Scalar;
import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.testkit.Mutations;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NpyReaderTest {
  @Test
  void everyVersionReadsTheSame() throws Exception {
    for (int version = 1; version <= 3; version++) {
      NpyArray array =
          read(
              file(
                  version,
                  "{'descr': '>f4', 'fortran_order': True, 'shape': (2, 3)}",
                  new byte[24]));
      assertThat(array.type()).isEqualTo(new Scalar('f', true, 4));
      assertThat(array.fortranOrder()).isTrue();
      assertThat(array.shape()).isEqualTo(Shape.of(2, 3));
      assertThat(array.size()).isEqualTo(24);
      assertThat(array.end()).isEqualTo((version == 1 ? 10 : 12) + 57 + 24);
    }
  }

  @Test
  void typesHaveTheSizesOfNumPy() throws Exception {
    Map<String, Integer> sizes =
        Map.ofEntries(
            Map.entry("'<i8'", 8),
            Map.entry("'|b1'", 1),
            Map.entry("'?'", 1),
            Map.entry("'<c16'", 16),
            Map.entry("'<U7'", 28),
            Map.entry("'|S7'", 7),
            Map.entry("'|V3'", 3),
            Map.entry("'<M8[ns]'", 8),
            Map.entry("'<m8[25s]'", 8),
            Map.entry("'float32'", 4),
            Map.entry("'d'", 8),
            Map.entry("'<f16'", 16),
            Map.entry("'i4,(2,3)f8'", 52),
            Map.entry("[('a', '<i4'), ('b', '<f8', (2,))]", 20),
            Map.entry("[('a', [('b', '|u1'), ('c', '|u1')])]", 2),
            Map.entry("[(('title', 'name'), '<i2')]", 2),
            Map.entry("[('', '|V4'), ('x', ('<i2', (3,)))]", 10),
            Map.entry("('<i4', (5,))", 20),
            Map.entry("[]", 0));
    for (Map.Entry<String, Integer> entry : sizes.entrySet()) {
      assertThat(read(array(entry.getKey(), "(1,)", new byte[64])).type().itemSize())
          .as(entry.getKey())
          .isEqualTo((long) entry.getValue());
    }
  }

  @Test
  void objectsAreFoundWhereverTheyHide() throws Exception {
    for (String descr :
        List.of(
            "'|O'",
            "'O'",
            "'O8'",
            "'object'",
            "'object_'",
            "'<O'",
            "'i4,O'",
            "'(2,)O'",
            "'\\x4f'",
            "[('a', '<i4'), ('b', 'O')]",
            "[('a', [('b', 'O', (2,))])]",
            "('O', (0,))")) {
      NpyArray array = read(array(descr, "(1,)"));
      assertThat(array.isPickled()).as(descr).isTrue();
    }
  }

  @Test
  void theHeaderIsALiteralAndNothingElse() {
    for (String header :
        List.of(
            "__import__('os').system('id')",
            "{'descr': __import__('os'), 'fortran_order': False, 'shape': ()}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1 + 1,)}",
            "{'descr': '<f4', 'fortran_order': not True, 'shape': ()}",
            "{'descr': '<f4', 'fortran_order': Falsey, 'shape': ()}",
            "{'descr': f'<f4', 'fortran_order': False, 'shape': ()}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': (1.0,)}",
            "{'descr': '<f4', 'fortran_order': False, 'shape': ()}; x",
            "{'descr': '<f4', 'fortran_order': False, 'shape': ()",
            "[]",
            "")) {
      assertMalformed(file(1, header), "m: header");
    }
  }

  @Test
  void theHeaderHasThreeKeysOfTheirTypes() {
    assertMalformed(file(1, "{'descr': '<f4', 'shape': ()}"), "lacks descr, fortran_order");
    assertMalformed(
        file(1, "{'descr': '<f4', 'fortran_order': 0, 'shape': ()}"), "lacks descr, fortran");
    assertMalformed(
        file(1, "{'descr': '<f4', 'fortran_order': False, 'shape': (), 'x': 1}"), "has a key");
    assertMalformed(array("'<f4'", "[1]"), "has a shape of no tuple");
    assertMalformed(array("'<f4'", "(1)"), "has a shape of no tuple");
    assertMalformed(array("'<f4'", "(-1,)"), "no whole number from 0");
    assertMalformed(array("'<f4'", "(True,)"), "no whole number from 0");
    assertMalformed(array("{'a': 'b'}", "()"), "is no type");
    assertMalformed(array("'<x4'", "()"), "unknown type \"<x4\"");
    assertMalformed(array("'<f5'", "()"), "unknown type \"<f5\"");
  }

  @Test
  void numbersOfPythonTwoAreRead() throws Exception {
    assertThat(read(array("'<u1'", "(3L,)", new byte[3])).shape()).isEqualTo(Shape.of(3));
  }

  @Test
  void theLastOfTwoEqualKeysCountsAsInPython() throws Exception {
    String twice = "{'descr': '<f4', 'descr': 'O', 'fortran_order': False, 'shape': ()}";
    assertThat(read(file(1, twice)).isPickled()).isTrue();
  }

  @Test
  void dataAreProvedAgainstWhatFollows() {
    assertMalformed(
        array("'<f8'", "(1000,)", new byte[8]), "shape [1000] needs 8000 bytes but 8 follow");
    assertMalformed(
        array("'<f8'", "(9223372036854775807, 9223372036854775807)"), "exceeds 64 bits");
    assertMalformed(
        array("'<f8'", "(2305843009213693952,)"), "2305843009213693952 times 8 exceeds 64 bits");
    assertMalformed(array("'<f8'", "(99999999999999999999,)"), "a number over 64 bits");
  }

  @Test
  void aHeaderPastTheEndIsMalformed() {
    byte[] file = array("'<f8'", "()", new byte[8]);
    file[9] = (byte) 0xff;
    assertMalformed(file, "header length at byte 8 (0x8): declares 65");
  }

  @Test
  void otherVersionsAreUnsupported() {
    assertThatThrownBy(() -> read(file(4, "{}")))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("version 4.0");
  }

  @Test
  void deepNestingIsALimit() {
    assertThatThrownBy(() -> read(file(2, "(".repeat(100_000))))
        .isInstanceOf(FormatException.LimitExceeded.class);
    assertThatThrownBy(() -> read(array("(".repeat(40) + "'O'" + ",1)".repeat(40), "()")))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void mutantsFailOnlyAsFormatExceptions() throws Exception {
    byte[] seed =
        array("[('a', '<i4'), ('b', '<f8', (2,)), (('t', 'n'), 'M8[ns]')]", "(1,)", new byte[28]);
    Mutations mutations = new Mutations(4);
    for (int i = 0; i < 200_000; i++) {
      try {
        NpyArray array = read(mutations.of(seed));
        assertThat(array.offset()).isPositive();
      } catch (FormatException e) {
        assertThat(e.offset()).isNotNegative();
      }
    }
  }

  private static NpyArray read(byte[] file) throws IOException, FormatException {
    return NpyReader.read(new ByteCursor(Bytes.of(file), "m"));
  }

  private static void assertMalformed(byte[] file, String problem) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }
}
