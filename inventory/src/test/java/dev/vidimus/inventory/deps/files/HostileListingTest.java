package dev.vidimus.inventory.deps.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HostileListingTest {
  @ParameterizedTest
  @ValueSource(strings = {"npm:", "npm:a", "npm:@a", "npm:@a/b", "npm:@a/b@1"})
  void aliasesOfNpmMayLackEverything(String version) throws Exception {
    String lock =
        "{\"lockfileVersion\":1,\"dependencies\":{\"x\":{\"version\":\"" + version + "\"}}}";
    assertThat(read("package-lock.json", lock).packages()).hasSize(1);
  }

  @Test
  void argumentsThatDoubleAreNotFollowedForEver() throws Exception {
    StringBuilder file = new StringBuilder("ARG A0=0123456789\n");
    for (int i = 1; i < 60; i++) {
      file.append("ARG A" + i + "=${A" + (i - 1) + "}${A" + (i - 1) + "}\n");
    }
    Listing listing = read("Dockerfile", file + "FROM ${A59}\n");
    assertThat(listing.packages()).isEmpty();
    assertThat(listing.problems()).hasSize(1);
  }

  @Test
  void aTextThatAListRepeatsIsNotReadForEver() throws Exception {
    String setup =
        "x = '"
            + "a ".repeat(1 << 20)
            + "'\nsetup(install_requires=["
            + "x, ".repeat(50_000)
            + "])\n";
    Listing listing = read("setup.py", setup);
    assertThat(listing.problems().size()).isLessThan(10);
    assertThat(listing.problems().getLast().what()).contains("letters");
  }

  @Test
  void whiteSpaceInAConditionOfCondaIsPassedOnce() throws Exception {
    String spaces = " ".repeat(100_000);
    Listing listing =
        read("environment.yml", "dependencies:\n  - \"a" + spaces + "b\\n c\"\n  - d\n");
    assertThat(listing.packages()).hasSize(1);
    assertThat(listing.problems()).hasSize(1);
  }

  @Test
  void longKeysAreNotJoinedForEachTextUnderThem() {
    String key = "k".repeat(1_000);
    String file = "a:\n  " + key + ":\n    " + key + ": [" + "x,".repeat(10_000) + "x]\n";
    assertThatThrownBy(() -> read("values.yaml", file))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void listsThatNameEachOtherTwiceEnd() throws Exception {
    StringBuilder program = new StringBuilder("a0 = ['x']\n");
    for (int i = 1; i < 60; i++) {
      program.append("a" + i + " = a" + (i - 1) + " + a" + (i - 1) + "\n");
    }
    Listing listing = read("setup.py", program + "setup(install_requires=a59)\n");
    assertThat(listing.problems()).isNotEmpty();
  }

  @Test
  void aTableOfMillionsOfNumbersIsNotRead() {
    assertThatThrownBy(() -> read("pyproject.toml", "a = [" + "1,".repeat(1_000_000) + "1]\n"))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("over 500000");
  }

  @Test
  void aVariableOfMavenThatNamesItselfEnds() throws Exception {
    String text =
        "<project><properties><a>${a}${a}</a></properties><dependencies><dependency>"
            + "<groupId>g</groupId><artifactId>n</artifactId><version>${a}</version>"
            + "</dependency></dependencies></project>";
    assertThat(read("pom.xml", text).packages().getFirst().version()).isEmpty();
  }

  private static Listing read(String name, String text) throws Exception {
    Bytes bytes = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
    return DependencyFiles.of(name, bytes).read(bytes, name);
  }
}
