package dev.vidimus.formats.pickle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleTextTest {
  @Test
  void escapesOfAStringAreDecoded() {
    assertThat(PickleText.unescapeString("'a\\x41\\101\\n\\\\'")).isEqualTo("aAA\n\\");
  }

  @Test
  void escapesOfUnicodeAreDecoded() {
    assertThat(PickleText.unescapeUnicode("\\u006fs\\U0001f600")).isEqualTo("os😀");
  }

  @Test
  void brokenEscapeStandsForItself() {
    assertThat(PickleText.unescapeUnicode("\\u00g1 \\")).isEqualTo("\\u00g1 \\");
  }

  @ParameterizedTest
  @CsvSource({"7,7", "-7,-7", "7L,7", "0x10,16", "1_000,1000"})
  void integersAsPythonReadsThem(String line, long value) {
    assertThat(TextNumber.parse(line)).contains(value);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "L", "seven", "1.5", "0x"})
  void otherTextIsNoInteger(String line) {
    assertThat(TextNumber.parse(line)).isEmpty();
  }
}
