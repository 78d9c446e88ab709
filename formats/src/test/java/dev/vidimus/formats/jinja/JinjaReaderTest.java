package dev.vidimus.formats.jinja;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.FormatException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class JinjaReaderTest {
  @Test
  void bracketsOfADictionaryDoNotEndATag() {
    assertThat(read("{{ {'a': {'b': 1}} }}x").body())
        .hasSize(2)
        .last()
        .isEqualTo(new JinjaNode.Data(21, "x"));
  }

  @Test
  void escapesAreUndone() {
    assertThat(read("{{ '\\x5f\\u005f\\137\\n' }}").body())
        .containsExactly(new JinjaNode.Print(0, new JinjaNode.Literal(3, "___\n")));
  }

  @Test
  void rawIsText() {
    assertThat(read("{% raw -%}{{ x }}{%- endraw %}").body())
        .containsExactly(new JinjaNode.Data(10, "{{ x }}"));
  }

  @Test
  void aSliceKeepsItsBounds() {
    JinjaNode.Print print = (JinjaNode.Print) read("{{ m[1:-1:2] }}").body().getFirst();
    JinjaNode.Subscript subscript = (JinjaNode.Subscript) print.value();
    assertThat(((JinjaNode.Slice) subscript.index()).bounds()).hasSize(3);
  }

  @Test
  void aTestBindsCloserThanAnd() {
    JinjaNode.Print print = (JinjaNode.Print) read("{{ a is not none and b }}").body().getFirst();
    assertThat(((JinjaNode.Operation) print.value()).operators()).containsExactly("and");
  }

  @Test
  void theExtensionsOfChatTemplatesAreRead() {
    assertThat(
            read("{% for m in ms if m.role != 'x' recursive %}{% do l.append(m) %}{% break %}"
                    + "{% else %}{% generation %}{{ m }}{% endgeneration %}{% endfor %}"
                    + "{% macro f(a, b='c') %}{% endmacro %}{% set x %}y{% endset %}"
                    + "{% with a = 1, b = 2 %}{% endwith %}{% filter upper %}z{% endfilter %}"
                    + "{% call f(1) %}{% endcall %}{% set ns.x, y = 1, 2 %}")
                .problem())
        .isNull();
  }

  @Test
  void aBrokenTemplateKeepsWhatStandsBeforeTheBreak() {
    JinjaTemplate template = read("{{ a.b }}{% if %}");
    assertThat(template.body()).hasSize(1);
    assertThat(Objects.requireNonNull(template.problem()))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("the tag ends too early");
  }

  @Test
  void depthIsBounded() {
    for (String deep :
        List.of(
            "{{ " + "(".repeat(5000) + "1" + ")".repeat(5000) + " }}",
            "{{ a" + ".b".repeat(5000) + " }}",
            "{{ a" + "|list".repeat(5000) + " }}",
            "{% if a %}".repeat(5000))) {
      assertThat(Objects.requireNonNull(read(deep).problem()))
          .isInstanceOf(FormatException.LimitExceeded.class);
    }
  }

  @Test
  void aLongSumIsWideAndNotDeep() {
    assertThat(read("{{ 1" + " + 1".repeat(50_000) + " }}").problem()).isNull();
  }

  private static JinjaTemplate read(String text) {
    return JinjaReader.read(text, "test");
  }
}
