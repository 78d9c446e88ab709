package dev.vidimus.formats.safetensors;

import static dev.vidimus.testkit.SafetensorsForger.file;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.tensor.Shape;
import dev.vidimus.testkit.Mutations;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafetensorsReaderTest {
  private static final String W = "'w':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}";

  @Test
  void tensorsAreGivenInTheOrderOfTheirBytes() throws Exception {
    SafetensorsFile file =
        read(file("{'b':{'dtype':'BF16','shape':[3],'data_offsets':[16,22]}," + W + "}   ", 22));

    assertThat(file.bufferOffset()).isEqualTo(8 + 116);
    assertThat(file.tensors())
        .containsExactly(
            new SafetensorsTensor("w", SafetensorsType.F32, Shape.of(2, 2), 0, 16),
            new SafetensorsTensor("b", SafetensorsType.BF16, Shape.of(3), 16, 22));
  }

  @Test
  void aScalarAndATensorWithoutElementsAreOrdinary() throws Exception {
    SafetensorsFile file =
        read(
            file(
                "{'s':{'dtype':'I64','shape':[],'data_offsets':[0,8]},"
                    + "'e':{'dtype':'F32','shape':[0,5],'data_offsets':[8,8]}}",
                8));
    assertThat(file.tensors()).extracting(SafetensorsTensor::size).containsExactly(8L, 0L);
  }

  @Test
  void aHeaderWithoutTensorsIsOrdinary() throws Exception {
    assertThat(read(file("{}", 0)).tensors()).isEmpty();
    assertThat(read(file("{'__metadata__':null}", 0)).tensors()).isEmpty();
  }

  @Test
  void metadataAreHeardWithTheirPlace() throws Exception {
    List<String> heard = new ArrayList<>();
    SafetensorsReader.read(
        Bytes.of(file("{'__metadata__':{'\u20ac':'x','b':'y'}}", 0)),
        "m",
        (name, text, offset) -> heard.add(name + "=" + text + "@" + offset));
    // After the length, {"__metadata__":{"€": are 8 + 17 + 5 + 1 bytes, the sign being 3 of them.
    assertThat(heard).containsExactly("\u20ac=x@31", "b=y@39");
  }

  @Test
  void metadataBeforeAFaultAreHeardAllTheSame() {
    List<String> heard = new ArrayList<>();
    assertThatThrownBy(
            () ->
                SafetensorsReader.read(
                    Bytes.of(file("{'__metadata__':{'a':'x'},'w':1}", 0)),
                    "m",
                    (name, text, offset) -> heard.add(name)))
        .isInstanceOf(FormatException.Malformed.class);
    assertThat(heard).containsExactly("a");
  }

  @Test
  void elementTypesBelowAByteMustFillWholeBytes() throws Exception {
    assertThat(read(file("{'w':{'dtype':'F4','shape':[3,2],'data_offsets':[0,3]}}", 3)).tensors())
        .hasSize(1);
    assertThat(
            read(file("{'w':{'dtype':'F6_E2M3','shape':[4],'data_offsets':[0,3]}}", 3)).tensors())
        .hasSize(1);
    assertMalformed(
        file("{'w':{'dtype':'F4','shape':[3],'data_offsets':[0,1]}}", 1),
        "tensor \"w\" at byte 61 (0x3d): shape [3] does not fill whole bytes");
  }

  @Test
  void aHeaderLengthOfAllOnesIsMalformedNotMinusOne() {
    assertMalformed(
        file(-1, "{}".getBytes(UTF_8), new byte[0]),
        "m: header length at byte 0 (0x0): declares 18446744073709551615 bytes but 2 follow");
  }

  @Test
  void aHeaderPastTheEndIsMalformed() {
    assertMalformed(file(3, "{}".getBytes(UTF_8), new byte[0]), "declares 3 bytes but 2 follow");
  }

  @Test
  void aFileShorterThanItsLengthFieldIsMalformed() {
    assertMalformed(new byte[7], "m: header length at byte 0 (0x0): needs 8 bytes but 7 follow");
  }

  @Test
  void theHeaderBeginsWithABrace() {
    assertMalformed(file(" {}", 0), "header at byte 8 (0x8): does not begin with {");
    assertMalformed(file(0, new byte[0], new byte[0]), "does not begin with {");
  }

  @Test
  void onlySpacesMayFollowTheHeader() {
    assertMalformed(file("{}\n", 0), "header at byte 10 (0xa): ends in something other than }");
    assertMalformed(file("{}{}", 0), "another value follows the document");
  }

  @Test
  void noNameMayOccurTwice() {
    assertMalformed(file("{" + W + "," + W + "}", 16), "Duplicate Object property \"w\"");
    assertMalformed(
        file("{'__metadata__':{'a':'x','a':'y'}}", 0), "Duplicate Object property \"a\"");
  }

  @Test
  void metadataAreTextByName() {
    assertMalformed(file("{'__metadata__':{'a':1}}", 0), "is a number, not a string");
    assertMalformed(file("{'__metadata__':[]}", 0), "is an array, not an object");
  }

  @Test
  void aTensorHasTypeShapeAndTwoOffsets() {
    assertMalformed(
        file("{'w':{'dtype':'F32','shape':[1]}}", 0), "lacks dtype, shape or data_offsets");
    assertMalformed(
        file("{'w':{'dtype':'Q7','shape':[1],'data_offsets':[0,1]}}", 1), "unknown: \"Q7\"");
    assertMalformed(
        file("{'w':{'dtype':'U8','shape':[1],'data_offsets':[0]}}", 1), "fewer than two offsets");
    assertMalformed(
        file("{'w':{'dtype':'U8','shape':[1],'data_offsets':[0,1,1]}}", 1), "more than two");
    assertMalformed(
        file("{'w':{'dtype':'U8','shape':[-1],'data_offsets':[0,1]}}", 1), "no whole number");
    assertMalformed(
        file("{'w':{'dtype':'U8','shape':[1.0],'data_offsets':[0,1]}}", 1), "no whole number");
  }

  @Test
  void tensorsFillTheBufferWithoutHoleOverlapOrRest() {
    String two =
        "{'a':{'dtype':'U8','shape':[%d],'data_offsets':[0,%d]},"
            + "'b':{'dtype':'U8','shape':[4],'data_offsets':[4,8]}}";
    assertMalformed(
        file(String.format(two, 3, 3), 8), "leaves a hole before: expected to begin at 3: [4, 8]");
    assertMalformed(
        file(String.format(two, 5, 5), 8), "overlaps the one before: expected to begin at 5");
    assertMalformed(
        file(String.format(two, 4, 4), 9), "tensors end after 8 bytes, but the buffer has 9");
    assertMalformed(file(String.format(two, 4, 4), 7), "ends after the buffer of 7 bytes: [4, 8]");
    assertMalformed(
        file("{'a':{'dtype':'U8','shape':[1],'data_offsets':[1,0]}}", 1), "ends before it begins");
  }

  @Test
  void aShapeThatOverflowsIsMalformedEvenIfAZeroFollows() {
    assertMalformed(
        file("{'a':{'dtype':'U8','shape':[4294967296,4294967296,0],'data_offsets':[0,0]}}", 0),
        "overflows: 4294967296 times 4294967296 exceeds 64 bits");
    assertMalformed(
        file("{'a':{'dtype':'F64','shape':[4611686018427387904],'data_offsets':[0,0]}}", 0),
        "exceeds 64 bits");
  }

  @Test
  void aMillionTensorsAreReadInTimeAndMemoryOfTheirHeader() throws Exception {
    StringBuilder header = new StringBuilder("{");
    int count = 1_000_000;
    for (int i = 0; i < count; i++) {
      header.append(i == 0 ? "'" : ",'").append(i);
      header.append("':{'dtype':'U8','shape':[1],'data_offsets':[").append(i);
      header.append(',').append(i + 1).append("]}");
    }
    byte[] file = file(header.append('}').toString(), count);
    assertThat(read(file).tensors()).hasSize(count);
  }

  @Test
  void deepNestingIsALimit() {
    assertThatThrownBy(() -> read(file("{'w':{'x':" + "[".repeat(1_000_000) + "}}", 0)))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void mutantsFailOnlyAsFormatExceptions() throws Exception {
    byte[] seed = file("{'__metadata__':{'format':'pt','\u20ac':'\u00e9'}," + W + "}", 16);
    Mutations mutations = new Mutations(1);
    for (int i = 0; i < 100_000; i++) {
      try {
        read(mutations.of(seed));
      } catch (FormatException e) {
        assertThat(e.offset()).isNotNegative();
      }
    }
  }

  private static SafetensorsFile read(byte[] file) throws IOException, FormatException {
    return SafetensorsReader.read(Bytes.of(file), "m", (name, text, offset) -> {});
  }

  private static void assertMalformed(byte[] file, String problem) {
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }
}
