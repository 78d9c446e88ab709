package dev.vidimus.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.checks.CommandRun.FakeHost;
import dev.vidimus.cli.host.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vidimus scan` as its callers see it: what it accepts, prints and answers.
final class ScanCommandTest {
  private static final Path MODELS = CommandRun.ROOT.resolve("examples/models");
  private static final String REVISION = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;
  private final Map<String, String> variables = new HashMap<>();

  @BeforeEach
  void keepTheCacheHere() {
    variables.put("XDG_CACHE_HOME", folder.resolve("cache").toString());
  }

  // What it answers.

  @Test
  void cleanFileIsYes() throws IOException {
    put("tiny.safetensors", "a.safetensors");
    CommandRun run = scan("a.safetensors");
    assertThat(run.out()).isEqualTo("clean  a.safetensors  (safetensors, 208 bytes)\n");
    assertThat(run.exit()).isEqualTo(ExitCode.YES);
  }

  @Test
  void attackIsNo() throws IOException {
    put("backdoored.pkl", "a.pkl");
    assertThat(scan("a.pkl").exit()).isEqualTo(ExitCode.NO);
    assertThat(scan("--fail-on", "malicious", "a.pkl").exit()).isEqualTo(ExitCode.NO);
  }

  @Test
  void brokenFileIsNotTold() throws IOException {
    put("truncated.safetensors", "a.safetensors");
    assertThat(scan("a.safetensors").exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(scan("--allow-incomplete", "a.safetensors").exit())
        .as("invalid is not incomplete")
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(scan("--fail-on", "incomplete", "a.safetensors").exit()).isEqualTo(ExitCode.NO);
  }

  @Test
  void unknownFormatIsIncompleteUnlessAllowed() throws IOException {
    Files.writeString(folder.resolve("a.xyz"), "\u0001\u0002\u0003 nothing that we know");
    assertThat(scan("a.xyz").out()).startsWith("INCOMPLETE  a.xyz");
    assertThat(scan("a.xyz").exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(scan("--allow-incomplete", "a.xyz").exit()).isEqualTo(ExitCode.YES);
  }

  @Test
  void absentPathIsSaidAndTheOthersAreScanned() throws IOException {
    put("tiny.safetensors", "a.safetensors");
    CommandRun run = scan("--allow-incomplete", "--format", "jsonl", "absent", "a.safetensors");
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out()).contains("\"reason\":\"cannot be read: no such file or folder\"");
    assertThat(run.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  @Test
  void worstOfAllPathsWins() throws IOException {
    put("truncated.safetensors", "broken.safetensors");
    put("backdoored.pkl", "bad.pkl");
    put("tiny.safetensors", "good.safetensors");
    assertThat(scan("bad.pkl", "broken.safetensors", "good.safetensors").exit())
        .isEqualTo(ExitCode.NO);
    assertThat(scan("good.safetensors", "broken.safetensors").exit())
        .isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  @Test
  void suspicionBelowTheLineDoesNotHideWhatIsNotKnown() throws IOException {
    put("truncated.safetensors", "m/broken.safetensors");
    Files.createSymbolicLink(folder.resolve("m/out"), Path.of("/etc/hostname"));
    CommandRun run = scan("--fail-on", "malicious", "m");
    assertThat(run.out()).contains("SUSPICIOUS  m: 2 files: 1 suspicious, 1 invalid");
    assertThat(run.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  // What the files are together.

  @Test
  void whatNoSingleFileShowsComesBehindTheFiles() throws IOException {
    write("m/config.json", "{\"auto_map\":{\"AutoModel\":\"net.Net\"}}");
    CommandRun run = scan("--fail-on", "malicious", "m");
    assertThat(run.out())
        .contains("INCOMPLETE  m/  (all files together)")
        .contains("not examined: net.py is not here, which auto_map.AutoModel names")
        .contains("m: 1 file: 1 suspicious; together incomplete");
    assertThat(run.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  @Test
  void singleFileIsNoRepository() throws IOException {
    write("m/config.json", "{\"auto_map\":{\"AutoModel\":\"net.Net\"}}");
    assertThat(scan("m/config.json").out()).doesNotContain("not here");
  }

  @Test
  void excludedFileIsNotMissing() throws IOException {
    write("m/config.json", "{\"auto_map\":{\"AutoModel\":\"net.Net\"}}");
    write("m/net.py", "x = 1\n");
    assertThat(scan("--exclude", "*.py", "m").out()).doesNotContain("not here");
  }

  @Test
  void namesCannotLeaveTheQuotesOfAGraph() throws IOException {
    write("m/a\"]; evil [label=\"x.json", "{}");
    assertThat(scan("--graph", "dot", "m").out())
        .contains("\"a\\\"]; evil [label=\\\"x.json\" [label=");
    assertThat(scan("--graph", "mermaid", "m").out())
        .contains("n0[\"a#34;#93;#59; evil #91;label=#34;x.json (configuration)\"]");
  }

  @Test
  void graphAndFormatExcludeEachOther() throws IOException {
    CommandRun run = scan("--graph", "dot", "--format", "json", ".");
    assertThat(run.err()).contains("give one of --graph and --format");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
  }

  // What somebody answers for.

  @Test
  void suppressedFindingIsShownAndDoesNotCount() throws IOException {
    put("backdoored.pkl", "m/a.pkl");
    put("backdoored.pkl", "m/b.pkl");
    Files.writeString(folder.resolve("m/b.pkl"), "x", java.nio.file.StandardOpenOption.APPEND);
    suppress("2999-01-01");
    assertThat(scan("--suppressions", "s.json", "m/a.pkl").out())
        .startsWith("clean  m/a.pkl")
        .contains("suppressed: ")
        .contains("why    it is an example")
        .contains("who    ana, until 2999-01-01");
    assertThat(scan("--suppressions", "s.json", "m/a.pkl").exit()).isEqualTo(ExitCode.YES);
    assertThat(scan("--suppressions", "s.json", "m").out())
        .as("other bytes are not meant")
        .contains("MALICIOUS  m/b.pkl")
        .contains("m: 2 files: 1 malicious, 1 clean");
    assertThat(scan("--suppressions", "s.json", "--format", "json", "m/a.pkl").out())
        .contains("\"verdict\":\"clean\"")
        .contains("\"suppressed\":{\"reason\":\"it is an example\",\"owner\":\"ana\"");
    assertThat(scan("--suppressions", "s.json", "--format", "sarif", "m/a.pkl").out())
        .contains("\"suppressions\":[{\"kind\":\"external\",\"status\":\"accepted\"");
  }

  @Test
  void suppressionThatHasEndedIsNoneAndSaysSo() throws IOException {
    put("backdoored.pkl", "m/a.pkl");
    suppress("2001-01-01");
    CommandRun run = scan("--suppressions", "s.json", "m/a.pkl");
    assertThat(run.err()).contains("by ana ended on 2001-01-01");
    assertThat(run.exit()).isEqualTo(ExitCode.NO);
  }

  @Test
  void findingAboutSeveralFilesIsSuppressedByTheOneThatItNames() throws IOException {
    write("torch.py", "x = 1\n");
    write("m/torch.py", "x = 1\n");
    String digest = dev.vidimus.artifact.Digest.sha256("x = 1\n".getBytes(UTF_8)).toString();
    write("s.json", suppression("VID-GRAPH-012", digest, "2999-01-01"));
    assertThat(scan("m").exit()).isEqualTo(ExitCode.NO);
    assertThat(scan("--suppressions", "s.json", "m").exit()).isEqualTo(ExitCode.YES);
  }

  @Test
  void halfAFileOfSuppressionsIsAUsageError() throws IOException {
    write("s.json", "{\"schema\":\"vidimus.suppressions/1\"}");
    CommandRun run = scan("--suppressions", "s.json", ".");
    assertThat(run.err()).contains("suppressions at byte").contains("is missing");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
  }

  private void suppress(String until) throws IOException {
    String digest =
        dev.vidimus.artifact.Digest.sha256(Files.readAllBytes(folder.resolve("m/a.pkl")))
            .toString();
    write("s.json", suppression("VID-PICKLE-001", digest, until));
  }

  private static String suppression(String rule, String digest, String until) {
    return ("{'schema':'vidimus.suppressions/1','suppressions':[{'rule':'%s','file':'%s',"
            + "'reason':'it is an example','owner':'ana','expires':'%s'}]}")
        .formatted(rule, digest, until)
        .replace('\'', '"');
  }

  // What it remembers.

  @Test
  void secondScanSaysWhatTheFirstSaid() throws Exception {
    put("backdoored.pkl", "m/a.pkl");
    write("m/config.json", "{\"auto_map\":{\"AutoModel\":\"net.Net\"}}");
    Thread.sleep(2_100);
    String first = timeless(scan("m").out());
    assertThat(kept()).isEqualTo(2);
    assertThat(timeless(scan("m").out())).isEqualTo(first);
    assertThat(timeless(scan("--no-cache", "m").out())).isEqualTo(first);
    assertThat(scan("m/a.pkl").exit()).as("another name").isEqualTo(ExitCode.NO);
  }

  @Test
  void freshFilesAndScansWithoutCacheLeaveNothing() throws Exception {
    put("backdoored.pkl", "m/a.pkl");
    Files.setLastModifiedTime(folder.resolve("m/a.pkl"), FileTime.from(1, TimeUnit.DAYS));
    scan("m");
    assertThat(kept()).as("it was made just now").isZero();
    Thread.sleep(2_100);
    scan("--no-cache", "m");
    scan("--explain", "m");
    assertThat(kept()).isZero();
  }

  @Test
  void changeIsSeenThoughItsTimeIsForged() throws Exception {
    put("tiny.safetensors", "m/a.bin");
    FileTime time = Files.getLastModifiedTime(folder.resolve("m/a.bin"));
    Thread.sleep(2_100);
    assertThat(scan("m").exit()).isEqualTo(ExitCode.YES);
    Files.write(folder.resolve("m/a.bin"), Files.readAllBytes(MODELS.resolve("backdoored.pkl")));
    Files.setLastModifiedTime(folder.resolve("m/a.bin"), time);
    Thread.sleep(2_100);
    assertThat(scan("m").exit()).isEqualTo(ExitCode.NO);
  }

  private long kept() throws IOException {
    Path results = folder.resolve("cache/vidimus/results");
    if (!Files.exists(results)) {
      return 0;
    }
    try (java.util.stream.Stream<Path> files = Files.walk(results)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  // What it accepts.

  @Test
  void dashIsStandardInput() throws IOException {
    byte[] model = Files.readAllBytes(MODELS.resolve("backdoored.pkl"));
    CommandRun run = CommandRun.of(new FakeHost(folder, variables, model), "scan", "-");
    assertThat(run.out()).startsWith("MALICIOUS  -  (pickle, 101 bytes)\n");
    assertThat(run.exit()).isEqualTo(ExitCode.NO);
  }

  @Test
  void modelOfTheHubCacheIsItsMainRevision() throws IOException {
    Path hub = folder.resolve("hub");
    variables.put("HF_HUB_CACHE", hub.toString());
    Path model = hub.resolve("models--acme--net");
    String blob = "0155c7c7be8a096cb1cbbda621939de38515c4be8b267ca100726d0f89a03ced";
    Files.createDirectories(model.resolve("blobs"));
    Files.copy(MODELS.resolve("tiny.safetensors"), model.resolve("blobs").resolve(blob));
    Path snapshot = Files.createDirectories(model.resolve("snapshots").resolve(REVISION));
    Files.createSymbolicLink(snapshot.resolve("m.safetensors"), Path.of("../../blobs/" + blob));
    Files.createDirectories(model.resolve("refs"));
    Files.writeString(model.resolve("refs/main"), REVISION);

    assertThat(scan("-v", "acme/net").out())
        .contains("clean  acme/net/m.safetensors  (safetensors, 208 bytes)");
    assertThat(scan("--digest", "acme/net").exit()).isEqualTo(ExitCode.YES);

    Files.copy(
        MODELS.resolve("backdoored.pkl"),
        model.resolve("blobs").resolve(blob),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(scan("--digest", "acme/net").out()).contains("VID-TREE-006");
  }

  @Test
  void withoutMainTheNewestRevisionCounts() throws IOException {
    Path hub = folder.resolve("hub");
    variables.put("HF_HOME", folder.toString());
    for (String name : new String[] {"old", "new"}) {
      Path revision = hub.resolve("models--acme--net/snapshots").resolve(name);
      Files.createDirectories(revision);
      Files.copy(MODELS.resolve("tiny.safetensors"), revision.resolve(name + ".safetensors"));
      FileTime time = FileTime.from(name.equals("old") ? 1 : 2, TimeUnit.DAYS);
      Files.setLastModifiedTime(revision, time);
    }
    assertThat(scan("-v", "acme/net").out()).contains("new.safetensors").doesNotContain("old");
  }

  @Test
  void namesOfTheHubLeadNowhereElse() {
    variables.put("HF_HUB_CACHE", folder.toString());
    assertThat(scan("no-such-folder/..").exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
  }

  @Test
  void linkThatIsGivenIsFollowedAndSaidOthersAreNot() throws IOException {
    put("backdoored.pkl", "m/a.pkl");
    Files.createSymbolicLink(folder.resolve("link.pkl"), Path.of("m/a.pkl"));
    Files.createSymbolicLink(folder.resolve("m/b.pkl"), Path.of("a.pkl"));
    assertThat(scan("-v", "link.pkl").out()).contains("VID-PICKLE-001").contains("VID-TREE-005");
    assertThat(scan("-v", "m").out()).contains("VID-TREE-002").contains("VID-PICKLE-001");
  }

  @Test
  void excludedFilesAreListedAndDoNotCount() throws IOException {
    put("backdoored.pkl", "m/tests/a.pkl");
    put("tiny.safetensors", "m/a.safetensors");
    CommandRun run = scan("--format", "jsonl", "--exclude", "tests", "m");
    assertThat(run.exit()).isEqualTo(ExitCode.YES);
    assertThat(run.out())
        .contains("\"verdict\":\"clean\"")
        .contains("\"reason\":\"excluded by --exclude tests\"");
    assertThat(scan("--exclude", "tests", "m").out()).contains("1 left out as you asked");
  }

  @Test
  void ignoreFileInTheFolderIsHonouredOnlyWhenAllowed() throws IOException {
    put("backdoored.pkl", "m/a.pkl");
    Files.writeString(folder.resolve("m/.vidimusignore"), "# ours\n*.pkl\n.vidimusignore\n");
    assertThat(scan("m").exit()).isEqualTo(ExitCode.NO);
    assertThat(scan("--allow-ignore", "m").exit()).isEqualTo(ExitCode.YES);
  }

  @Test
  @Tag("client")
  void onlyWhatDiffersFromACommitIsScanned() throws Exception {
    put("backdoored.pkl", "m/old.pkl");
    git("init", "-q");
    git("add", ".");
    git("-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "first");
    put("tiny.safetensors", "m/new.safetensors");
    CommandRun run = scan("-v", "--changed-since", "HEAD", "m");
    assertThat(run.out())
        .contains("clean  m/new.safetensors")
        .doesNotContain("MALICIOUS")
        .contains("left out as you asked");
    assertThat(run.exit()).isEqualTo(ExitCode.YES);
    CommandRun unknown = scan("--changed-since", "no-such-branch", "m");
    assertThat(unknown.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(unknown.err()).contains("revision no-such-branch").contains("hint: ");
    assertThat(scan("--changed-since", "HEAD", "m/old.pkl").exit()).isEqualTo(ExitCode.YES);
  }

  private void git(String... words) throws Exception {
    var command = new ArrayList<String>(List.of("git"));
    command.addAll(List.of(words));
    Process process =
        new ProcessBuilder(command)
            .directory(folder.resolve("m").toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes());
    assertThat(process.waitFor()).as(output).isZero();
  }

  @Test
  void customProfileNeedsReasons() throws IOException {
    put("tiny.safetensors", "a.safetensors");
    Files.writeString(folder.resolve("mine.allow"), "module acme\nclass Net\n");
    CommandRun run = scan("--profile", "mine.allow", "a.safetensors");
    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("mine.allow:2: give the reason");
    assertThat(scan("--profile", "wieghts", "a.safetensors").err())
        .contains("hint: did you mean weights?");
  }

  @Test
  void membersOfAnUnpackedArchiveAreFiles() throws IOException {
    put("poisoned.pt", "a.pt");
    CommandRun run = scan("--unpack", "-v", "a.pt");
    assertThat(run.out())
        .contains("MALICIOUS  a.pt!/poisoned/data.pkl")
        .contains("clean  a.pt!/poisoned/data/0");
  }

  // What it prints.

  @Test
  void everyFormatGivesTheSameAnswer() throws IOException {
    put("backdoored.pkl", "m/bad.pkl");
    put("tiny.safetensors", "m/good.safetensors");
    for (String format : new String[] {"text", "json", "jsonl", "sarif", "junit"}) {
      CommandRun run = scan("--format", format, "m", "m/good.safetensors");
      assertThat(run.exit()).as(format).isEqualTo(ExitCode.NO);
      assertThat(run.out()).as(format).contains("os.system");
      assertThat(run.err()).as(format).isEmpty();
    }
  }

  @Test
  void jobsChangeNothingButTheTime() throws IOException {
    for (int i = 0; i < 300; i++) {
      put(i % 7 == 0 ? "backdoored.pkl" : "regression.pkl", "m/" + i + ".pkl");
    }
    String one = scan("--jobs", "1", "-v", "--digest", "m").out();
    String many = scan("--jobs", "8", "-v", "--digest", "m").out();
    assertThat(timeless(many)).isEqualTo(timeless(one));
    assertThat(one).contains("300 files: 43 malicious, 257 clean");
  }

  @Test
  void colourOnlyOnATerminalThatWantsIt() throws IOException {
    put("tiny.safetensors", "a.safetensors");
    assertThat(scan("a.safetensors").out()).doesNotContain("\u001b");
    variables.put("terminal", "");
    assertThat(scan("a.safetensors").out()).contains("\u001b[32mclean");
    variables.put("NO_COLOR", "1");
    assertThat(scan("a.safetensors").out()).doesNotContain("\u001b");
  }

  @Test
  void hostileNameIsShownButDoesNotAct() throws IOException {
    put("backdoored.pkl", "m/\u202egpj.pkl");
    assertThat(scan("m").out()).contains("m/\\u202egpj.pkl").doesNotContain("\u202e");
    assertThat(scan("--format", "json", "m").out()).doesNotContain("\u202e");
    assertThat(scan("--format", "junit", "m").out()).doesNotContain("\u202e");
  }

  @Test
  void explanationListsWhatACleanFileImports() throws IOException {
    put("regression.pkl", "a.pkl");
    assertThat(scan("--explain", "a.pkl").out())
        .contains("import sklearn.linear_model._base.LinearRegression")
        .contains("Loading would do this, in order");
  }

  @Test
  void quietSaysNothingOfWhatIsClean() throws IOException {
    put("tiny.safetensors", "m/a.safetensors");
    assertThat(scan("--quiet", "m", "m/a.safetensors").out()).isEmpty();
  }

  /// The definition of the digest, run by the tools that it is named for.
  @Test
  void snapshotDigestIsWhatCoreutilsPrint() throws Exception {
    put("tiny.safetensors", "m/a.safetensors");
    put("regression.pkl", "m/sub folder/é.pkl");
    put("regression.pkl", "m/sub-folder/z");
    put("regression.pkl", "m/\uffee.pkl");
    put("regression.pkl", "m/\ud83d\ude00.pkl");
    Process process =
        new ProcessBuilder(
                "sh",
                "-c",
                "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum |"
                    + " sha256sum")
            .directory(folder.resolve("m").toFile())
            .start();
    String expected = new String(process.getInputStream().readAllBytes()).substring(0, 64);
    assertThat(scan("--digest", "m").out()).contains("snapshot sha256:" + expected);

    Files.createDirectories(folder.resolve("m/.git"));
    Files.writeString(folder.resolve("m/.git/config"), "[core]");
    Files.writeString(folder.resolve("m/.gitattributes"), "* text");
    assertThat(scan("--digest", "m").out()).contains("snapshot sha256:" + expected);
  }

  private CommandRun scan(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "scan";
    System.arraycopy(words, 0, all, 1, words.length);
    return CommandRun.of(new FakeHost(folder, variables, new byte[0]), all);
  }

  private void put(String model, String path) throws IOException {
    Path target = folder.resolve(path);
    Files.createDirectories(target.getParent());
    Files.copy(MODELS.resolve(model), target);
  }

  private void write(String path, String text) throws IOException {
    Path target = folder.resolve(path);
    Files.createDirectories(target.getParent());
    Files.writeString(target, text);
  }

  private static String timeless(String text) {
    return text.replaceAll(" in [0-9.]+ m?s", "");
  }
}
