package dev.vidimus.scan.pickle;

import static dev.vidimus.testkit.PickleForger.proto;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AllowlistTest {
  private static final Path TABLES =
      Path.of("src", "main", "resources", "dev", "vidimus", "scan", "pickle", "allow");

  static List<String> tables() {
    return Allowlist.TABLES.stream().sorted().toList();
  }

  @ParameterizedTest
  @MethodSource("tables")
  void everyTableCanBeReadAndNamesOnlyItsOwnPackage(String table) {
    assertThat(Allowlist.of(Profile.ALL).table(table).all())
        .isNotEmpty()
        .allSatisfy(entry -> assertThat(entry.path()).startsWith(table + "."));
  }

  @Test
  void everyTableIsListed() throws IOException {
    try (Stream<Path> files = Files.list(TABLES)) {
      assertThat(files.map(file -> file.getFileName().toString().replace(".txt", "")))
          .containsExactlyInAnyOrderElementsOf(Allowlist.TABLES);
    }
  }

  @Test
  void weightsProfileKnowsTensorsButNoEstimators() {
    Allowlist weights = Allowlist.of(Profile.WEIGHTS);
    assertThat(weights.find("torch._utils", "_rebuild_tensor_v2")).isNotNull();
    assertThat(weights.find("sklearn.svm._classes", "SVC")).isNull();
    assertThat(Allowlist.of(Profile.SKLEARN).find("sklearn.svm._classes", "SVC")).isNotNull();
  }

  @Test
  void familyCoversSubmodulesAndNotLookalikes() {
    Allowlist all = Allowlist.of(Profile.ALL);
    assertThat(all.find("sklearn.ensemble.forest", "RandomForestClassifier")).isNotNull();
    assertThat(all.find("sklearnx.ensemble", "RandomForestClassifier")).isNull();
    assertThat(all.find("sklearn.ensemble", "os.system")).isNull();
  }

  @Test
  void customEntryNeedsAReason() {
    assertThatThrownBy(() -> Allowlist.custom("my.allow", "module project\nclass Net\n"))
        .hasMessage("my.allow:2: give the reason in a comment: # …");
  }

  @Test
  void customEntryCannotAllowAKnownDanger() {
    assertThatThrownBy(
            () -> Allowlist.custom("my.allow", "module os\ncall system (data) # we need it\n"))
        .hasMessageStartingWith("my.allow:2: os.system cannot be allowed: it runs a command");
  }

  @Test
  void customEntryMakesAProjectClassKnown() {
    Allowlist custom =
        Allowlist.custom("my.allow", "module project.models\nclass Net # reviewed 2026-11-20\n");
    byte[] stream = proto(2).global("project.models", "Net").raw(")\u0081}b").stop();
    assertThat(PickleScans.scan(custom, stream).verdict()).isEqualTo(Verdict.CLEAN);
  }

  @Test
  void mistakeInATableNamesItsLine() {
    assertThatThrownBy(() -> AllowTable.parse("t.txt", "module a\nclas B\n", Profile.ALL))
        .hasMessage("t.txt:2: unknown statement: clas");
  }
}
