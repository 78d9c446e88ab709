package dev.vidimus.evidence.ledger;

import static dev.vidimus.evidence.ledger.LedgerFolder.CLOCK;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEY;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEYS;
import static dev.vidimus.evidence.ledger.LedgerFolder.entry;
import static dev.vidimus.evidence.ledger.LedgerFolder.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.ledger.FaultyStorage.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Disks that fill up and processes that are killed: no acknowledged entry is lost, and the log
/// opens again.
@Tag("fault")
final class FaultTest {
  @TempDir Path temp;

  @Test
  void noAcknowledgedEntryIsLostWhicheverWriteFails() throws Exception {
    for (Fault fault : Fault.values()) {
      for (int writes = 0; writes < 16; writes++) { // four writes an entry
        Path folder = temp.resolve(fault + "-" + writes);
        LedgerFolder.with(folder, 254); // so that a bundle is filled on the way
        Map<Long, String> acknowledged = new HashMap<>();
        try (PosixStorage posix = PosixStorage.exclusive(folder)) {
          FaultyStorage storage = new FaultyStorage(posix, fault, writes);
          try (Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
            append(ledger, storage, acknowledged);
          }
        }
        requireAll(folder, acknowledged);
      }
    }
  }

  private static void append(Ledger ledger, FaultyStorage storage, Map<Long, String> acknowledged) {
    for (int i = 0; i < 5; i++) {
      String text = "after the fault " + i;
      byte[] envelope = envelope(text);
      try {
        acknowledged.put(ledger.append(entry(envelope), envelope).index(), text);
        assertThat(storage.failed()).isFalse();
      } catch (IOException e) {
        assertThat(e).hasMessageContaining("No space left on device");
      }
    }
  }

  @Test
  void aFullDiskLeavesNoHalfFile() throws Exception {
    Path folder = temp.resolve("ledger");
    LedgerFolder ledger = LedgerFolder.with(folder, 1);
    Path half = Files.write(ledger.file("tmp/7"), new byte[3]); // what a crash leaves
    try (PosixStorage storage = PosixStorage.exclusive(folder)) {
      assertThat(half).doesNotExist();
      assertThat(storage.get("checkpoint")).isNotNull();
    }
  }

  @Test
  void afterAFailureNothingIsAcknowledgedUntilTheLedgerIsOpenedAgain() throws Exception {
    Path folder = temp.resolve("ledger");
    LedgerFolder.with(folder, 1);
    try (PosixStorage posix = PosixStorage.exclusive(folder)) {
      FaultyStorage storage = new FaultyStorage(posix, Fault.DISK_FULL, 2);
      try (Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
        for (int i = 0; i < 3; i++) {
          byte[] envelope = envelope("refused " + i);
          assertThatThrownBy(() -> ledger.append(entry(envelope), envelope))
              .isInstanceOf(IOException.class);
        }
      }
      try (Ledger ledger = Ledger.open(posix, KEYS, CLOCK)) {
        byte[] envelope = envelope("taken");
        // The first refused entry was durable when the tile over it failed, and was taken in.
        assertThat(ledger.append(entry(envelope), envelope).index()).isEqualTo(2);
      }
    }
  }

  @Test
  void noAcknowledgedEntryIsLostWhenTheProcessIsKilled() throws Exception {
    int rounds = Boolean.getBoolean("fuzz.long") ? 500 : 20;
    Random random = new Random(20261121);
    Path folder = temp.resolve("ledger");
    new LedgerCommands(folder).init(KEYS, CLOCK);
    Map<Long, String> acknowledged = new HashMap<>();
    for (int round = 0; round < rounds; round++) {
      Path out = temp.resolve("acknowledged-" + round);
      Process child =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElseThrow(),
                  "-XX:+UseSerialGC",
                  "-XX:TieredStopAtLevel=1",
                  "-Xshare:auto",
                  "-Xmx128m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  KilledAppender.class.getName(),
                  folder.toString(),
                  "round " + round)
              .redirectOutput(out.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      awaitFirstLine(out, child);
      TimeUnit.MICROSECONDS.sleep(random.nextInt(300_000));
      child.destroyForcibly().waitFor();
      for (String line : lines(out)) {
        int space = line.indexOf(' ');
        String known =
            acknowledged.put(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        assertThat(known).isNull();
      }
      if (round % 10 == 9 || round == rounds - 1) {
        requireAll(folder, acknowledged);
      } else {
        new LedgerFolder(folder).append(0, 0);
      }
    }
    assertThat(acknowledged).hasSizeGreaterThan(rounds);
  }

  private static void awaitFirstLine(Path out, Process child) throws Exception {
    while (Files.size(out) == 0) {
      assertThat(child.isAlive()).describedAs("the child appends until it is killed").isTrue();
      TimeUnit.MILLISECONDS.sleep(1);
    }
  }

  /// Whole lines only: the last may have been cut.
  private static List<String> lines(Path out) throws IOException {
    String text = Files.readString(out);
    return new ArrayList<>(text.substring(0, text.lastIndexOf('\n') + 1).lines().toList());
  }

  /// Opens the ledger, which must recover, and finds every acknowledged entry at its index.
  private static void requireAll(Path folder, Map<Long, String> acknowledged) throws Exception {
    LedgerFolder ledger = new LedgerFolder(folder);
    ledger.append(0, 0);
    Audit.require(ledger.reader(), KEY, List.of());
    Map<Long, String> missing = new HashMap<>(acknowledged);
    LogReader.open(ledger.reader(), KEY)
        .visit(
            0,
            (index, bytes) -> {
              String text = missing.remove(index);
              if (text != null) {
                assertThat(bytes).isEqualTo(entry(envelope(text)).bytes());
              }
            });
    assertThat(missing).isEmpty();
  }
}
