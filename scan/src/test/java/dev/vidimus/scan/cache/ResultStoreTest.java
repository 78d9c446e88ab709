package dev.vidimus.scan.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResultStoreTest {
  @TempDir Path folder;

  private ResultStore store() {
    return new ResultStore(folder.resolve("results"));
  }

  @Test
  void whatIsKeptIsThereForTheNextProcess() {
    store().put("key", "result".getBytes(UTF_8));
    assertThat(store().get("key")).isEqualTo("result".getBytes(UTF_8));
    assertThat(store().get("another")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 7, 39, 40, 45})
  void resultOfWhichTheEndIsMissingIsNone(int length) throws IOException {
    store().put("key", "result".getBytes(UTF_8));
    Path file = only();
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), length));
    assertThat(store().get("key")).isNull();
  }

  @Test
  void changedResultIsNone() throws IOException {
    store().put("key", "result".getBytes(UTF_8));
    byte[] bytes = Files.readAllBytes(only());
    bytes[bytes.length - 1] ^= 1;
    Files.write(only(), bytes);
    assertThat(store().get("key")).isNull();
  }

  @Test
  void resultUnderTheNameOfAnotherIsNone() throws IOException {
    store().put("a", "clean".getBytes(UTF_8));
    Path a = only();
    store().put("b", "malicious".getBytes(UTF_8));
    Path b = files().filter(file -> !file.equals(a)).findFirst().orElseThrow();
    Files.copy(a, b, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(store().get("b")).isNull();
  }

  @Test
  void linkIsNoResult() throws IOException {
    store().put("key", "result".getBytes(UTF_8));
    Path moved = folder.resolve("moved");
    Path file = only();
    Files.move(file, moved);
    Files.createSymbolicLink(file, moved);
    assertThat(store().get("key")).isNull();
  }

  @Test
  void folderThatOthersMayWriteToIsNotUsed() throws IOException {
    Path open = Files.createDirectory(folder.resolve("results"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    store().put("key", "result".getBytes(UTF_8));
    assertThat(store().get("key")).isNull();
    assertThat(open).isEmptyDirectory();
  }

  @Test
  void fileInPlaceOfTheFolderIsNoError() throws IOException {
    Files.writeString(folder.resolve("results"), "x");
    store().put("key", "result".getBytes(UTF_8));
    assertThat(store().get("key")).isNull();
  }

  @Test
  void onlyTheOwnerReadsIt() throws IOException {
    store().put("key", "result".getBytes(UTF_8));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only())))
        .isEqualTo("rw-------");
  }

  @Test
  void manyAtOnceMeetAllOrNothing() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger torn = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      byte[] mine = new byte[10_000];
      Arrays.fill(mine, (byte) i);
      ResultStore store = store();
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int round = 0; round < 100; round++) {
                      store.put("key", mine);
                      byte[] read = store.get("key");
                      if (read == null || read.length != 10_000 || read[0] != read[9_999]) {
                        torn.incrementAndGet();
                      }
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(torn).hasValue(0);
    assertThat(files()).hasSize(1);
  }

  @Test
  void whatAKilledProcessLeftIsCollectedLater() throws IOException {
    store().put("key", "result".getBytes(UTF_8));
    Path left = Files.writeString(only().resolveSibling("x.new"), "half");
    Path fresh = Files.writeString(only().resolveSibling("y.new"), "half");
    Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
    store().put("key", "result".getBytes(UTF_8)); // the first of a process looks at the folder
    assertThat(left).doesNotExist();
    assertThat(fresh).exists();
  }

  @Test
  void folderIsBounded() throws IOException {
    store().put("key", "result".getBytes(UTF_8));
    Path shard = only().getParent();
    for (int i = 0; i < 1_010; i++) {
      Path old = Files.writeString(shard.resolve("old" + i), "x");
      Files.setLastModifiedTime(old, FileTime.from(Instant.EPOCH.plusSeconds(i)));
    }
    store().put("key", "result".getBytes(UTF_8));
    assertThat(files()).hasSize(1_000);
    assertThat(store().get("key")).isNotNull();
  }

  @Test
  void whatIsTooLargeIsNotKept() {
    store().put("key", new byte[300_000]);
    assertThat(store().get("key")).isNull();
  }

  private Path only() throws IOException {
    List<Path> all = files().filter(file -> !file.toString().endsWith(".new")).toList();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  private Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder.resolve("results"))) {
      return all.filter(file -> !Files.isDirectory(file)).toList().stream();
    }
  }
}
