package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.cli.rules.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Joins the catalogues of all examiners: an id is never used twice, and each has its page.
class RuleCatalogueTest {
  private static final Path PAGES = Path.of("..", "docs", "findings");

  static List<Rule> rules() {
    return Catalogue.all();
  }

  @Test
  void noIdIsUsedTwice() {
    assertThat(rules()).extracting(rule -> rule.id().text()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleHasAPageThatBeginsWithItsTitle(Rule rule) throws IOException {
    List<String> page = Files.readAllLines(PAGES.resolve(rule.id() + ".md"));
    assertThat(page.getFirst()).isEqualTo("# " + rule.id() + ": " + rule.title());
    assertThat(String.join("\n", page)).hasSizeGreaterThan(300);
    if (rule.implies() != Verdict.CLEAN) {
      assertThat(String.join("\n", page)).contains(rule.implies().word());
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void everyRuleSaysWhatToDo(Rule rule) {
    assertThat(rule.fix()).isNotBlank().endsWith(".");
    assertThat(rule.cwe()).startsWith("CWE-");
  }

  @ParameterizedTest
  @MethodSource("rules")
  void maliciousIsCriticalAndInformationImpliesNothing(Rule rule) {
    assertThat(rule.implies() == Verdict.MALICIOUS).isEqualTo(rule.level() == Level.CRITICAL);
    if (rule.level() == Level.INFO) {
      assertThat(rule.implies()).isEqualTo(Verdict.CLEAN);
    }
  }

  @Test
  void everyPageBelongsToARule() throws IOException {
    List<String> ids = rules().stream().map(rule -> rule.id() + ".md").toList();
    try (Stream<Path> pages = Files.list(PAGES)) {
      assertThat(pages.map(page -> page.getFileName().toString())).isSubsetOf(ids);
    }
  }
}
