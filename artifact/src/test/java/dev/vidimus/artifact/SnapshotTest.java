package dev.vidimus.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Snapshot.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  @TempDir Path folder;

  private Path file(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void filesComeInTheOrderOfTheirUtf8Bytes() throws IOException {
    file("b", "");
    file("a/z", "");
    file("a.b", "");
    file("\uffee", "");
    file("😀", "");
    assertThat(Snapshot.of(folder).entries())
        .extracting(Snapshot.Entry::path)
        .containsExactly("a.b", "a/z", "b", "\uffee", "😀");
  }

  @Test
  void linkOutOfTheFolderIsRefusedAndNotFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve("passwd"), Path.of("/etc/passwd"));
    Snapshot snapshot = Snapshot.of(folder);
    assertThat(snapshot.entries()).isEmpty();
    assertThat(snapshot.refused())
        .containsExactly(new Snapshot.Refused("passwd", Reason.LINK_OUTSIDE, "/etc/passwd"));
  }

  @Test
  void linkInsideTheFolderIsSaidToBeInside() throws IOException {
    file("model.bin", "x");
    Files.createSymbolicLink(folder.resolve("latest"), Path.of("model.bin"));
    assertThat(Snapshot.of(folder).refused())
        .extracting(Snapshot.Refused::reason)
        .containsExactly(Reason.LINK_INSIDE);
  }

  @Test
  void hubCacheLinksAreReadAsTheirBlobs() throws IOException {
    String hex = "0123456789abcdef0123456789abcdef01234567";
    file("models--org--name/blobs/" + hex, "weights");
    Path snapshot = folder.resolve("models--org--name/snapshots/main");
    Files.createDirectories(snapshot.resolve("sub"));
    Files.createSymbolicLink(snapshot.resolve("a.bin"), Path.of("../../blobs/" + hex));
    Files.createSymbolicLink(snapshot.resolve("sub/b.bin"), Path.of("../../../blobs/" + hex));
    Files.createSymbolicLink(snapshot.resolve("c.bin"), Path.of("../../../blobs/" + hex));
    Snapshot read = Snapshot.of(snapshot);
    assertThat(read.entries())
        .extracting(Snapshot.Entry::path)
        .containsExactly("a.bin", "sub/b.bin");
    assertThat(read.refused()).extracting(Snapshot.Refused::path).containsExactly("c.bin");
  }

  @Test
  void nameWithABackslashIsRefused() throws IOException {
    file("a\\b", "");
    assertThat(Snapshot.of(folder).refused())
        .extracting(Snapshot.Refused::reason)
        .containsExactly(Reason.NAME);
  }
}
