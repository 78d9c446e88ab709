package dev.vidimus.evidence.ledger;

import static dev.vidimus.evidence.ledger.LedgerFolder.KEY;
import static dev.vidimus.evidence.ledger.LedgerFolder.entry;
import static dev.vidimus.evidence.ledger.LedgerFolder.envelope;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.EntryBundle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Seeded mutations of everything that the ledger reads: a reader answers or refuses, it never
/// breaks, and what it takes it writes back the same.
final class MutationTest {
  private static final int ROUNDS = Boolean.getBoolean("fuzz.long") ? 1_000_000 : 20_000;

  @TempDir Path temp;
  private Receipt receipt;
  private AddCheckpoint request;

  private interface Reader {
    void read(byte[] bytes) throws Exception;
  }

  @BeforeEach
  void makeALog() throws Exception {
    LedgerFolder ledger = LedgerFolder.with(temp.resolve("ledger"), 3);
    OpenedCheckpoint first = LogReader.open(ledger.reader(), KEY).checkpoint();
    ledger.append(3, 6);
    LogReader log = LogReader.open(ledger.reader(), KEY);
    receipt = log.prove(4);
    request = log.since(first);
  }

  @Test
  void notes() throws Exception {
    byte[] note = receipt.note().bytes();
    mutate(note, bytes -> assertThat(Note.parse(bytes, "note").bytes()).isEqualTo(bytes));
  }

  @Test
  void checkpoints() throws Exception {
    byte[] text = receipt.note().text().getBytes(StandardCharsets.UTF_8);
    mutate(
        text,
        bytes -> {
          String mutated = new String(bytes, StandardCharsets.UTF_8);
          assertThat(Checkpoint.parse(mutated, "checkpoint").text()).isEqualTo(mutated);
        });
  }

  @Test
  void aMutatedCheckpointIsNeverTheLogs() throws Exception {
    byte[] note = receipt.note().bytes();
    String text = receipt.note().text();
    mutate(
        note,
        bytes -> {
          OpenedCheckpoint opened = OpenedCheckpoint.open(bytes, "checkpoint", KEY);
          assertThat(opened.note().text()).isEqualTo(text);
        });
  }

  @Test
  void receipts() throws Exception {
    byte[] text = receipt.toString().getBytes(StandardCharsets.UTF_8);
    Entry logged = entry(envelope("statement 4"));
    mutate(
        text,
        bytes -> {
          Receipt mutated = Receipt.parse(bytes, "receipt");
          assertThat(mutated.toString().getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
          assertThat(mutated.requireLogged(KEY)).isEqualTo(logged);
        });
  }

  @Test
  void requestsToWitnesses() throws Exception {
    byte[] text = request.toString().getBytes(StandardCharsets.UTF_8);
    mutate(
        text,
        bytes ->
            assertThat(
                    AddCheckpoint.parse(bytes, "request")
                        .toString()
                        .getBytes(StandardCharsets.UTF_8))
                .isEqualTo(bytes));
  }

  @Test
  void entries() throws Exception {
    byte[] entry = entry(envelope("statement 4")).bytes();
    mutate(entry, bytes -> assertThat(Entry.parse(bytes, "entry").bytes()).isEqualTo(bytes));
  }

  @Test
  void bundles() throws Exception {
    byte[] entry = entry(envelope("statement 4")).bytes();
    byte[] bundle = EntryBundle.encode(List.of(entry, entry, entry));
    EntryBundle place = new EntryBundle(0, 3);
    mutate(bundle, bytes -> assertThat(EntryBundle.encode(place.decode(bytes))).isEqualTo(bytes));
  }

  @Test
  void keys() throws Exception {
    byte[] vkey = KEY.vkey().getBytes(StandardCharsets.UTF_8);
    mutate(
        vkey,
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          assertThat(VerifierKey.parse(text).vkey()).isEqualTo(text.strip());
        });
  }

  /// Flips bits, overwrites, cuts, doubles and inserts, up to four times, from one seed.
  private static void mutate(byte[] original, Reader reader) throws Exception {
    reader.read(original);
    Random random = new Random(6962);
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = original.clone();
      for (int times = 1 + random.nextInt(4); times > 0; times--) {
        bytes = mutated(bytes, random);
      }
      try {
        reader.read(bytes);
      } catch (FormatException | CheckFailed e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private static byte[] mutated(byte[] bytes, Random random) {
    if (bytes.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = random.nextInt(bytes.length);
    switch (random.nextInt(5)) {
      case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> bytes[at] = (byte) "\n\0 0+=\u2014\"".charAt(random.nextInt(8));
      case 2 -> {
        return Arrays.copyOf(bytes, at);
      }
      case 3 -> {
        byte[] doubled = Arrays.copyOf(bytes, 2 * bytes.length - at);
        System.arraycopy(bytes, at, doubled, bytes.length, bytes.length - at);
        return doubled;
      }
      default -> {
        byte[] inserted = Arrays.copyOf(bytes, bytes.length + 1);
        System.arraycopy(bytes, at, inserted, at + 1, bytes.length - at);
        inserted[at] = (byte) random.nextInt();
        return inserted;
      }
    }
    return bytes;
  }
}
