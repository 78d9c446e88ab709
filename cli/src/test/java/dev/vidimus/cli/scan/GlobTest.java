package dev.vidimus.cli.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "*.md, README.md",
    "*.md, docs/deep/page.md",
    "docs, docs/deep/page.md",
    "docs/, docs/deep/page.md",
    "docs/*, docs/deep/page.md", // fits docs/deep, and so all in it
    "/README.md, README.md",
    "a/**/b, a/b",
    "a/**/b, a/x/y/b",
    "**/b, a/x/b",
    "a/**, a/x/y",
    "a?c, abc",
    "a*b*c/**/d*, a1b2c/x/y/d3",
    "*, anything"
  })
  void fits(String pattern, String path) {
    assertThat(new Glob(pattern).matches(path)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "*.md, README.mdx",
    "docs/*.md, docs/deep/page.md",
    "docs, mydocs/page.md",
    "/README.md, docs/README.md",
    "a/*/b, a/x/y/b",
    "a?c, a/c",
    "a, A"
  })
  void doesNotFit(String pattern, String path) {
    assertThat(new Glob(pattern).matches(path)).isFalse();
  }

  @Test
  void manyStarsCostNoMoreThanTheirLength() {
    String pattern = "*a".repeat(200) + "/**b".repeat(200);
    String path = "a".repeat(2_000) + "/x".repeat(2_000);
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(5), () -> assertThat(new Glob(pattern).matches(path)).isFalse());
  }
}
