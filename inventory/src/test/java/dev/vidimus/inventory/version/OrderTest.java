package dev.vidimus.inventory.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OrderTest {
  @ParameterizedTest
  @CsvSource({
    "1.0.0-alpha, 1.0.0-alpha.1",
    "1.0.0-alpha.1, 1.0.0-alpha.beta",
    "1.0.0-alpha.beta, 1.0.0-beta",
    "1.0.0-beta.2, 1.0.0-beta.11",
    "1.0.0-rc.1, 1.0.0",
    "v1.9.0, v1.10.0",
    "v0.0.0-20190101000000-aaaaaaaaaaaa, v0.0.0-20200101000000-aaaaaaaaaaaa",
    "99999999999999999999.0.0, 100000000000000000000.0.0",
  })
  void semanticVersionsAscend(String lower, String higher) {
    assertThat(Objects.requireNonNull(SemVer.parse(lower)))
        .isLessThan(Objects.requireNonNull(SemVer.parse(higher)));
  }

  @ParameterizedTest
  @CsvSource({"1.0.0+build, 1.0.0", "v2, 2.0.0"})
  void semanticVersionsThatAreOne(String one, String other) {
    assertThat(Objects.requireNonNull(SemVer.parse(one))).isEqualTo(SemVer.parse(other));
  }

  @ParameterizedTest
  @CsvSource({
    "1-alpha2snapshot, 1-alpha2",
    "1-alpha2, 1-alpha-123",
    "1-alpha-123, 1-beta-2",
    "1-beta123, 1-m2",
    "1-m11, 1-rc",
    "1-cr2, 1-SNAPSHOT",
    "1-SNAPSHOT, 1",
    "1, 1-sp",
    "1-sp, 1-abc",
    "1-1-snapshot, 1-1",
    "1.0-alpha, 1.0",
    "2.0-1, 2.0.1",
    "2.0.9, 2.0.10",
    "6.1.0rc3, 6.1.0",
  })
  void mavenVersionsAscend(String lower, String higher) {
    assertThat(maven(lower)).isLessThan(maven(higher));
    assertThat(maven(higher)).isGreaterThan(maven(lower));
  }

  @ParameterizedTest
  @CsvSource({"1.0, 1.0.0", "1-ga, 1", "1.0-final, 1", "1a1, 1-alpha-1", "1x, 1.0.0-x"})
  void mavenVersionsThatAreOne(String one, String other) {
    assertThat(maven(one)).isEqualTo(maven(other));
  }

  @Test
  void namesHaveOneSpelling() {
    assertThat(Ecosystem.PYPI.normalized("Vidimus_Demo.X")).isEqualTo("vidimus-demo-x");
    assertThat(Ecosystem.NPM.normalized("@scope/Name")).isEqualTo("@scope/Name");
    assertThat(Ecosystem.of("Maven:https://repo.example.com")).isEqualTo(Ecosystem.MAVEN);
  }

  private static MavenVersion maven(String text) {
    return Objects.requireNonNull(MavenVersion.SCHEME.parse(text));
  }
}
