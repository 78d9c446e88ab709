package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A disk that is full: a small file system in memory, mounted where only the child sees it.
@Tag("client")
class FullDiskTest {
  private static final int MEGABYTES = 90;
  private static final String MOUNT =
      "mount -t tmpfs -o size=" + MEGABYTES + "m tmpfs \"$1\" && shift && exec \"$@\"";

  @TempDir Path folder;

  /// What the child does; its output is the test's to read.
  static final class Filling {
    private Filling() {}

    /// The folder of the small file system, and one with room for sources.
    public static void main(String[] args) throws Exception {
      Firm firm = Firm.begin(Path.of(args[0]));
      Path sources = Path.of(args[1]);
      byte[] bytes = new byte[4 << 20];
      Random random = new Random(7);
      String problem = "";
      int admitted = 0;
      while (problem.isEmpty() && admitted < 64) {
        random.nextBytes(bytes);
        Path source = Files.write(sources.resolve("weights.bin"), bytes);
        try {
          firm.admitFile(firm.admin(), "model", source);
          admitted++;
        } catch (IOException e) {
          problem = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
      }
      System.out.println("admitted " + admitted);
      System.out.println("problem " + problem);
      // Now the rest of the disk is filled, so that not even the ledger can grow.
      Path rest = firm.folder().resolve("rest");
      try (var out = Files.newOutputStream(rest)) {
        while (true) {
          out.write(bytes, 0, 4096);
        }
      } catch (IOException e) {
        System.out.println("full " + e.getMessage());
      }
      try {
        firm.approve(firm.person("ann"), firm.registry().resolve("model"));
        System.out.println("approved");
      } catch (IOException e) {
        System.out.println("refused " + e.getMessage());
      }
      Files.delete(rest);
      System.out.println("versions " + firm.column("SELECT version FROM submission").size());
      System.out.println("entries " + firm.verify());
      Records.requireWhole(firm);
      Records.requireRebuilt(firm);
      firm.enrol("later");
      System.out.println("whole");
    }
  }

  @Test
  void storeIsUnchangedAndTheErrorSaysWhatToDo() throws Exception {
    Path disk = Files.createDirectories(folder.resolve("disk"));
    Path sources = Files.createDirectories(folder.resolve("sources"));
    assumeThat(run(disk, List.of("true")).code())
        .describedAs("SKIPPED: unshare and mount are not permitted here, so no disk is full")
        .isZero();
    Ran ran =
        run(
            disk,
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Filling.class.getName(),
                disk.toString(),
                sources.toString()));
    assertThat(ran.code()).as(ran.out()).isZero();
    List<String> lines = ran.out().lines().toList();
    String admitted = line(lines, "admitted ");
    assertThat(Integer.parseInt(admitted)).isBetween(2, 7);
    assertThat(line(lines, "problem ")).contains("may be used");
    assertThat(line(lines, "versions ")).isEqualTo(admitted);
    assertThat(line(lines, "refused ")).startsWith("nothing was changed: no room is left at ");
    assertThat(line(lines, "full ")).contains("No space left");
    assertThat(lines).noneMatch(one -> one.equals("approved")).contains("whole");
    System.out.println(String.join("\n", lines));
  }

  private static String line(List<String> lines, String begin) {
    return lines.stream()
        .filter(line -> line.startsWith(begin))
        .findFirst()
        .map(line -> line.substring(begin.length()))
        .orElse("");
  }

  private record Ran(int code, String out) {}

  private Ran run(Path disk, List<String> command) throws Exception {
    List<String> words =
        new ArrayList<>(List.of("unshare", "-m", "--", "sh", "-c", MOUNT, "sh", disk.toString()));
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
}
