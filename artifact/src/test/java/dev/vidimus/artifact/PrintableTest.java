package dev.vidimus.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void controlsAndDirectionOverridesAreEscaped() {
    assertThat(Printable.of("a\u001b[31m\u202eb\n", 100)).isEqualTo("a\\x1b[31m\\u202eb\\n");
  }

  @Test
  void longTextKeepsItsBeginningAndItsEnd() {
    assertThat(Printable.of("a".repeat(50) + "b".repeat(50), 10)).isEqualTo("aaaaaa…bbb");
  }

  @Test
  void ordinaryTextOfAnyLanguageStays() {
    assertThat(Printable.of("modèle 模型 😀", 100)).isEqualTo("modèle 模型 😀");
  }
}
