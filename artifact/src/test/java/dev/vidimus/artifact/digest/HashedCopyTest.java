package dev.vidimus.artifact.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Snapshot;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashedCopyTest {
  private static final int BUFFER = 4 << 20;

  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void names() {
    source = folder.resolve("source");
    target = folder.resolve("target");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 4095, 4096, 4097, BUFFER - 1, BUFFER, BUFFER + 1, 2 * BUFFER + 4096 + 17})
  void copiesEveryLengthAndHashesWhatItCopied(int size) throws IOException {
    byte[] bytes = random(size);
    Files.write(source, bytes);

    Digest digest = HashedCopy.copy(source, size, target);

    assertThat(digest).isEqualTo(Digest.sha256(bytes));
    assertThat(Files.readAllBytes(target)).isEqualTo(bytes);
  }

  @Test
  void sourceThatBecameShorterIsNotCopied() throws IOException {
    Files.write(source, random(10_000));

    assertThatThrownBy(() -> HashedCopy.copy(source, 20_000, target))
        .isInstanceOf(EOFException.class)
        .hasMessageContaining("changed while it was read");
  }

  @Test
  void linkIsNotFollowed() throws IOException {
    Files.write(source, random(10));
    Path link = Files.createSymbolicLink(folder.resolve("link"), source);

    assertThatThrownBy(() -> HashedCopy.copy(link, 10, target))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("symbolic links");
  }

  @Test
  void whatIsThereIsNotOverwritten() throws IOException {
    Files.write(source, random(10));
    Files.writeString(target, "there");

    assertThatThrownBy(() -> HashedCopy.copy(source, 10, target))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(target).hasContent("there");
  }

  @Test
  void identityWithKnownDigestsIsTheSame() throws IOException {
    Path tree = Files.createDirectory(folder.resolve("tree"));
    byte[] large = random(1 << 20);
    Files.write(tree.resolve("a.bin"), random(100));
    Files.write(tree.resolve("b.bin"), large);
    Files.write(tree.resolve("c.bin"), random(200));
    Snapshot snapshot = Snapshot.of(tree);

    assertThat(Identity.of(snapshot, Map.of("b.bin", Digest.sha256(large))))
        .isEqualTo(Identity.of(snapshot));
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }
}
