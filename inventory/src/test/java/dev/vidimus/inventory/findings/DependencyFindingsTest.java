package dev.vidimus.inventory.findings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Finding;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.advisories.Import;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DependencyFindingsTest {
  private static final String HASH = "--hash=sha256:" + "ab".repeat(32);

  @TempDir Path folder;

  @Test
  void anExtraIndexAllowsDependencyConfusion() throws Exception {
    Path cuda = Fixtures.folder("bom").resolve("lock/vllm-style/cuda.txt");
    Dependencies read = Dependencies.of(cuda);
    assertThat(read.files()).as("with what it includes").containsOnlyKeys("cuda.txt", "common.txt");
    assertThat(messages(read, DependencyRule.EXTRA_INDEX))
        .containsExactly("--extra-index-url https://flashinfer.example.invalid/whl/");
    assertThat(messages(read, DependencyRule.UNPINNED)).hasSize(2);
  }

  @Test
  void aWholeLockIsQuiet() throws Exception {
    requirements("numpy==2.1.0 " + HASH);
    assertThat(findings(Dependencies.of(folder))).isEmpty();
  }

  @Test
  void anAddressWithoutCommitCanChange() throws Exception {
    requirements(
        "a @ git+https://git.example.com/a.git@main\n"
            + "b @ git+https://git.example.com/b.git@"
            + "0123456789".repeat(4)
            + "\nc @ https://files.example.com/c.whl\n"
            + "d @ https://files.example.com/d.whl#sha256="
            + "ab".repeat(32));
    assertThat(messages(Dependencies.of(folder), DependencyRule.MOVING_ADDRESS))
        .hasSize(2)
        .allMatch(message -> message.startsWith("a ") || message.startsWith("c "));
  }

  @Test
  void anIndexWithoutEncryptionIsNamed() throws Exception {
    requirements("--index-url http://index.example.com/simple\n--trusted-host index.example.com");
    assertThat(messages(Dependencies.of(folder), DependencyRule.OPEN_INDEX)).hasSize(2);
  }

  @Test
  void credentialsAreFoundAndHidden() throws Exception {
    requirements("--extra-index-url https://bob:pw@index.example.com/simple\n");
    Files.writeString(
        folder.resolve("mcp.json"),
        "{\"mcpServers\":{\"x\":{\"url\":\"https://mcp.example.com/sse?api_key=pw\"},"
            + "\"y\":{\"url\":\"http://localhost:3000/mcp\"}}}");
    assertThat(messages(Dependencies.of(folder), DependencyRule.CREDENTIAL))
        .containsExactly(
            "https://mcp.example.com/sse?api_key=****",
            "--extra-index-url https://****@index.example.com/simple");
    assertThat(messages(Dependencies.of(folder), DependencyRule.OPEN_INDEX)).isEmpty();
    assertThat(findings(Dependencies.of(folder)).toString()).doesNotContain("pw@", "=pw");
  }

  @Test
  void aModelOfAProviderIsNamedByItsVersion() throws Exception {
    Files.writeString(
        folder.resolve("promptfooconfig.yaml"),
        "providers: [openai:gpt-4o, 'openai:gpt-4o-2024-08-06']");
    assertThat(messages(Dependencies.of(folder), DependencyRule.MOVING_MODEL))
        .containsExactly("the model openai/gpt-4o");
  }

  @Test
  void includesThatGoRoundInACircleOrOutsideAreNotFollowed() throws Exception {
    Files.writeString(folder.resolve("a-requirements.txt"), "-r b-requirements.txt\n-r ../x.txt\n");
    Files.writeString(folder.resolve("b-requirements.txt"), "-r a-requirements.txt\n-r gone.txt\n");
    assertThat(Dependencies.of(folder).notExamined())
        .extracting(gap -> gap.reason())
        .contains(
            "includes ../x.txt, which lies outside of the folder",
            "includes gone.txt, which is not there",
            "includes a-requirements.txt, which includes this file in turn");
  }

  @Test
  void imagesAndActionsAreNamedByWhatCannotMove() throws Exception {
    Files.writeString(
        folder.resolve("Dockerfile"),
        "ARG V=12.4.1\nFROM nvidia/cuda:${V}-base AS base\nFROM base\nCOPY --from=base /a /b\n"
            + "FROM python@sha256:"
            + "ab".repeat(32)
            + "\n");
    Path workflows = Files.createDirectories(folder.resolve(".github/workflows"));
    Files.writeString(
        workflows.resolve("ci.yml"),
        "jobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n      - uses: a/b@"
            + "0123456789".repeat(4)
            + "\n");
    Dependencies read = Dependencies.of(folder);
    assertThat(messages(read, DependencyRule.MOVING_IMAGE))
        .containsExactly("the image nvidia/cuda:12.4.1-base");
    assertThat(messages(read, DependencyRule.MOVING_ACTION))
        .containsExactly("the action actions/checkout@v4");
  }

  @Test
  void aliasesAreOneFindingAndMalwareIsMalicious() throws Exception {
    Path records = Files.createDirectory(folder.resolve("osv"));
    record(records, "GHSA-1", "\"CVE-1\"", "evil-pack");
    record(records, "PYSEC-1", "\"CVE-1\"", "evil-pack");
    record(records, "MAL-2026-1", "", "worse-pack");
    Path store = folder.resolve("store");
    new Import(store, InstantSource.fixed(Instant.EPOCH), count -> {}).run(List.of(records), true);
    requirements("evil-pack==1.0 " + HASH + "\nworse_pack==1.0 " + HASH);
    try (AdvisoryStore advisories = Objects.requireNonNull(AdvisoryStore.open(store))) {
      assertThat(DependencyFindings.of(Dependencies.of(folder), Knowledge.of(advisories)))
          .extracting(finding -> finding.rule() + " " + finding.message())
          .containsExactlyInAnyOrder(
              "VID-DEPS-002 evil-pack 1.0 has GHSA-1, PYSEC-1 (critical 9.8)",
              "VID-DEPS-001 worse_pack 1.0 has MAL-2026-1 (critical 9.8)");
    }
  }

  @Test
  void aPackageWithoutVersionHasWhatEveryVersionHas() throws Exception {
    Path records = Files.createDirectory(folder.resolve("osv"));
    record(records, "MAL-2026-1", "", "evil-pack");
    record(records, "MAL-2026-2", "", "mended", "{\"introduced\":\"0\"},{\"fixed\":\"2\"}");
    record(records, "MAL-2026-3", "", "late", "{\"introduced\":\"1\"}");
    Path store = folder.resolve("store");
    new Import(store, InstantSource.fixed(Instant.EPOCH), count -> {}).run(List.of(records), true);
    requirements(
        "evil-pack @ git+https://git.example.com/own.git@main\nEvil_Pack>=1\nmended\nlate\n");
    try (AdvisoryStore advisories = Objects.requireNonNull(AdvisoryStore.open(store))) {
      assertThat(DependencyFindings.of(Dependencies.of(folder), Knowledge.of(advisories)))
          .filteredOn(finding -> finding.rule().equals(DependencyRule.MALWARE.id()))
          .extracting(Finding::message)
          .containsExactly("Evil_Pack in every version has MAL-2026-1 (critical 9.8)");
    }
  }

  @Test
  void newPackagesComeWithTheWayTheyTook() throws Exception {
    Path before = lock("before", "ab", "");
    Path after =
        lock(
            "after",
            "cd",
            "[[package]]\nname = \"c\"\nversion = \"1\"\nsource = { registry = \"x\" }\n");
    DependencyChanges changes =
        DependencyChanges.between(Dependencies.of(before), Dependencies.of(after));
    assertThat(changes.added()).hasSize(1);
    assertThat(changes.findings())
        .extracting(Finding::message)
        .containsExactlyInAnyOrder(
            "a 1 had sha256:ab and has sha256:cd",
            "c 1 is new, needed by a > b; to be without it, change a");
  }

  private Path lock(String name, String hash, String more) throws IOException {
    Path file = Files.createDirectory(folder.resolve(name)).resolve("uv.lock");
    Files.writeString(
        file,
        "version = 1\n[[package]]\nname = \"a\"\nversion = \"1\"\nsource = { registry = \"x\" }\n"
            + "sdist = { hash = \"sha256:"
            + hash
            + "\" }\ndependencies = [{ name = \"b\" }]\n"
            + "[[package]]\nname = \"b\"\nversion = \"1\"\nsource = { registry = \"x\" }\n"
            + "dependencies = [{ name = \"c\" }]\n"
            + more);
    return file;
  }

  private static void record(Path into, String id, String aliases, String name) throws IOException {
    record(into, id, aliases, name, "{\"introduced\":\"0\"}");
  }

  private static void record(Path into, String id, String aliases, String name, String events)
      throws IOException {
    Files.writeString(
        into.resolve(id + ".json"),
        "{\"id\":\""
            + id
            + "\",\"modified\":\"2026-01-01T00:00:00Z\",\"aliases\":["
            + aliases
            + "],\"severity\":[{\"type\":\"CVSS_V3\",\"score\":"
            + "\"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H\"}],"
            + "\"affected\":[{\"package\":{\"ecosystem\":\"PyPI\",\"name\":\""
            + name
            + "\"},\"ranges\":[{\"type\":\"ECOSYSTEM\",\"events\":["
            + events
            + "]}]}]}");
  }

  private void requirements(String text) throws IOException {
    Files.writeString(folder.resolve("requirements.txt"), text);
  }

  private static List<Finding> findings(Dependencies read) throws Exception {
    return DependencyFindings.of(read, Knowledge.of(null));
  }

  private static List<String> messages(Dependencies read, DependencyRule rule) throws Exception {
    return findings(read).stream()
        .filter(finding -> finding.rule().equals(rule.id()))
        .map(Finding::message)
        .toList();
  }
}
