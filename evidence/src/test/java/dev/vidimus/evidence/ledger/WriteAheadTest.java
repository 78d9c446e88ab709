package dev.vidimus.evidence.ledger;

import static dev.vidimus.evidence.ledger.LedgerFolder.CLOCK;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEY;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEYS;
import static dev.vidimus.evidence.ledger.LedgerFolder.entry;
import static dev.vidimus.evidence.ledger.LedgerFolder.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a power failure leaves: a journal, and any or none of the files and names that followed it.
final class WriteAheadTest {
  private static final int ENTRIES = 300;

  /// A ledger as it is on disk while a writer is open, [#ENTRIES] after its beginning.
  @TempDir static Path open;

  @TempDir Path temp;
  private Path crashed;

  @BeforeAll
  static void write() throws Exception {
    Path running = open.resolve("running");
    new LedgerCommands(running).init(KEYS, CLOCK);
    try (PosixStorage storage = PosixStorage.exclusive(running);
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
      for (int i = 0; i < ENTRIES; i++) {
        byte[] envelope = envelope("statement " + i);
        ledger.append(entry(envelope), envelope);
      }
      copy(running, open.resolve("crashed"));
    }
    assertThat(running.resolve("journal-0")).doesNotExist();
    assertThat(open.resolve("crashed/journal-0")).exists();
  }

  @BeforeEach
  void crash() throws Exception {
    crashed = temp.resolve("crashed");
    copy(open.resolve("crashed"), crashed);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  /// The files that the journal stands for: all but those of the first batch and the journals.
  private List<Path> files(Predicate<String> which) throws IOException {
    try (Stream<Path> all = Files.walk(crashed)) {
      return all.filter(Files::isRegularFile)
          .filter(file -> which.test(crashed.relativize(file).toString()))
          .toList();
    }
  }

  private void requireAll() throws Exception {
    LedgerFolder ledger = new LedgerFolder(crashed);
    assertThat(Audit.require(ledger.reader(), KEY, List.of()).checkpoint().size())
        .isEqualTo(ENTRIES);
    assertThat(crashed.resolve("journal-0")).doesNotExist();
    ledger.append(ENTRIES, ENTRIES + 3);
    assertThat(Audit.require(ledger.reader(), KEY, List.of()).checkpoint().size())
        .isEqualTo(ENTRIES + 3);
  }

  private static boolean isFirst(String path) {
    return path.startsWith("tile") && path.endsWith(".p/1");
  }

  @Test
  void aKilledProcessLosesNothing() throws Exception {
    requireAll();
  }

  @Test
  void filesThatWereEmptiedArePutBack() throws Exception {
    emptyTiles();
    requireAll();
  }

  @Test
  void filesThatLostTheirNamesArePutBack() throws Exception {
    String first = Entry.envelopePath(entry(envelope("statement 0")).envelope());
    for (Path file : files(path -> path.startsWith("blob/") && !path.equals(first))) {
      Files.delete(file);
    }
    requireAll();
  }

  @Test
  void aCheckpointThatFellBackIsPutForward() throws Exception {
    Path before = temp.resolve("before");
    LedgerFolder.with(before, 100);
    Files.write(crashed.resolve("checkpoint"), Files.readAllBytes(before.resolve("checkpoint")));
    requireAll();
  }

  @Test
  void aCheckpointOfZerosIsPutBack() throws Exception {
    Files.write(crashed.resolve("checkpoint"), new byte[100]);
    requireAll();
  }

  @Test
  void aCheckpointOfAnotherHistoryIsTheAlarm() throws Exception {
    Path other = temp.resolve("other");
    LedgerFolder.with(other, ENTRIES + 7);
    Files.write(crashed.resolve("checkpoint"), Files.readAllBytes(other.resolve("checkpoint")));
    assertThatThrownBy(() -> PosixStorage.exclusive(crashed))
        .isInstanceOf(StorageConflict.class)
        .hasMessageStartingWith("checkpoint: ");
    assertThat(crashed.resolve("journal-0")).exists();
  }

  private void emptyTiles() throws IOException {
    for (Path file : files(path -> path.startsWith("tile/") && !isFirst(path))) {
      Files.write(file, new byte[0]);
    }
  }

  private static CompletableFuture<Long> audit(TileSource reader) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return Audit.require(reader, KEY, List.of()).checkpoint().size();
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        },
        task -> Thread.ofPlatform().daemon().start(task));
  }

  @Test
  void everyReaderWaitsForTheOneThatRecovers() throws Exception {
    emptyTiles();
    TileSource shared = PosixStorage.reader(crashed);
    List<CompletableFuture<Long>> audits = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      audits.add(audit(shared));
      audits.add(audit(PosixStorage.reader(crashed)));
    }
    for (CompletableFuture<Long> audit : audits) {
      assertThat(audit.get(60, TimeUnit.SECONDS)).isEqualTo(ENTRIES);
    }
  }

  @Test
  void aReaderWaitsForAWriterThatRecovers() throws Exception {
    emptyTiles();
    WriterLock lock = WriterLock.take(crashed);
    CompletableFuture<Long> audit = audit(PosixStorage.reader(crashed));
    assertThatThrownBy(() -> audit.get(300, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    try (PosixStorage storage = PosixStorage.open(lock, crashed)) {
      assertThat(audit.get(60, TimeUnit.SECONDS)).isEqualTo(ENTRIES);
      assertThat(storage.get("checkpoint")).isNotNull();
    }
  }

  @Test
  void aReaderRecoversWhatAWriterGaveUp() throws Exception {
    emptyTiles();
    WriterLock lock = WriterLock.take(crashed);
    CompletableFuture<Long> audit = audit(PosixStorage.reader(crashed));
    lock.close();
    assertThat(audit.get(60, TimeUnit.SECONDS)).isEqualTo(ENTRIES);
  }

  @Test
  void aReaderWaitsForAnotherProcessThatRecovers() throws Exception {
    emptyTiles();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RecoveringProcess.class.getName(),
                crashed.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said = process.inputReader();
        OutputStream next = process.getOutputStream()) {
      assertThat(said.readLine()).isEqualTo("recovering");
      CompletableFuture<Long> audit = audit(PosixStorage.reader(crashed));
      assertThatThrownBy(() -> audit.get(300, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      next.write('\n');
      next.flush();
      assertThat(said.readLine()).isEqualTo("recovered");
      assertThat(audit.get(60, TimeUnit.SECONDS)).isEqualTo(ENTRIES);
      assertThat(audit(PosixStorage.reader(crashed)).get(60, TimeUnit.SECONDS)).isEqualTo(ENTRIES);
      assertThatThrownBy(() -> PosixStorage.exclusive(crashed))
          .hasMessageContaining("another process writes this ledger");
      process.destroyForcibly().waitFor();
    }
    requireAll();
  }

  @Test
  void aReaderWhoMayNotRecoverSaysSo() throws Exception {
    // The administrator, who runs some of these tests, may write everywhere.
    assertThatThrownBy(() -> new RecoveredFiles(crashed, folder -> false).get("checkpoint"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("recovery pending");
    requireAll();
  }

  @Test
  void aRecordThatIsNotWholeWasNeverAcknowledged() throws Exception {
    Path journal = crashed.resolve("journal-0");
    long end = endOf(journal);
    try (RandomAccessFile file = new RandomAccessFile(journal.toFile(), "rw")) {
      file.seek(end - 1);
      int last = file.read();
      file.seek(end - 1);
      file.write(last ^ 1);
    }
    Path before = temp.resolve("before");
    LedgerFolder.with(before, ENTRIES - 1);
    Files.write(crashed.resolve("checkpoint"), Files.readAllBytes(before.resolve("checkpoint")));
    for (Path file : files(path -> path.endsWith(".p/" + ENTRIES % 256))) {
      Files.delete(file);
    }
    LedgerFolder ledger = new LedgerFolder(crashed);
    assertThat(Audit.require(ledger.reader(), KEY, List.of()).checkpoint().size())
        .isEqualTo(ENTRIES - 1);
  }

  private static long endOf(Path journal) throws Exception {
    try (Journal read = Journal.open(journal)) {
      read.visit(batch -> {});
      return read.end();
    }
  }

  @Test
  void recordsOfAnEarlierRoundAreNotReadAgain() throws Exception {
    Path file = temp.resolve("journal");
    try (Journal journal = Journal.open(file)) {
      journal.begin(1);
      for (int i = 0; i < 5; i++) {
        journal.append(batch("blob/" + i).bytes());
      }
      journal.begin(2);
      journal.append(batch("blob/9").bytes());
    }
    Map<String, byte[]> found = new LinkedHashMap<>();
    try (Journal journal = Journal.open(file)) {
      journal.visit(batch -> found.putAll(batch.files()));
      assertThat(journal.round()).isEqualTo(2);
      journal.forget();
      journal.visit(batch -> found.putAll(batch.files()));
    }
    assertThat(found).containsOnlyKeys("blob/9");
  }

  private static Batch batch(String path) {
    SequencedMap<String, byte[]> files = new LinkedHashMap<>();
    files.put(path, new byte[] {1, 2, 3});
    return new Batch(new byte[] {1}, new byte[] {2}, files);
  }

  @Test
  void aJournalThatNamesFilesOutsideTheLedgerIsRefused() throws Exception {
    for (String path : List.of("../x", "blob/../../x", "checkpoint", "/etc/passwd", "tile/", "a")) {
      ByteBuffer bytes = ByteBuffer.wrap(batch("blob/1").bytes());
      ByteBuffer hostile = ByteBuffer.allocate(bytes.limit() - 6 + path.length());
      hostile.put(bytes.slice(0, 14)).putInt(path.length());
      hostile.put(path.getBytes(StandardCharsets.US_ASCII)).put(bytes.slice(24, 7));
      try (Journal journal = Journal.open(temp.resolve("journal"))) {
        journal.begin(1);
        journal.append(hostile.array());
        assertThatThrownBy(() -> journal.visit(batch -> {}))
            .hasMessageContaining("not the path of a tile or an envelope: " + path);
      }
    }
  }

  @Test
  void aReaderDeletesNothingThroughALink() throws Exception {
    Path outside = Files.createDirectory(temp.resolve("outside"));
    Path letter = Files.writeString(outside.resolve("letter"), "mine");
    Files.delete(crashed.resolve("tmp"));
    Files.createSymbolicLink(crashed.resolve("tmp"), outside);
    requireAll();
    assertThat(letter).hasContent("mine");
  }

  @Test
  void aReaderWritesNothingThroughALink() throws Exception {
    Path outside = temp.resolve("outside");
    Files.move(crashed.resolve("tile"), outside);
    Files.createSymbolicLink(crashed.resolve("tile"), outside);
    Path first = outside.resolve("entries/000");
    Files.write(first, new byte[] {1});
    assertThatThrownBy(() -> PosixStorage.reader(crashed).get("checkpoint"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is a link");
    assertThat(first).hasBinaryContent(new byte[] {1});
  }

  @Test
  void aBatchThatWouldNotBeReadAgainIsNotWritten() throws Exception {
    try (Journal journal = Journal.open(temp.resolve("journal"))) {
      journal.begin(1);
      assertThatThrownBy(() -> journal.append(new byte[(64 << 20) + 1]))
          .hasMessageContaining("would not be read again");
      assertThat(journal.end()).isZero();
    }
  }

  @Test
  void aFullJournalHandsOverToTheOther() throws Exception {
    Path folder = temp.resolve("busy");
    LedgerFolder.with(folder, 0);
    byte[] large = new byte[60_000];
    try (PosixStorage storage = PosixStorage.exclusive(folder);
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
      for (int i = 0; i < 1_300; i++) {
        ByteBuffer.wrap(large).putInt(i);
        ledger.append(entry(large), large);
      }
      Path copy = temp.resolve("copy");
      copy(folder, copy);
      Files.delete(copy.resolve("checkpoint"));
      assertThat(Audit.require(PosixStorage.reader(copy), KEY, List.of()).checkpoint().size())
          .isEqualTo(1_300);
    }
    assertThat(folder.resolve("journal-1")).doesNotExist();
  }

  @Test
  void afterABatchThatFailedHalfWayOnlyOpeningAgainHelps() throws Exception {
    Path folder = temp.resolve("failing");
    LedgerFolder.with(folder, 2);
    try (PosixStorage storage = PosixStorage.exclusive(folder);
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
      byte[] first = envelope("first");
      ledger.append(entry(first), first);
      Files.delete(folder.resolve("tmp")); // so that no file can be written, though the journal can
      byte[] second = envelope("second");
      assertThatThrownBy(() -> ledger.append(entry(second), second))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> storage.replaceCheckpoint(new byte[0], new byte[0]))
          .hasMessageContaining("open the ledger again");
    }
    assertThat(Audit.require(PosixStorage.reader(folder), KEY, List.of()).checkpoint().size())
        .isEqualTo(4);
  }
}
