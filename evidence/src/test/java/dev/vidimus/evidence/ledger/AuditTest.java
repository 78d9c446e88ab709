package dev.vidimus.evidence.ledger;

import static dev.vidimus.evidence.ledger.LedgerFolder.CLOCK;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEY;
import static dev.vidimus.evidence.ledger.LedgerFolder.KEYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `ledger verify` finds, and what opening a ledger refuses.
final class AuditTest {
  @TempDir Path temp;

  private LedgerFolder ledger(int entries) throws Exception {
    return LedgerFolder.with(temp.resolve("ledger"), entries);
  }

  private static void refuses(LedgerFolder ledger, String message) {
    assertThatThrownBy(() -> Audit.require(ledger.reader(), KEY, List.of()))
        .isInstanceOf(CheckFailed.class)
        .hasMessageStartingWith(message);
  }

  @Test
  @Tag("fault")
  void aFlippedBitIsFoundInEveryFileOfTheLogAtEveryPosition() throws Exception {
    LedgerFolder ledger = ledger(5);
    List<String> files = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(ledger.folder)) {
      walk.filter(Files::isRegularFile)
          .map(file -> ledger.folder.relativize(file).toString())
          .filter(file -> !file.equals("lock"))
          .forEach(files::add);
    }
    assertThat(files).hasSize(1 + 5 + 5 + 5); // checkpoint, bundles, tiles, envelopes
    for (String file : files) {
      int bits = (int) Files.size(ledger.file(file)) * 8;
      for (int bit = 0; bit < bits; bit += 7) { // every byte, each of its bits in turn
        ledger.flip(file, bit);
        assertThatThrownBy(() -> Audit.require(ledger.reader(), KEY, List.of()))
            .describedAs(file + " bit " + bit)
            .isInstanceOfAny(CheckFailed.class, FormatException.class);
        ledger.flip(file, bit);
      }
    }
    Audit.require(ledger.reader(), KEY, List.of());
  }

  @Test
  void aChangedEntryIsNamed() throws Exception {
    LedgerFolder ledger = ledger(5);
    String bundle = "tile/entries/000.p/5";
    byte[] bytes = Files.readAllBytes(ledger.file(bundle));
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int third = text.indexOf("p-1", text.indexOf("p-1", text.indexOf("p-1") + 1) + 1);
    bytes[third + 2] = '2'; // another actor, still an entry
    Files.write(ledger.file(bundle), bytes);
    refuses(ledger, "entry 2 in tile/entries/000.p/5: expected the entry that was logged");
  }

  @Test
  void aChangedTileIsNamedWhenItsEntriesGiveTheSignedRoot() throws Exception {
    LedgerFolder ledger = ledger(5);
    ledger.flip("tile/0/000.p/5", 3 * 256 + 9);
    refuses(ledger, "tile/0/000.p/5: expected hash 3 as its entries give it");
  }

  @Test
  void aFileThatIsGoneIsNamed() throws Exception {
    LedgerFolder ledger = ledger(2);
    Files.delete(ledger.file("tile/0/000.p/2"));
    refuses(ledger, "tile/0/000.p/2: expected 2 hashes, found nothing");
    Files.delete(ledger.file("tile/entries/000.p/2"));
    refuses(ledger, "tile/entries/000: expected 256 entries, found nothing");
  }

  @Test
  void anEnvelopeThatIsGoneIsNamedWithItsEntry() throws Exception {
    LedgerFolder ledger = ledger(2);
    Entry entry = LedgerFolder.entry(LedgerFolder.envelope("statement 1"));
    Files.delete(ledger.file(Entry.envelopePath(entry.envelope())));
    refuses(ledger, "entry 1 in tile/entries/000.p/2: expected its envelope at blob/sha256/");
  }

  @Test
  void aLogWithoutItsTilesIsNotOpened() throws Exception {
    LedgerFolder ledger = ledger(5);
    ledger.flip("tile/0/000.p/5", 0);
    refusesToOpen(ledger, "recovery: expected tiles at the right edge with root");
    ledger.flip("tile/0/000.p/5", 0);
    Files.delete(ledger.file("tile/0/000.p/5"));
    refusesToOpen(ledger, "recovery: expected a tile at tile/0/000.p/5, found nothing");
  }

  @Test
  void aLogWhoseLastEntriesChangedIsNotOpened() throws Exception {
    LedgerFolder ledger = ledger(5);
    ledger.flip("tile/entries/000.p/5", 8 * 40);
    refusesToOpen(ledger, "recovery: expected entry 0 as it was logged");
    Files.delete(ledger.file("tile/entries/000.p/5"));
    refusesToOpen(ledger, "recovery: expected entries at tile/entries/000.p/5, found nothing");
  }

  @Test
  void entriesBeyondTheCheckpointAreTakenIn() throws Exception {
    LedgerFolder ledger = ledger(5);
    byte[] five = Files.readAllBytes(ledger.file("checkpoint"));
    ledger.append(5, 8);
    byte[] eight = Files.readAllBytes(ledger.file("checkpoint"));
    Files.write(ledger.file("checkpoint"), five);
    ledger.append(8, 8);
    assertThat(Files.readAllBytes(ledger.file("checkpoint"))).isEqualTo(eight);
    Audit.require(ledger.reader(), KEY, List.of());
  }

  @Test
  void entriesBeyondTheCheckpointThatContradictItAreRefused() throws Exception {
    LedgerFolder ledger = ledger(3);
    byte[] three = Files.readAllBytes(ledger.file("checkpoint"));
    ledger.append(3, 4);
    Files.write(ledger.file("checkpoint"), three);
    ledger.flip("tile/entries/000.p/4", 8 * 40);
    refusesToOpen(ledger, "recovery: expected tile/entries/000.p/4 entry 0 as it was logged");
  }

  @Test
  void entriesBeyondTheCheckpointWithoutTheirEnvelopeAreRefused() throws Exception {
    LedgerFolder ledger = ledger(3);
    byte[] three = Files.readAllBytes(ledger.file("checkpoint"));
    ledger.append(3, 4);
    Files.write(ledger.file("checkpoint"), three);
    Entry entry = LedgerFolder.entry(LedgerFolder.envelope("statement 3"));
    Files.delete(ledger.file(Entry.envelopePath(entry.envelope())));
    refusesToOpen(ledger, "tile/entries/000.p/4 entry 3: expected its envelope");
  }

  private static void refusesToOpen(LedgerFolder ledger, String message) throws Exception {
    byte[] before = Files.readAllBytes(ledger.file("checkpoint"));
    try (PosixStorage storage = PosixStorage.exclusive(ledger.folder)) {
      assertThatThrownBy(() -> Ledger.open(storage, KEYS, CLOCK))
          .isInstanceOf(CheckFailed.class)
          .hasMessageStartingWith(message);
    }
    assertThat(Files.readAllBytes(ledger.file("checkpoint"))).isEqualTo(before);
  }
}
