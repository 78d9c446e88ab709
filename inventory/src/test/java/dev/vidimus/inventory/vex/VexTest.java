package dev.vidimus.inventory.vex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.advisories.Import;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.inventory.findings.DependencyFindings;
import dev.vidimus.inventory.findings.DependencyRule;
import dev.vidimus.inventory.findings.Knowledge;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VexTest {
  private static final Instant NOW = Instant.parse("2026-11-21T00:00:00Z");
  private static final String FLASK = "pkg:pypi/flask@2.0";

  @TempDir Path folder;

  @BeforeEach
  void advisories() throws Exception {
    record("GHSA-1", "\"CVE-2026-1\"", "flask");
    record("MAL-1", "", "evil");
    Files.writeString(folder.resolve("requirements.txt"), "flask==2.0\nevil==1\n");
    new Import(folder.resolve("store"), InstantSource.fixed(NOW), count -> {})
        .run(List.of(folder.resolve("GHSA-1.json"), folder.resolve("MAL-1.json")), true);
  }

  @Test
  void aJustifiedStatementLowersAVulnerabilityAndKeepsItInSight() throws Exception {
    List<Finding> findings =
        judged(open("not_affected", "\"justification\":\"component_not_present\""));
    assertThat(rules(findings))
        .contains(DependencyRule.SETTLED)
        .doesNotContain(DependencyRule.SERIOUS_VULNERABILITY);
    assertThat(findings)
        .extracting(Finding::message)
        .anyMatch(text -> text.endsWith("; not affected (component_not_present), says our.vex"));
  }

  @Test
  void aliasesAreTheSameVulnerability() throws Exception {
    String text = open("fixed", "\"x\":1").replace("GHSA-1", "CVE-2026-1");
    assertThat(rules(judged(text))).contains(DependencyRule.SETTLED);
  }

  @Test
  void aStatementWithoutJustificationDoesNotCount() throws Exception {
    assertThat(rules(judged(open("not_affected", "\"x\":1"))))
        .contains(DependencyRule.NO_STATEMENT, DependencyRule.SERIOUS_VULNERABILITY);
  }

  @Test
  void anExpiredStatementDoesNotCount() throws Exception {
    String more = "\"justification\":\"component_not_present\",\"expires\":\"";
    assertThat(rules(judged(open("not_affected", more + "2026-11-20\""))))
        .contains(DependencyRule.NO_STATEMENT, DependencyRule.SERIOUS_VULNERABILITY);
    assertThat(rules(judged(open("not_affected", more + "2026-11-22\""))))
        .contains(DependencyRule.SETTLED);
  }

  @Test
  void aStatementOfLongAgoDoesNotCount() throws Exception {
    String old = open("fixed", "\"timestamp\":\"2024-01-01T00:00:00Z\"");
    assertThat(rules(judged(old)))
        .contains(DependencyRule.NO_STATEMENT, DependencyRule.SERIOUS_VULNERABILITY);
  }

  @Test
  void theLatestStatementCounts() throws Exception {
    List<Statement> both =
        new ArrayList<>(read(open("fixed", "\"timestamp\":\"2026-11-01T00:00:00Z\"")));
    both.addAll(read(open("affected", "\"timestamp\":\"2026-11-02T00:00:00Z\"")));
    assertThat(rules(judged(both, Exploits.none()))).contains(DependencyRule.SERIOUS_VULNERABILITY);
  }

  @Test
  void anotherPackageOrVersionIsNotMeant() throws Exception {
    String text = open("fixed", "\"x\":1");
    for (String other : List.of("pkg:pypi/flask@2.1", "pkg:npm/flask@2.0", "pkg:pypi/flas@2.0")) {
      assertThat(rules(judged(text.replace(FLASK, other))))
          .contains(DependencyRule.SERIOUS_VULNERABILITY);
    }
    assertThat(rules(judged(text.replace(FLASK, "pkg:pypi/flask"))))
        .contains(DependencyRule.SETTLED);
  }

  @Test
  void malwareIsNeverExcused() throws Exception {
    String text =
        open("fixed", "\"x\":1").replace("GHSA-1", "MAL-1").replace(FLASK, "pkg:pypi/evil@1");
    assertThat(rules(judged(text))).contains(DependencyRule.MALWARE);
  }

  @Test
  void anAnalysisOfCycloneDxCountsForThePartsThatItNames() throws Exception {
    String text =
        """
        {"bomFormat":"CycloneDX","specVersion":"1.6","components":[
          {"type":"library","bom-ref":"f","name":"flask","purl":"pkg:pypi/flask@2.0"}],
         "vulnerabilities":[{"id":"CVE-2026-1","affects":[{"ref":"f"}],
          "analysis":{"state":"not_affected","justification":"code_not_reachable"}}]}
        """;
    assertThat(rules(judged(text))).contains(DependencyRule.SETTLED);
    assertThat(rules(judged(text.replace("\"ref\":\"f\"", "\"ref\":\"gone\""))))
        .contains(DependencyRule.SERIOUS_VULNERABILITY);
    assertThat(rules(judged(text.replace("not_affected", "in_triage"))))
        .contains(DependencyRule.SERIOUS_VULNERABILITY);
  }

  @Test
  void whatIsExploitedIsCriticalAndScoresAreShown() throws Exception {
    Path scores = folder.resolve("epss.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(scores))) {
      out.write(
          "#model_version:v1,score_date:2026-11-20T00:00:00\ncve,epss,percentile\nCVE-2026-1,0.91,0.99\n"
              .getBytes(StandardCharsets.UTF_8));
    }
    Exploits exploits =
        Exploits.none()
            .scored(scores)
            .known(
                bytes(
                    "{\"vulnerabilities\":[{\"cveID\":\"CVE-2026-1\",\"dateAdded\":\"2026-03-03\"}]}"),
                "kev.json");
    assertThat(exploits.scored()).isEqualTo("2026-11-20");
    List<Finding> findings = judged(List.of(), exploits);
    assertThat(rules(findings)).contains(DependencyRule.EXPLOITED);
    assertThat(findings)
        .extracting(Finding::message)
        .anyMatch(text -> text.contains("exploited since 2026-03-03, EPSS 0.910"));
  }

  @Test
  void oldAdvisoriesAreAFinding() throws Exception {
    assertThat(rules(judged(List.of(), Exploits.none(), Duration.ofDays(10_000))))
        .doesNotContain(DependencyRule.OLD_ADVISORIES);
    assertThat(rules(judged(List.of(), Exploits.none(), Duration.ofDays(1))))
        .contains(DependencyRule.OLD_ADVISORIES);
  }

  @Test
  void whatIsNoVexIsRejected() {
    assertThatThrownBy(() -> read("{\"statements\":[]}"))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("@context");
    assertThatThrownBy(() -> read(open("perhaps", "\"x\":1")))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("perhaps");
  }

  private static String open(String status, String more) {
    return """
    {"@context":"https://openvex.dev/ns/v0.2.0","@id":"x","author":"a","version":1,
     "statements":[{"vulnerability":{"name":"GHSA-1"},"products":[{"@id":"%s"}],
                    "status":"%s",%s}]}
    """
        .formatted(FLASK, status, more);
  }

  private static List<Statement> read(String text) throws Exception {
    return Vex.read(bytes(text), "our.vex");
  }

  private static Bytes bytes(String text) {
    return Bytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private List<Finding> judged(String text) throws Exception {
    return judged(read(text), Exploits.none());
  }

  private List<Finding> judged(List<Statement> statements, Exploits exploits) throws Exception {
    return judged(statements, exploits, Duration.ofDays(10_000));
  }

  private List<Finding> judged(List<Statement> statements, Exploits exploits, Duration oldest)
      throws Exception {
    Path store = folder.resolve("store");
    try (AdvisoryStore advisories = Objects.requireNonNull(AdvisoryStore.open(store))) {
      Vex vex = new Vex(statements, NOW, Duration.ofDays(365));
      Dependencies read = Dependencies.of(folder.resolve("requirements.txt"));
      return DependencyFindings.of(read, new Knowledge(advisories, vex, exploits, NOW, oldest));
    }
  }

  private static List<DependencyRule> rules(List<Finding> findings) {
    return findings.stream()
        .flatMap(
            one ->
                List.of(DependencyRule.values()).stream()
                    .filter(rule -> rule.id().equals(one.rule())))
        .toList();
  }

  private void record(String id, String aliases, String name) throws IOException {
    Files.writeString(
        folder.resolve(id + ".json"),
        """
        {"id":"%s","modified":"2026-01-01T00:00:00Z","aliases":[%s],
         "severity":[{"type":"CVSS_V3","score":"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"}],
         "affected":[{"package":{"ecosystem":"PyPI","name":"%s"},
                      "ranges":[{"type":"ECOSYSTEM","events":[{"introduced":"0"}]}]}]}
        """
            .formatted(id, aliases, name));
  }
}
