package dev.vidimus.scan.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Level;
import dev.vidimus.artifact.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ArchiveRuleTest {
  @ParameterizedTest
  @EnumSource(ArchiveRule.class)
  void everyRuleHasAPageThatBeginsWithItsTitle(ArchiveRule rule) throws IOException {
    String page = Files.readString(Path.of("..", "docs", "findings", rule.id() + ".md"));
    assertThat(page).startsWith("# " + rule.id() + ": " + rule.title());
  }

  @ParameterizedTest
  @EnumSource(ArchiveRule.class)
  void mereInformationImpliesNothing(ArchiveRule rule) {
    assertThat(rule.implies() == Verdict.CLEAN).isEqualTo(rule.level() == Level.INFO);
  }
}
