package dev.vidimus.evidence.ledger;

import static dev.vidimus.evidence.ledger.LedgerFolder.CLOCK;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEY;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEYS;
import static dev.vidimus.evidence.ledger.LedgerFolder.entry;
import static dev.vidimus.evidence.ledger.LedgerFolder.envelope;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Algorithm;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.SignerKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  @TempDir Path temp;

  private Path folder() {
    return temp.resolve("ledger");
  }

  @Test
  void whatWasAppendedIsProvedOffline() throws Exception {
    LedgerFolder.with(folder(), 5);
    LedgerCommands commands = new LedgerCommands(folder());
    for (int index = 0; index < 5; index++) {
      String text = commands.prove(KEY, index).toString();
      Receipt receipt = Receipt.parse(text.getBytes(StandardCharsets.UTF_8), "receipt");
      assertThat(receipt).hasToString(text);
      assertThat(receipt.requireLogged(KEY)).isEqualTo(entry(envelope("statement " + index)));
    }
    assertThat(commands.verify(KEY, List.of()).checkpoint().size()).isEqualTo(5);
  }

  @Test
  void aReceiptForAnotherEntryIsRefused() throws Exception {
    LedgerFolder.with(folder(), 3);
    Receipt receipt = new LedgerCommands(folder()).prove(KEY, 1);
    assertThatThrownBy(() -> receipt.requireIncluded(entry(envelope("x")).bytes(), KEY))
        .isInstanceOf(CheckFailed.class)
        .hasMessageStartingWith("inclusion proof: expected root sha256:");
  }

  @Test
  void aLogOfSeveralBundlesGoesOnWhereItEnded() throws Exception {
    LedgerFolder ledger = LedgerFolder.with(folder(), 3);
    concurrently(2, 150);
    ledger.append(303, 310);
    concurrently(30, 10);
    LedgerCommands commands = new LedgerCommands(folder());
    assertThat(commands.verify(KEY, List.of()).checkpoint().size()).isEqualTo(610);
    assertThat(ledger.file("tile/0/000")).hasSize(8192);
    assertThat(ledger.file("tile/0/000.p")).doesNotExist();
    assertThat(ledger.file("tile/1/000.p/2")).hasSize(64);
    commands.prove(KEY, 0).requireLogged(KEY);
    commands.prove(KEY, 609).requireLogged(KEY);
    ByteArrayOutputStream export = new ByteArrayOutputStream();
    commands.export(KEY, export);
    assertThat(export.toString(StandardCharsets.UTF_8).lines()).hasSize(610);
  }

  @Test
  void concurrentAppendsHaveIndexesOfTheirOwn() throws Exception {
    LedgerFolder.with(folder(), 0);
    List<Long> indexes = concurrently(20, 20);
    Collections.sort(indexes);
    assertThat(indexes).isEqualTo(LongStream.range(0, 400).boxed().toList());
  }

  private List<Long> concurrently(int threads, int each) throws Exception {
    List<Long> indexes = Collections.synchronizedList(new ArrayList<>());
    try (PosixStorage storage = PosixStorage.exclusive(folder());
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK);
        ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int thread = 0; thread < threads; thread++) {
        String name = "by " + thread + " of " + threads + ", ";
        pool.submit(
            () -> {
              for (int i = 0; i < each; i++) {
                byte[] envelope = envelope(name + i);
                Appended appended = ledger.append(entry(envelope), envelope);
                assertThat(appended.index()).isLessThan(appended.checkpoint().checkpoint().size());
                indexes.add(appended.index());
              }
              return null;
            });
      }
    }
    assertThat(indexes).hasSize(threads * each);
    return indexes;
  }

  @Test
  void aSecondWriterIsKeptOut() throws Exception {
    LedgerFolder.with(folder(), 1);
    try (PosixStorage storage = PosixStorage.exclusive(folder())) {
      assertThat(storage.get("checkpoint")).isNotNull();
      assertThatThrownBy(() -> PosixStorage.exclusive(folder()))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("this process writes this ledger already");
    }
  }

  @Test
  void aLedgerIsNotBegunTwice() throws Exception {
    LedgerFolder.with(folder(), 1);
    assertThatThrownBy(() -> new LedgerCommands(folder()).init(KEYS, CLOCK))
        .isInstanceOf(StorageConflict.class)
        .hasMessageStartingWith("checkpoint: ");
  }

  @Test
  void aPathThatIsTakenKeepsItsBytes() throws Exception {
    try (PosixStorage storage = PosixStorage.exclusive(folder())) {
      storage.putIfAbsent("blob/x", new byte[] {1});
      storage.putIfAbsent("blob/x", new byte[] {1});
      assertThatThrownBy(() -> storage.putIfAbsent("blob/x", new byte[] {2}))
          .isInstanceOf(StorageConflict.class);
      assertThat(storage.get("blob/x")).containsExactly(1);
      assertThatThrownBy(() -> storage.replaceCheckpoint(new byte[] {1}, new byte[] {2}))
          .isInstanceOf(StorageConflict.class);
      assertThat(storage.get("checkpoint")).isNull();
    }
  }

  @Test
  void anEntryAboutAnotherEnvelopeIsRefused() throws Exception {
    LedgerFolder.with(folder(), 0);
    try (PosixStorage storage = PosixStorage.exclusive(folder());
        Ledger ledger = Ledger.open(storage, KEYS, CLOCK)) {
      assertThatThrownBy(() -> ledger.append(entry(envelope("a")), envelope("b")))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anAppendAfterTheEndIsNotAcknowledged() throws Exception {
    LedgerFolder.with(folder(), 0);
    try (PosixStorage storage = PosixStorage.exclusive(folder())) {
      Ledger ledger = Ledger.open(storage, KEYS, CLOCK);
      ledger.close();
      byte[] envelope = envelope("late");
      assertThatThrownBy(() -> ledger.append(entry(envelope), envelope))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("the ledger is closed");
    }
  }

  @Test
  void theLogOfAnotherKeyIsNotOpened() throws Exception {
    LedgerFolder.with(folder(), 1);
    LedgerKeys others = new LedgerKeys(LedgerFolder.key("example.com/other"));
    try (PosixStorage storage = PosixStorage.exclusive(folder())) {
      assertThatThrownBy(() -> Ledger.open(storage, others, CLOCK))
          .isInstanceOf(CheckFailed.class)
          .hasMessageContaining("found 1 by other keys");
    }
  }

  @Test
  void checkpointsCarryASecondSignatureWhenAsked() throws Exception {
    SignerKey lattice =
        SignerKey.of(
            "example.com/log",
            Algorithm.ML_DSA_44_COSIGNATURE,
            KeyPairGenerator.getInstance("ML-DSA-44").generateKeyPair());
    LedgerKeys both = new LedgerKeys(KEYS.log(), List.of(lattice));
    new LedgerCommands(folder()).init(both, CLOCK);
    byte[] envelope = envelope("a");
    Receipt receipt =
        new LedgerCommands(folder())
            .append(both, CLOCK, List.of(entry(envelope)), List.of(envelope))
            .getFirst();
    assertThat(receipt.note().requireSignedBy(List.of(KEY, lattice.verifier())))
        .containsExactly(KEY, lattice.verifier());
  }

  @Test
  void aSavedCheckpointHoldsTheLogToItsPast() throws Exception {
    LedgerFolder ledger = LedgerFolder.with(folder(), 4);
    byte[] saved = Files.readAllBytes(ledger.file("checkpoint"));
    ledger.append(4, 9);
    LedgerCommands commands = new LedgerCommands(folder());
    commands.verify(KEY, List.of(saved));

    Path other = temp.resolve("other");
    LedgerFolder rewritten = new LedgerFolder(other);
    new LedgerCommands(other).init(KEYS, CLOCK);
    rewritten.append(100, 106);
    assertThatThrownBy(() -> new LedgerCommands(other).verify(KEY, List.of(saved)))
        .isInstanceOf(CheckFailed.class)
        .hasMessageStartingWith("saved checkpoint: expected root sha256:")
        .hasMessageContaining("at size 4");
    byte[] longer = Files.readAllBytes(ledger.file("checkpoint"));
    assertThatThrownBy(() -> new LedgerCommands(other).verify(KEY, List.of(longer)))
        .hasMessage("saved checkpoint: expected at least 9 entries, found 6");
  }

  @Test
  void aWitnessCosignsOnlyWhatGrew() throws Exception {
    LedgerFolder ledger = LedgerFolder.with(folder(), 4);
    OpenedCheckpoint first = LogReader.open(ledger.reader(), KEY).checkpoint();
    ledger.append(4, 9);
    AddCheckpoint request = LogReader.open(ledger.reader(), KEY).since(first);
    assertThat(AddCheckpoint.parse(request.toString().getBytes(StandardCharsets.UTF_8), "r"))
        .isEqualTo(request);
    assertThat(Witness.answer(request, KEY, first.checkpoint()))
        .isInstanceOf(Witness.Answer.Cosign.class);
    assertThat(Witness.answer(request, KEY, null))
        .isEqualTo(new Witness.Answer.Conflict(0, "old size 4 is not 0"));
    AddCheckpoint unproved = new AddCheckpoint(4, List.of(), request.note());
    assertThat(Witness.answer(unproved, KEY, first.checkpoint()))
        .isEqualTo(
            new Witness.Answer.Refuse(422, "consistency proof: expected hashes, found none"));
    AddCheckpoint back = new AddCheckpoint(9, List.of(), first.note());
    assertThat(Witness.answer(back, KEY, null))
        .isEqualTo(new Witness.Answer.Refuse(400, "old size 9 above 4"));
    assertThat(Witness.answer(request, LedgerFolder.key("example.com/x").verifier(), null))
        .isInstanceOfSatisfying(
            Witness.Answer.Refuse.class, refuse -> assertThat(refuse.status()).isEqualTo(403));
    Path other = temp.resolve("other");
    new LedgerCommands(other).init(KEYS, CLOCK);
    LedgerFolder forked = new LedgerFolder(other);
    forked.append(50, 54);
    AddCheckpoint fork =
        new AddCheckpoint(4, List.of(), LogReader.open(forked.reader(), KEY).checkpoint().note());
    assertThat(Witness.answer(fork, KEY, first.checkpoint()))
        .isEqualTo(new Witness.Answer.Conflict(4, "two roots at size 4"));
  }
}
