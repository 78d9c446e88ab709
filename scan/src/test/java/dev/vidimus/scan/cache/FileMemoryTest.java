package dev.vidimus.scan.cache;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileMemoryTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void begin() throws IOException {
    file = Files.writeString(folder.resolve("a.pkl"), "one");
  }

  @Test
  void fileThatDidNotChangeIsKnownAgain() throws IOException {
    keep();
    assertThat(kept("rules")).isEqualTo("result");
  }

  @Test
  void otherRulesKnowNothing() throws IOException {
    keep();
    assertThat(kept("other rules")).isNull();
  }

  @Test
  void otherNameOfTheSameFileIsAnotherFile() throws IOException {
    keep();
    Snapshot.Entry entry = new Snapshot.Entry("b.txt", 3, file);
    assertThat(slot(memory("rules", Duration.ofSeconds(10)), entry).read()).isNull();
  }

  @Test
  void changedContentIsAnotherFileThoughSizeAndTimeAreTheSame() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    keep();
    Files.writeString(file, "two");
    Files.setLastModifiedTime(file, time); // the time of the metadata cannot be set
    assertThat(kept("rules")).isNull();
  }

  @Test
  void otherFileInItsPlaceIsAnotherFile() throws IOException {
    FileTime time = Files.getLastModifiedTime(file);
    keep();
    Path other = Files.writeString(folder.resolve("other"), "two");
    Files.setLastModifiedTime(other, time);
    Files.move(other, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(kept("rules")).isNull();
  }

  @Test
  void fileThatChangedJustNowIsNeitherKeptNorKnown() throws IOException {
    keep();
    Snapshot.Entry entry = entry();
    assertThat(memory("rules", Duration.ofMillis(1_500)).slot(entry)).isNull();
    Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(Duration.ofDays(1))));
    assertThat(memory("rules", Duration.ofSeconds(10)).slot(entry)).as("the future").isNull();
  }

  @Test
  void resultOfAFileThatChangedMeanwhileIsNotKept() throws IOException {
    Memory memory = memory("rules", Duration.ofSeconds(10));
    Memory.Slot slot = slot(memory, entry());
    Files.writeString(file, "two");
    slot.write("result".getBytes(UTF_8));
    assertThat(kept("rules")).isNull();
    Files.writeString(file, "one");
    assertThat(kept("rules")).isNull();
  }

  @Test
  void fileOfAnotherSizeThanWasSeenIsNotKnown() {
    Snapshot.Entry entry = new Snapshot.Entry("a.pkl", 4, file);
    assertThat(memory("rules", Duration.ofSeconds(10)).slot(entry)).isNull();
  }

  @Test
  void contentIsKnownByDigestAndPath() {
    ResultStore store = new ResultStore(folder.resolve("results"));
    Digest digest = Digest.sha256("one".getBytes(UTF_8));
    slot(new ContentMemory(store, "r", Map.of("a.pkl", digest)), entry())
        .write("result".getBytes(UTF_8));
    assertThat(slot(new ContentMemory(store, "r", Map.of("a.pkl", digest)), entry()).read())
        .isNotNull();
    Digest other = Digest.sha256("two".getBytes(UTF_8));
    assertThat(slot(new ContentMemory(store, "r", Map.of("a.pkl", other)), entry()).read())
        .isNull();
    assertThat(slot(new ContentMemory(store, "s", Map.of("a.pkl", digest)), entry()).read())
        .isNull();
    assertThat(new ContentMemory(store, "r", Map.of()).slot(entry())).isNull();
  }

  @Test
  void anotherBuildHasAnotherFingerprint() throws IOException {
    String classPath = folder.toString();
    String now = Build.fingerprint(classPath);
    assertThat(Build.fingerprint(classPath)).isEqualTo(now);
    Files.writeString(file, "longer");
    assertThat(Build.fingerprint(classPath)).isNotEqualTo(now);
    String absent = folder.resolve("absent.jar").toString();
    assertThat(Build.fingerprint(absent)).isNotEqualTo(Build.fingerprint(absent));
  }

  private void keep() throws IOException {
    slot(memory("rules", Duration.ofSeconds(10)), entry()).write("result".getBytes(UTF_8));
  }

  private String kept(String rules) throws IOException {
    byte[] kept = slot(memory(rules, Duration.ofSeconds(10)), entry()).read();
    return kept == null ? null : new String(kept, UTF_8);
  }

  private static Memory.Slot slot(Memory memory, Snapshot.Entry entry) {
    Memory.Slot slot = memory.slot(entry);
    assertThat(slot).isNotNull();
    return slot;
  }

  private Snapshot.Entry entry() {
    return new Snapshot.Entry("a.pkl", 3, file);
  }

  /// @param later how long after now it is
  private Memory memory(String rules, Duration later) {
    InstantSource clock = () -> Instant.now().plus(later);
    return new FileMemory(new ResultStore(folder.resolve("results")), rules, clock);
  }
}
