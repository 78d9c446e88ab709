package dev.vidimus.formats.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  @Test
  void scalarsComeWithTheWayToThem() throws Exception {
    assertThat(read("a:\n  b: [x, 'y']\n? [k]\n: z\n"))
        .containsExactly("a.b.0=x plain", "a.b.1=y", "?.0=k plain", "?=z plain");
  }

  @Test
  void tagsAreToldAndNotResolved() throws Exception {
    assertThat(read("a: !!python/name:os.system ''\nb: !new:x.Y {c: 1}\n"))
        .containsExactly(
            "a tag tag:yaml.org,2002:python/name:os.system", "a=", "b tag !new:x.Y", "b.c=1 plain");
  }

  @Test
  void aliasOfAScalarIsThatScalar() throws Exception {
    assertThat(read("a: &n os.system\nb: *n\n"))
        .containsExactly("a=os.system plain", "b=os.system plain");
  }

  @Test
  void aliasesThatMultiplyAreNotExpanded() throws Exception {
    String bomb = "a: &a [x,x]\nb: &b [*a,*a]\nc: &c [*b,*b]\nd: [*c,*c]\n";
    assertThat(read(bomb)).containsExactly("a.0=x plain", "a.1=x plain");
  }

  @Test
  void everyDocumentOfAFileIsRead() throws Exception {
    assertThat(read("a: 1\n---\nb: 2\n")).containsExactly("a=1 plain", "b=2 plain");
  }

  @Test
  void offsetsCountBytes() throws Exception {
    List<Long> offsets = new ArrayList<>();
    YamlReader.read(
        bytes("é: ü\nb: c\n"),
        "test",
        new YamlListener() {
          @Override
          public void tag(List<String> path, String tag, String text, long offset) {}

          @Override
          public void scalar(List<String> path, String text, boolean isPlain, long offset) {
            offsets.add(offset);
          }
        });
    assertThat(offsets).containsExactly(4L, 10L);
  }

  @Test
  void whatIsNoYamlIsMalformed() {
    assertThatThrownBy(() -> read("a: [1\nb: 2\n"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("test: document at byte");
  }

  @Test
  void deepNestingIsOverTheLimit() {
    assertThatThrownBy(() -> read("[".repeat(200)))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("nested deeper than 128");
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> read(String text) throws IOException, FormatException {
    List<String> heard = new ArrayList<>();
    YamlReader.read(
        bytes(text),
        "test",
        new YamlListener() {
          @Override
          public void tag(List<String> path, String tag, String value, long offset) {
            heard.add(String.join(".", path) + " tag " + tag);
          }

          @Override
          public void scalar(List<String> path, String value, boolean isPlain, long offset) {
            heard.add(String.join(".", path) + "=" + value + (isPlain ? " plain" : ""));
          }
        });
    return heard;
  }
}
