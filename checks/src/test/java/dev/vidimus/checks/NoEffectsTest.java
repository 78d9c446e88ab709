package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.Limits;
import dev.vidimus.artifact.Spool;
import dev.vidimus.scan.ScanExaminer;
import dev.vidimus.scan.inspection.ScanOptions;
import dev.vidimus.scan.pickle.Allowlist;
import dev.vidimus.scan.pickle.Profile;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A scan of every fixture starts no process, opens no socket and writes no file outside its own
/// spool. The JDK's own event recorder is the witness: it sees these calls whoever makes them.
class NoEffectsTest {
  private static final List<String> FORBIDDEN =
      List.of("jdk.ProcessStart", "jdk.SocketRead", "jdk.SocketWrite");

  @TempDir Path folder;

  @Test
  void scanOfEveryFixtureHasNoEffectOutsideItsSpool() throws IOException {
    Path fixtures = Fixtures.folder("scan");
    Path spool = folder.resolve("spool");
    List<RecordedEvent> events = record(() -> scanAll(fixtures, spool));
    assertThat(events)
        .filteredOn(event -> FORBIDDEN.contains(event.getEventType().getName()))
        .isEmpty();
    assertThat(events)
        .filteredOn(event -> event.getEventType().getName().equals("jdk.FileWrite"))
        .extracting(event -> String.valueOf(event.getString("path")))
        .allSatisfy(path -> assertThat(path).startsWith(spool.toString()));
    if (Files.exists(spool)) { // what was written there is gone again
      assertThat(spool).isEmptyDirectory();
    }
  }

  @Test
  void witnessSeesAProcessAndAWrite() throws IOException {
    Path file = folder.resolve("written");
    List<RecordedEvent> events =
        record(
            () -> {
              new ProcessBuilder("true").start();
              try (var channel =
                  java.nio.channels.FileChannel.open(
                      file,
                      java.nio.file.StandardOpenOption.CREATE,
                      java.nio.file.StandardOpenOption.WRITE)) {
                channel.write(java.nio.ByteBuffer.wrap(new byte[] {1}));
              }
            });
    assertThat(events)
        .extracting(event -> event.getEventType().getName())
        .contains("jdk.ProcessStart", "jdk.FileWrite");
  }

  private interface Work {
    void run() throws IOException;
  }

  private List<RecordedEvent> record(Work work) throws IOException {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      for (String name : FORBIDDEN) {
        recording.enable(name).withoutThreshold().withStackTrace();
      }
      recording.enable("jdk.FileWrite").withoutThreshold().withStackTrace();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> own = new ArrayList<>();
    long thread = Thread.currentThread().threadId();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      if (event.getThread() != null && event.getThread().getJavaThreadId() == thread) {
        own.add(event);
      }
    }
    return own;
  }

  private static void scanAll(Path fixtures, Path spool) throws IOException {
    // A small bound, so that inflated members do go to the spool's files.
    ScanExaminer examiner =
        new ScanExaminer(
            new ScanOptions(Limits.DEFAULT, true),
            Allowlist.of(Profile.ALL),
            new Spool(spool, 1 << 12));
    for (String line : Files.readAllLines(fixtures.resolve("expected.tsv"))) {
      String path = line.substring(0, line.indexOf('\t'));
      if (!path.equals("path")) {
        try (Bytes bytes = FileBytes.open(fixtures.resolve(path))) {
          examiner.scan(bytes, path);
        }
      }
    }
  }
}
