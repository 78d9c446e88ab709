package dev.vidimus.formats.protobuf;

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

class ProtoTextReaderTest {
  @Test
  void fieldsComeWithTheWayToThem() throws Exception {
    assertThat(read("a: 1 b { c: \"x\" d < e: -2.5e-3; > }"))
        .containsExactly("a=1", "b.c=x", "b.d.e=-2.5e-3", "b.d ends", "b ends");
  }

  @Test
  void textsThatFollowOneAnotherAreOne() throws Exception {
    assertThat(read("op: \"Write\" # a comment\n 'File'\n")).containsExactly("op=WriteFile");
  }

  @Test
  void escapesAreResolved() throws Exception {
    assertThat(read("op: 'Read\\x46\\151le'")).containsExactly("op=ReadFile");
  }

  @Test
  void elementsOfListsAreFields() throws Exception {
    assertThat(read("a: [1, 2] b [ { c: 3 }, { c: 4 } ] [x.y]: z"))
        .containsExactly("a=1", "a=2", "b.c=3", "b ends", "b.c=4", "b ends", "x.y=z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a {", "a", "a: \"x", "a: \"x\ny\"", "}", "a: [1", "a: %"})
  void whatIsNotInTheFormatIsMalformed(String text) {
    assertThatThrownBy(() -> read(text)).isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void deepNestingIsOverTheLimit() {
    assertThatThrownBy(() -> read("a{".repeat(200)))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  private static List<String> read(String text) throws IOException, FormatException {
    List<String> heard = new ArrayList<>();
    ProtoTextReader.read(
        Bytes.of(text.getBytes(StandardCharsets.UTF_8)),
        "test",
        new ProtoTextReader.Listener() {
          @Override
          public void field(List<String> path, String value, long offset) {
            heard.add(String.join(".", path) + "=" + value);
          }

          @Override
          public void end(List<String> path, long offset) {
            heard.add(String.join(".", path) + " ends");
          }
        });
    return heard;
  }
}
