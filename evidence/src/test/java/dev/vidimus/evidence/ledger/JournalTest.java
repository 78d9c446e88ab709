package dev.vidimus.evidence.ledger;

import static dev.vidimus.evidence.ledger.LedgerFolder.CLOCK;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEY;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEYS;
import static dev.vidimus.evidence.ledger.LedgerFolder.entry;
import static dev.vidimus.evidence.ledger.LedgerFolder.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final int ENTRIES = 5;

  @TempDir Path temp;
  private Path killed;

  /// What a process leaves that is killed after five acknowledged entries.
  @BeforeEach
  void kill() throws Exception {
    Path folder = temp.resolve("alive");
    killed = temp.resolve("killed");
    new LedgerCommands(folder).init(KEYS, CLOCK);
    try (PosixStorage storage = PosixStorage.exclusive(folder);
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
      for (int i = 0; i < ENTRIES; i++) {
        byte[] envelope = envelope("statement " + i);
        ledger.append(entry(envelope), envelope);
      }
      copy(folder, killed);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    for (Path file : all(from)) {
      Path target = to.resolve(from.relativize(file));
      Files.createDirectories(target.getParent());
      Files.copy(file, target);
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> walk = Files.walk(folder)) {
      return walk.filter(Files::isRegularFile).toList();
    }
  }

  private List<Path> logged() throws IOException {
    return all(killed).stream()
        .filter(file -> !killed.relativize(file).startsWith("journal"))
        .filter(file -> !file.endsWith("lock"))
        .toList();
  }

  private Path segment() throws IOException {
    return all(killed.resolve("journal")).getFirst();
  }

  /// As if another run of the system looked at it.
  private void restartTheSystem() throws IOException {
    JournalSegment.distrust(segment());
  }

  private void requireAll(int entries) throws Exception {
    assertThat(new LedgerCommands(killed).verify(KEY, List.of()).checkpoint().size())
        .isEqualTo(entries);
  }

  @Test
  void filesThatTheSystemLostAreWholeAgain() throws Exception {
    Random random = new Random(1);
    for (Path file : logged()) {
      switch (random.nextInt(4)) {
        case 0 -> Files.delete(file);
        case 1 -> Files.write(file, new byte[0]);
        case 2 -> Files.write(file, new byte[(int) Files.size(file)]); // size without data
        default -> {}
      }
    }
    restartTheSystem();

    requireAll(ENTRIES);
    assertThat(all(killed.resolve("journal"))).isEmpty();
  }

  @Test
  void everyFileLostIsEveryFileBack() throws Exception {
    for (Path file : logged()) {
      Files.delete(file);
    }
    restartTheSystem();

    requireAll(ENTRIES);
  }

  @Test
  void recordThatWasCutIsNotThere() throws Exception {
    try (FileChannel channel = FileChannel.open(segment(), StandardOpenOption.WRITE)) {
      channel.truncate(JournalSegment.read(segment(), (path, content) -> {}).end() - 1);
    }
    Files.write(killed.resolve("checkpoint"), new byte[0]); // its record was the last
    for (Path file : logged()) {
      if (file.toString().contains("/tile/")) {
        Files.delete(file);
      }
    }
    restartTheSystem();

    requireAll(ENTRIES - 1); // the fifth was not acknowledged when the cut happened
    new LedgerFolder(killed).append(0, 0);
    requireAll(ENTRIES); // it was durable all the same, and opening the log takes it in
  }

  @Test
  void recordWithAFlippedBitEndsTheJournal() throws Exception {
    long end = JournalSegment.read(segment(), (path, content) -> {}).end();
    new LedgerFolder(killed).flip("journal/" + segment().getFileName(), (int) (end - 10) * 8);
    int[] records = {0};
    JournalSegment.read(segment(), (path, content) -> records[0]++);

    long shorter = JournalSegment.read(segment(), (path, content) -> {}).end();

    assertThat(shorter).isLessThan(end);
    assertThat(records[0]).isPositive();
  }

  @Test
  void nameThatAKilledProcessDidNotGiveIsGiven() throws Exception {
    Path file = killed.resolve(Entry.envelopePath(entry(envelope("statement 4")).envelope()));
    Files.delete(file);

    PosixStorage.exclusive(killed).close();

    assertThat(file).hasContent(new String(envelope("statement 4"), StandardCharsets.UTF_8));
  }

  @Test
  void contentThatSomebodyChangedIsNotPutRightInTheSameRun() throws Exception {
    Path file = killed.resolve(Entry.envelopePath(entry(envelope("statement 4")).envelope()));
    Files.writeString(file, "changed");

    PosixStorage.exclusive(killed).close();

    assertThat(file).hasContent("changed");
  }

  @Test
  void fileThatWasTakenFromAClosedLedgerStaysAway() throws Exception {
    PosixStorage.exclusive(killed).close();
    Path file = killed.resolve(Entry.envelopePath(entry(envelope("statement 4")).envelope()));
    Files.delete(file);

    PosixStorage.exclusive(killed).close();

    assertThat(file).doesNotExist();
  }

  @Test
  void appendsGoOnBehindACutRecord() throws Exception {
    try (FileChannel channel = FileChannel.open(segment(), StandardOpenOption.WRITE)) {
      channel.truncate(JournalSegment.read(segment(), (path, content) -> {}).end());
      channel.position(channel.size()).write(ByteBuffer.wrap(new byte[] {0, 0, 0, 9, 7}));
    }
    new LedgerFolder(killed).append(ENTRIES, ENTRIES + 3);
    for (Path file : logged()) {
      Files.delete(file);
    }
    restartTheSystem();

    requireAll(ENTRIES + 3);
  }

  @Test
  void recordOfAFileElsewhereIsRefused() throws Exception {
    Files.delete(segment());
    try (JournalSegment forged = JournalSegment.create(killed.resolve("journal/1"), Boot.UNKNOWN)) {
      forged.append(ByteBuffer.wrap(JournalSegment.encode("tile/../../x", new byte[] {1})));
    }

    assertThatThrownBy(() -> PosixStorage.exclusive(killed))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("names what is no file of a ledger");
  }

  @Test
  void lengthsThatLieEndTheJournal() throws Exception {
    Path file = killed.resolve("journal/9");
    try (JournalSegment forged = JournalSegment.create(file, Boot.UNKNOWN)) {
      forged.append(ByteBuffer.allocate(8).putInt(4).putInt(Integer.MAX_VALUE).flip());
    }
    assertThat(JournalSegment.read(file, (path, content) -> {}).closed()).isFalse();
  }

  @Test
  void fullSegmentsGoWhenTheirFilesAreDurable() throws Exception {
    try (PosixStorage storage = PosixStorage.exclusive(killed)) {
      for (int i = 0; i < 40; i++) {
        byte[] large = new byte[1 << 20];
        large[0] = (byte) i;
        storage.putIfAbsent("blob/sha256/00/" + i, large);
      }
    }
    assertThat(all(killed.resolve("journal"))).isEmpty();
    requireAll(ENTRIES);
  }
}
