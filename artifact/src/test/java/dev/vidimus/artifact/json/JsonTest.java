package dev.vidimus.artifact.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNull;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void everyKindOfValueIsReadInOrder() throws Exception {
    JsonValue value = Json.parse("{\"b\": [1, -2.50e+3, true, null], \"a\": \"x\\u0041\"}", "t");

    assertThat(value)
        .isEqualTo(
            new JsonObject(
                Map.of(
                    "b",
                    new JsonArray(
                        List.of(
                            new JsonNumber("1"),
                            new JsonNumber("-2.50e+3"),
                            new JsonBoolean(true),
                            new JsonNull())),
                    "a",
                    new JsonString("xA"))));
    assertThat(((JsonObject) value).members().keySet()).containsExactly("b", "a");
  }

  @Test
  void aNameTwiceInOneObjectIsMalformed() {
    assertMalformed("{\"a\":1,\"b\":{\"a\":2},\"a\":3}", "Duplicate Object property \"a\"");
  }

  @Test
  void aNameTwiceByAnEscapeIsMalformed() {
    assertMalformed("{\"a\":1,\"\\u0061\":2}", "Duplicate Object property \"a\"");
  }

  @Test
  void contentAfterTheValueIsMalformed() {
    assertMalformed("{} {}", "another value follows the document");
    assertMalformed("{} x", "Unrecognized token 'x'");
  }

  @Test
  void anEmptyDocumentIsMalformed() {
    assertMalformed("", "a value is missing");
    assertMalformed("  ", "a value is missing");
  }

  @Test
  void aByteOrderMarkIsMalformed() {
    assertMalformed("\ufeff{}", "begins with a byte order mark");
  }

  @Test
  void whatOtherReadersTolerateIsMalformed() {
    assertMalformed("{'a':1}", "Unexpected character");
    assertMalformed("{a:1}", "Unexpected character");
    assertMalformed("[1,]", "Unexpected character");
    assertMalformed("[1] // note", "Unexpected character");
    assertMalformed("[NaN]", "token 'NaN'");
    assertMalformed("[01]", "Invalid numeric value");
    assertMalformed("[+1]", "Unexpected character");
    assertMalformed("[\"a\tb\"]", "Illegal unquoted character");
    assertMalformed("[\"\\x41\"]", "Unrecognized character escape");
    assertMalformed("\0[1]", "Illegal character");
  }

  @Test
  void utf16IsNotGuessed() {
    assertThatThrownBy(() -> parse("[1]".getBytes(java.nio.charset.StandardCharsets.UTF_16LE)))
        .isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void halfASurrogatePairIsMalformed() {
    assertMalformed("[\"\\ud800\"]", "escapes half of a surrogate pair");
    assertMalformed("{\"\\udc00\":1}", "surrogate");
  }

  @Test
  void invalidUtf8IsMalformedAtItsByte() {
    for (String bad :
        List.of(
            "\u00c0\u0080",
            "\u00ed\u00a0\u0080",
            "\u00f4\u0090\u0080\u0080",
            "\u00e2\u0082",
            "\u0080",
            "\u00ff")) {
      assertThatThrownBy(() -> parse(("[\"\u00c3\u00a9" + bad + "\"]").getBytes(ISO_8859_1)))
          .isInstanceOf(FormatException.Malformed.class)
          .hasMessage("t: text at byte 4 (0x4): is not UTF-8");
    }
  }

  @Test
  void errorsCountBytesNotCharacters() {
    String wide = "\u20ac".repeat(10_000) + "\ud83d\ude00";
    byte[] bytes = ("[\"" + wide + "\", ?]").getBytes(UTF_8);
    assertThatThrownBy(() -> parse(bytes))
        .isInstanceOfSatisfying(
            FormatException.class,
            e -> assertThat(e.offset()).isBetween(bytes.length - 3L, bytes.length - 1L));
  }

  @Test
  void depthAndLengthsAreLimits() {
    JsonLimits limits = new JsonLimits(100, 4, 5, 6, 7);
    assertLimit("[[[[[]]]]]", limits);
    assertLimit("{\"123456\":1}", limits);
    assertLimit("[\"1234567\"]", limits);
    assertLimit("[12345678]", limits);
    assertLimit("[" + " ".repeat(100) + "]", limits);
  }

  @Test
  void deepNestingNeverOverflowsTheStack() {
    assertLimit("[".repeat(10_000_000), JsonLimits.DEFAULT);
    assertLimit("{\"a\":".repeat(1_000_000), JsonLimits.DEFAULT);
  }

  @Test
  void aNumberOfAMillionDigitsIsALimitNotASlowConversion() {
    assertLimit("[" + "9".repeat(1_000_000) + "]", JsonLimits.DEFAULT);
    assertLimit("[1e" + "9".repeat(1_000_000) + "]", JsonLimits.DEFAULT);
  }

  @Test
  void theReaderPullsWithoutATree() throws Exception {
    try (JsonReader reader = reader("{\"a\":18446744073709551615,\"b\":[1,2],\"c\":{\"d\":[]}}")) {
      reader.object("header");
      assertThat(reader.nextName()).isEqualTo("a");
      assertThat(reader.position()).isEqualTo(5);
      assertThat(reader.unsigned("a")).isEqualTo(-1);
      assertThat(reader.nextName()).isEqualTo("b");
      reader.array("b");
      assertThat(reader.nextElement()).isTrue();
      assertThat(reader.unsigned("b")).isEqualTo(1);
      assertThat(reader.nextElement()).isTrue();
      assertThat(reader.unsigned("b")).isEqualTo(2);
      assertThat(reader.nextElement()).isFalse();
      assertThat(reader.nextName()).isEqualTo("c");
      reader.skip("c");
      assertThat(reader.nextName()).isNull();
      reader.end();
    }
  }

  @Test
  void onlyWholeNumbersAreUnsigned() {
    for (String bad :
        List.of("-1", "-0", "1.0", "1e3", "18446744073709551616", "99999999999999999999999")) {
      assertThatThrownBy(() -> reader(bad).unsigned("count"))
          .isInstanceOf(FormatException.Malformed.class)
          .hasMessageContaining("is no whole number from 0 to 2^64 - 1");
    }
    assertThatThrownBy(() -> reader("\"1\"").unsigned("count"))
        .hasMessageContaining("t: count at byte 0 (0x0): is a string, not a number");
  }

  @Test
  void writingEscapesWhatCouldDisguiseALine() {
    assertThat(Json.text(new JsonString("a\"\\\n\u0000\u202e\u2028\ud800\u00e9\ud83d\ude00")))
        .isEqualTo("\"a\\\"\\\\\\n\\u0000\\u202e\\u2028\\ud800\u00e9\ud83d\ude00\"");
  }

  @Test
  void writingIsTheShortestForm() {
    JsonWriter writer =
        new JsonWriter()
            .object()
            .name("a")
            .array()
            .number(1)
            .bool(false)
            .nothing()
            .object()
            .endObject()
            .endArray()
            .name("b")
            .string("x")
            .endObject();
    assertThat(writer).hasToString("{\"a\":[1,false,null,{}],\"b\":\"x\"}");
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    String text = "{\"a\":[1,-2.5e7,\"\u20ac\\u202e\",{\"b\":null}],\"c\":true}";
    assertThat(Json.text(Json.parse(text, "t"))).isEqualTo(text);
  }

  @Test
  void mutatedDocumentsFailOnlyAsFormatExceptions() throws Exception {
    byte[] seed =
        "{\"__metadata__\":{\"a\":\"\u00e9\\u0041\ud83d\ude00\"},\"w\":[1,2.5e-3,true,null,{\"x\":[]}]}"
            .getBytes(UTF_8);
    SplittableRandom random = new SplittableRandom(20_260_101);
    for (int i = 0; i < 200_000; i++) {
      byte[] mutant = seed.clone();
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      try {
        parse(mutant);
      } catch (FormatException e) {
        assertThat(e.offset()).isBetween(0L, (long) mutant.length);
      }
    }
  }

  private static JsonValue parse(byte[] document) throws IOException, FormatException {
    return Json.parse(Bytes.of(document), "t", JsonLimits.DEFAULT);
  }

  private static JsonReader reader(String text) throws IOException, FormatException {
    return new JsonReader(Bytes.of(text.getBytes(UTF_8)), "t", JsonLimits.DEFAULT);
  }

  private static void assertMalformed(String text, String problem) {
    assertThatThrownBy(() -> Json.parse(text, "t"))
        .as(text)
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }

  private static void assertLimit(String text, JsonLimits limits) {
    assertThatThrownBy(() -> Json.parse(Bytes.of(text.getBytes(UTF_8)), "t", limits))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }
}
