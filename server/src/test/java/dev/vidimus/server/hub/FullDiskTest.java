package dev.vidimus.server.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A server whose disk is full: a small file system in memory, mounted where only the child sees
/// it. What the child does is in [FullDisk]; each line of its output is an answer.
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {
  private static final int MEGABYTES = 160;
  private static final String MOUNT =
      "mount -t tmpfs -o size=" + MEGABYTES + "m tmpfs \"$1\" && shift && exec \"$@\"";

  private final Map<String, String> answers = new LinkedHashMap<>();

  @BeforeAll
  void run(@TempDir Path folder) throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    List<String> unshare = new ArrayList<>(List.of("unshare", "-m"));
    if (run(unshare, disk, List.of("true")).code() != 0) {
      unshare.add(
          "-r"); // who is not root is root in a namespace of their own, where that is allowed
    }
    assumeThat(run(unshare, disk, List.of("true")).code())
        .describedAs("SKIPPED: unshare and mount are not permitted here, so no disk is full")
        .isZero();
    Ran ran =
        run(
            unshare,
            disk,
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                FullDisk.class.getName(),
                disk.toString()));
    assertThat(ran.code()).as(ran.out()).isZero();
    for (String line : ran.out().lines().toList()) {
      int arrow = line.indexOf(" => ");
      if (arrow > 0) {
        answers.put(line.substring(0, arrow), line.substring(arrow + 4));
      }
    }
  }

  private record Ran(int code, String out) {}

  private static Ran run(List<String> unshare, Path disk, List<String> command) throws Exception {
    List<String> words = new ArrayList<>(unshare);
    words.addAll(List.of("--", "sh", "-c", MOUNT, "sh", disk.toString()));
    words.addAll(command);
    Process process;
    try {
      process = new ProcessBuilder(words).redirectErrorStream(true).start();
    } catch (IOException e) {
      return new Ran(127, String.valueOf(e.getMessage()));
    }
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Ran(process.waitFor(), out);
  }

  @Test
  void whoeverPublishesOrAsksForWhatIsNotHereIsToldThatNoRoomIsLeft() {
    assertThat(answers.get("full: object")).startsWith("507 ").contains("may be used on the disk");
    assertThat(answers.get("full: part")).startsWith("507 ").contains("may be used on the disk");
    assertThat(answers.get("full: commit")).startsWith("507 ").contains("may be used on the disk");
    assertThat(answers.get("full: submission")).startsWith("507 ").contains("no room is left");
    assertThat(answers.get("full: upstream")).startsWith("507 ").contains("no room is left");
    answers.values().forEach(answer -> assertThat(answer).doesNotContain("/disk/home"));
  }

  @Test
  void whatIsHereIsServedAllTheSame() {
    assertThat(answers.get("full: here")).startsWith("200 ");
  }

  @Test
  void nothingHalfWrittenIsLeft() {
    assertThat(answers.get("full: left")).isEqualTo("[]");
    assertThat(answers.get("filled meanwhile: left")).isEqualTo("[]");
    assertThat(answers.get("filled meanwhile: object is there")).isEqualTo("false");
  }

  @Test
  void theSameWorksOnceThereIsRoom() {
    for (String what : List.of("object", "part", "commit", "upstream", "object of before")) {
      assertThat(answers.get("room: " + what)).as(what).startsWith("200 ");
    }
  }

  @Test
  void aDiskThatFillsUpMeanwhileIsSaidToo() {
    assertThat(answers.get("filled meanwhile: object"))
        .startsWith("507 ")
        .contains("no room is left");
    assertThat(answers.get("filled meanwhile: upstream"))
        .startsWith("507 ")
        .contains("intake failed: no room is left on the disk of this server");
    assertThat(answers.get("room: upstream of before")).startsWith("200 ");
  }

  @Test
  void theRegistryIsWhole() {
    assertThat(answers.get("doctor")).isEqualTo("[]");
  }
}
