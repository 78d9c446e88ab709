package dev.vidimus.formats.git;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.testkit.Mutations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against repositories that git itself writes; skipped where there is no git.
class GitBaselineTest {
  @TempDir Path temporary;
  private Path work;

  @BeforeEach
  void makeRepository() throws Exception {
    assumeTrue(hasGit(), "git is not installed");
    work = Files.createDirectory(temporary.resolve("work")).toRealPath();
    git("init", "-q", "-b", "main", ".");
    write("a.txt", "one\n");
    write("models/b.pt", "numbers ".repeat(5_000));
    git("add", "-A");
    git("commit", "-q", "-m", "first");
    git("tag", "-a", "v1", "-m", "the first");
    write("a.txt", "two\n");
    write("models/c.pt", "numbers ".repeat(5_000) + "and more");
    git("add", "-A");
    git("commit", "-q", "-m", "second");
  }

  @Test
  void filesAreComparedByTheirContent() throws Exception {
    assertThat(same("HEAD")).containsExactly("a.txt", "models/b.pt", "models/c.pt");
    assertThat(same("HEAD~1")).containsExactly("models/b.pt");
    write("models/b.pt", "other");
    write("models/new.pt", "new");
    assertThat(same("HEAD")).containsExactly("a.txt", "models/c.pt");
  }

  @Test
  void aFileOfEqualSizeAndOtherContentHasChanged() throws Exception {
    write("a.txt", "TWO\n");
    assertThat(same("HEAD")).containsExactly("models/b.pt", "models/c.pt");
  }

  @Test
  void revisionsAreUnderstoodAsGitUnderstandsThem() throws Exception {
    git("branch", "feature/x", "HEAD~1");
    String first = git("rev-parse", "HEAD~1").strip();
    git("checkout", "-q", "-b", "side", "HEAD~1");
    write("d.txt", "side");
    git("add", "-A");
    git("commit", "-q", "-m", "side");
    git("checkout", "-q", "main");
    git("merge", "-q", "--no-edit", "side");
    for (String revision :
        List.of(
            "v1",
            "tags/v1",
            "refs/tags/v1",
            "v1^{}",
            "v1^{commit}",
            "feature/x",
            "heads/feature/x",
            "HEAD~2",
            "HEAD^1^",
            "HEAD^2~1",
            "HEAD^2^",
            "@~2",
            "main^^",
            "side~1",
            first,
            first.toUpperCase(java.util.Locale.ROOT),
            first.substring(0, 12),
            first.substring(0, 7) + "~0")) {
      assertThat(same(revision)).as(revision).containsExactly("models/b.pt");
    }
  }

  @Test
  void whatIsNoCommitIsSaidSo() throws Exception {
    String blob = git("rev-parse", "HEAD:a.txt").strip();
    assertNone("missing", "no branch, tag or commit of this name");
    assertNone("HEAD~9", "goes back further than the history");
    assertNone("HEAD^2", "goes back further than the history");
    assertNone("HEAD~99999999999", "goes back further than the history");
    assertNone("HEAD@{1}", "reflogs and paths are not read");
    assertNone("HEAD:a.txt", "reflogs and paths are not read");
    assertNone("HEAD^{tree}", "is not understood from \"^{tree}\" on");
    assertNone("../../etc/passwd", "no branch, tag or commit of this name");
    assertNone("config", "no branch, tag or commit of this name");
    assertNone(blob, "is a blob, not a commit");
    assertNone("0".repeat(40), "is not in the repository");
    assertNone("", "no branch, tag or commit of this name");
    assertThatThrownBy(() -> GitBaseline.of(temporary, "HEAD"))
        .isInstanceOf(NoSuchRevisionException.class)
        .hasMessageContaining("is in no git repository");
  }

  @Test
  void packsWithPlacedBasesAreRead() throws Exception {
    git("repack", "-adfq", "--depth=50", "--window=50");
    git("pack-refs", "--all");
    git("prune-packed");
    assertThat(work.resolve(".git/refs/heads/main")).doesNotExist();
    assertEverythingIsRead();
  }

  @Test
  void packsWithNamedBasesAreRead() throws Exception {
    git("config", "repack.useDeltaBaseOffset", "false");
    git("repack", "-adfq", "--depth=50", "--window=50");
    assertEverythingIsRead();
  }

  @Test
  void indexesOfVersionOneAreRead() throws Exception {
    git("config", "pack.indexVersion", "1");
    git("repack", "-adfq");
    assertEverythingIsRead();
  }

  @Test
  void longChainsOfDeltasAreRead() throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append("line ").append(i).append(" of a file that grows and grows\n");
      write("models/grows.txt", text.toString());
      git("add", "-A");
      git("commit", "-q", "-m", "more");
    }
    git("repack", "-adfq", "--depth=100", "--window=100");
    assertThat(same("HEAD~59")).doesNotContain("models/grows.txt");
    assertThat(same("HEAD")).contains("models/grows.txt");
    git("checkout", "-q", "HEAD~30");
    assertThat(same("main~30")).contains("models/grows.txt");
  }

  @Test
  void borrowedObjectsAreFound() throws Exception {
    git("clone", "-q", "--shared", work.toString(), temporary.resolve("clone").toString());
    work = temporary.resolve("clone").toRealPath();
    assertThat(same("HEAD~1")).containsExactly("models/b.pt");
    assertThat(same("origin")).hasSize(3);
    assertThat(same("origin/main~1")).hasSize(1);
  }

  @Test
  void linkedWorkingTreesHaveTheirOwnHead() throws Exception {
    git("worktree", "add", "-q", temporary.resolve("linked").toString(), "v1");
    work = temporary.resolve("linked").toRealPath();
    assertThat(same("HEAD")).containsExactly("a.txt", "models/b.pt");
    assertThat(same("main")).containsExactly("models/b.pt");
  }

  @Test
  void aFolderInsideTheWorkingTreeWillDo() throws Exception {
    try (GitBaseline baseline = GitBaseline.of(work.resolve("models"), "HEAD")) {
      assertThat(baseline.hasSame(work.resolve("models/b.pt"))).isTrue();
    }
  }

  @Test
  void aPointerOfLargeFileStorageStandsForItsFile() throws Exception {
    String content = "weights ".repeat(1_000);
    write(
        "large.pt",
        "version https://git-lfs.github.com/spec/v1\noid "
            + Digest.sha256(content.getBytes(UTF_8))
            + "\nsize "
            + content.length()
            + "\n");
    git("add", "-A");
    git("commit", "-q", "-m", "pointer");
    assertThat(same("HEAD")).as("the pointer itself").contains("large.pt");
    write("large.pt", content);
    assertThat(same("HEAD")).as("what it points at").contains("large.pt");
    write("large.pt", content.replace('w', 'W'));
    assertThat(same("HEAD")).as("something else").doesNotContain("large.pt");
  }

  @Test
  void linksAndFilesInPlaceOfFoldersAreNeverTheSame() throws Exception {
    Files.delete(work.resolve("a.txt"));
    Files.createSymbolicLink(work.resolve("a.txt"), Path.of("models/b.pt"));
    Files.delete(work.resolve("models/b.pt"));
    Files.delete(work.resolve("models/c.pt"));
    Files.delete(work.resolve("models"));
    write("models", "a file now");
    assertThat(same("HEAD")).isEmpty();
  }

  @Test
  void repositoriesOfShaTwoAreUnsupported() throws Exception {
    work = Files.createDirectory(temporary.resolve("sha256")).toRealPath();
    git("init", "-q", "--object-format=sha256", ".");
    assertThatThrownBy(() -> GitBaseline.of(work, "HEAD"))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("extension objectformat = sha256");
  }

  @Test
  void anObjectWithAnotherContentThanItsNameSaysIsMalformed() throws Exception {
    String tree = git("rev-parse", "HEAD^{tree}").strip();
    String other = git("rev-parse", "HEAD~1^{tree}").strip();
    Files.delete(loose(tree));
    Files.copy(loose(other), loose(tree));
    assertThatThrownBy(() -> same("HEAD"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("has another SHA-1 than its name");
  }

  @Test
  void damagedPacksFailOnlyAsFormatExceptions() throws Exception {
    git("repack", "-adfq");
    Mutations mutations = new Mutations(7);
    try (Stream<Path> files = Files.list(work.resolve(".git/objects/pack"))) {
      for (Path file : files.filter(f -> !f.toString().endsWith(".rev")).toList()) {
        byte[] good = Files.readAllBytes(file);
        file.toFile().setWritable(true);
        for (int i = 0; i < 500; i++) {
          Files.write(file, mutations.of(good));
          try {
            same("HEAD~1");
          } catch (FormatException | NoSuchRevisionException e) {
            assertThat(e).hasMessageNotContaining("null");
          }
        }
        Files.write(file, good);
      }
    }
    assertThat(same("HEAD~1")).containsExactly("models/b.pt");
  }

  private void assertEverythingIsRead() throws Exception {
    assertThat(same("main")).containsExactly("a.txt", "models/b.pt", "models/c.pt");
    assertThat(same("v1")).containsExactly("models/b.pt");
    assertThat(same(git("rev-parse", "HEAD~1").substring(0, 10))).containsExactly("models/b.pt");
  }

  private void assertNone(String revision, String problem) {
    assertThatThrownBy(() -> GitBaseline.of(work, revision))
        .isInstanceOf(NoSuchRevisionException.class)
        .hasMessageContaining(problem);
  }

  /// The working files that a commit has, sorted.
  private List<String> same(String revision) throws IOException, FormatException {
    List<String> same = new ArrayList<>();
    try (GitBaseline baseline = GitBaseline.of(work, revision);
        Stream<Path> files = Files.walk(work)) {
      for (Path file : files.sorted().toList()) {
        if (!file.startsWith(work.resolve(".git")) && baseline.hasSame(file)) {
          same.add(work.relativize(file).toString());
        }
      }
    }
    return same;
  }

  private Path loose(String hex) {
    return work.resolve(".git/objects").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
  }

  private void write(String path, String text) throws IOException {
    Path file = work.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static boolean hasGit() {
    try {
      return new ProcessBuilder("git", "--version").start().waitFor() == 0;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private String git(String... arguments) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.environment().put("GIT_CONFIG_NOSYSTEM", "1");
    builder.environment().put("HOME", temporary.toString());
    Process process = builder.redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
