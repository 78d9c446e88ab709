package dev.vidimus.formats.ubjson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UbjsonReaderTest {
  @Test
  void valuesComeWithTheWayToThem() throws Exception {
    assertThat(read("{U\1aSU\1xU\1b[i\5{U\1cTU\1dSU\1y}]}"))
        .containsExactly("a=x", "b=5.0", "b.1.d=y");
  }

  @Test
  void arraysOfOneTypeAreRead() throws Exception {
    assertThat(read("{U\1a[$I#U\2\0\1\377\377}")).containsExactly("a=1.0", "a=-1.0");
  }

  @Test
  void objectsOfACountAreRead() throws Exception {
    assertThat(read("{#U\1U\1aSU\1x")).containsExactly("a=x");
  }

  @Test
  void valuesWithoutBytesAreNotRepeated() {
    assertThatThrownBy(() -> read("[$Z#l\177\377\377\377"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("declares 2147483647 values");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[$U", "SU\7x", "Q", "SL\377\377\377\377\377\377\377\377", "ZZ"})
  void whatDoesNotFitIsMalformed(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void deepNestingIsOverTheLimit() {
    assertThatThrownBy(() -> read("[".repeat(200)))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  private static List<String> read(String text) throws IOException, FormatException {
    List<String> heard = new ArrayList<>();
    UbjsonReader.read(
        Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)),
        "test",
        new UbjsonListener() {
          @Override
          public void text(List<String> path, String value, long offset) {
            heard.add(String.join(".", path) + "=" + value);
          }

          @Override
          public void number(List<String> path, double value, long offset) {
            heard.add(String.join(".", path) + "=" + value);
          }
        });
    return heard;
  }
}
