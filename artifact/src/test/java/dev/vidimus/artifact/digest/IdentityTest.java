package dev.vidimus.artifact.digest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
  @TempDir Path folder;

  private void file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String shell(String command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output.strip();
  }

  @Test
  void snapshotDigestIsWhatCoreutilsPrint() throws Exception {
    file("config.json", "{}");
    file("a/z", "nested");
    file("a.b", "before a/z");
    file("a-b", "");
    file("weights/ü 😀.bin", "name beyond ASCII");
    file("sub/.git/config", "not at the top");
    String expected =
        shell("find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum");
    assertThat(Identity.of(folder).digest().hex() + "  -").isEqualTo(expected);
  }

  @Test
  void listIsWhatSha256sumPrints() throws Exception {
    file("b", "1");
    file("a/c", "2");
    assertThat(Identity.of(folder).list().strip())
        .isEqualTo(shell("find . -type f -printf '%P\\0' | sort -z | xargs -0 sha256sum"));
  }

  @Test
  void toolFilesAtTheTopAreListedAndNotIdentity() throws IOException {
    file("model.bin", "weights");
    Digest alone = Identity.of(folder).digest();
    file(".git/HEAD", "ref");
    file(".gitattributes", "*.bin filter=lfs");
    file(".cache/huggingface/x.lock", "");
    file(".cache/other", "counts");
    Identity identity = Identity.of(folder);
    assertThat(identity.notInIdentity())
        .containsExactly(".cache/huggingface/x.lock", ".git/HEAD", ".gitattributes");
    assertThat(identity.digest()).isNotEqualTo(alone);
    Files.delete(folder.resolve(".cache/other"));
    assertThat(Identity.of(folder).digest()).isEqualTo(alone);
  }

  @Test
  void singleFileIsOneLineWithItsBaseName() throws IOException {
    file("m.gguf", "GGUF");
    Identity identity = Identity.of(folder.resolve("m.gguf"));
    assertThat(identity.list())
        .isEqualTo(Digest.sha256("GGUF".getBytes(StandardCharsets.UTF_8)).hex() + "  m.gguf\n");
  }

  @Test
  void smallFileHasTheNameThatGitGivesIt() throws IOException {
    file("hello", "hello world\n");
    assertThat(Identity.of(folder).files().getFirst().gitBlob())
        .isEqualTo("3b18e512dba79e4c8300dd08aeb37f8e728b8dad"); // git hash-object
  }

  @Test
  void omsRootIsOverRawDigestsInOrder() throws IOException {
    file("b", "2");
    file("a", "1");
    byte[] both = new byte[64];
    System.arraycopy(Digest.sha256("1".getBytes(StandardCharsets.UTF_8)).bytes(), 0, both, 0, 32);
    System.arraycopy(Digest.sha256("2".getBytes(StandardCharsets.UTF_8)).bytes(), 0, both, 32, 32);
    assertThat(Identity.of(folder).omsRoot()).isEqualTo(Digest.sha256(both));
  }
}
