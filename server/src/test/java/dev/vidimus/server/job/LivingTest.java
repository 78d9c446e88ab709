package dev.vidimus.server.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which servers are alive; with a process that dies in `TwoServersTest`.
class LivingTest {
  private static final String DEAD = "i-0123456789abcdef";

  @TempDir Path folder;

  @Test
  void aServerIsAliveUntilItEnds() throws Exception {
    try (Living one = Living.begin(folder)) {
      Living other = Living.begin(folder);
      assertThat(one.isAlive(other.id())).isTrue();
      assertThat(one.isAlive(one.id())).isTrue();
      other.close();
      assertThat(one.isAlive(other.id())).isFalse();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void whatADeadServerLeftIsDeleted() throws Exception {
    Path left = Files.createFile(folder.resolve("server-" + DEAD));
    try (Living one = Living.begin(folder)) {
      one.collect();
      assertThat(left).doesNotExist();
      assertThat(one.isAlive(one.id())).isTrue();
    }
  }

  @Test
  void whatIsNoIdOfAServerLeadsNowhere() throws Exception {
    Path other = Files.createFile(folder.resolve("other"));
    try (Living one = Living.begin(folder)) {
      assertThat(one.isAlive("")).isFalse();
      assertThat(one.isAlive("../" + folder.getFileName() + "/other")).isFalse();
    }
    assertThat(other).exists();
  }
}
