package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The map of the house names exactly the rooms that are built, and no document points nowhere.
class ArchitectureDocTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern ROOM = Pattern.compile("^\\| \\[`([a-z]+)`\\]", Pattern.MULTILINE);
  private static final Pattern MODULE = Pattern.compile("<module>([a-z]+)</module>");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)[^)]*\\)");

  @Test
  void roomsOfTheDocumentAreTheModulesOfTheBuild() throws IOException {
    assertThat(names(ROOM, Files.readString(ROOT.resolve("docs/architecture.md"))))
        .containsExactlyElementsOf(names(MODULE, Files.readString(ROOT.resolve("pom.xml"))));
  }

  @Test
  void everyLinkBetweenDocumentsLeadsSomewhere() throws IOException {
    try (Stream<Path> documents =
        Stream.concat(Files.list(ROOT), Files.walk(ROOT.resolve("docs")))) {
      for (Path document : documents.filter(path -> path.toString().endsWith(".md")).toList()) {
        for (String link : names(LINK, Files.readString(document))) {
          if (!link.contains("://") && !link.startsWith("mailto:")) {
            assertThat(document.resolveSibling(link)).as("link in %s", document).exists();
          }
        }
      }
    }
  }

  private static List<String> names(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
