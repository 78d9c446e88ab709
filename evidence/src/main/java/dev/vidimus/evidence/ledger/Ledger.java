package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A log that is written. Safe for use by many threads, and made for them: appends that wait at the
/// same time share their disk writes and one checkpoint.
public final class Ledger implements AutoCloseable {
  /// An envelope of more bytes is stored by itself, so that no batch grows beyond 16 MiB of them.
  private static final int LARGE = 64 << 10;

  private final Storage storage;
  private final Sequencer sequencer;

  private Ledger(Storage storage, Sequencer sequencer) {
    this.storage = storage;
    this.sequencer = sequencer;
  }

  /// Begins a ledger: signs the checkpoint of the log without entries.
  ///
  /// @throws StorageConflict if there is a ledger already
  public static void create(Storage storage, LedgerKeys keys, InstantSource clock)
      throws IOException {
    Checkpoint empty = new Checkpoint(keys.origin(), 0, Merkle.EMPTY);
    storage.replaceCheckpoint(null, keys.sign(empty, clock.instant()).note().bytes());
  }

  /// Opens a ledger for writing, and takes in what a crash left beyond its checkpoint.
  ///
  /// @param storage that nobody else writes to; not closed by the ledger
  /// @param clock for the times of cosignatures
  /// @throws CheckFailed the alarm: storage contradicts the checkpoint, or another key signed it
  /// @throws FormatException if the checkpoint is none
  public static Ledger open(Storage storage, LedgerKeys keys, InstantSource clock)
      throws IOException, FormatException, CheckFailed {
    Writer writer = new Recovery(storage, keys, clock).writer();
    return new Ledger(storage, Sequencer.start(writer));
  }

  /// Appends an entry, and returns when its envelope and the entry are durable and under a signed
  /// checkpoint. Waits for others who append at the same time, at most 5 ms.
  ///
  /// @param envelope the bytes that the entry names
  /// @throws IllegalArgumentException if the entry names others
  /// @throws IOException if it could not be made sure; the entry may be in the log or not. Once
  ///     writing a batch has failed, every append fails until the ledger is opened again
  public Appended append(Entry entry, byte[] envelope) throws IOException {
    return append(List.of(entry), List.of(envelope)).getFirst();
  }

  /// Appends entries that belong together, and returns when all are durable and under a signed
  /// checkpoint. Their order is kept; entries of others may come between.
  ///
  /// @param entries what the log will hold
  /// @param envelopes the bytes that each entry is about, as many
  /// @throws IOException as [#append(Entry, byte[])]; some may be in the log then, the first first
  public List<Appended> append(List<Entry> entries, List<byte[]> envelopes) throws IOException {
    for (int i = 0; i < entries.size(); i++) {
      requireAbout(entries.get(i), envelopes.get(i));
    }
    try (Sequencer.Arrival arrival = sequencer.arrive()) {
      List<Map<String, byte[]>> unstored = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        String path = Entry.envelopePath(entries.get(i).envelope());
        byte[] envelope = envelopes.get(i);
        if (envelope.length > LARGE) {
          storage.putIfAbsent(path, envelope);
          unstored.add(Map.of());
        } else {
          unstored.add(Map.of(path, envelope));
        }
      }
      return arrival.append(entries.stream().map(Entry::bytes).toList(), unstored);
    }
  }

  private static void requireAbout(Entry entry, byte[] envelope) {
    if (entry.size() != envelope.length || !entry.envelope().equals(Digest.sha256(envelope))) {
      throw new IllegalArgumentException("the entry is about another envelope");
    }
  }

  /// The last checkpoint.
  public OpenedCheckpoint checkpoint() {
    return sequencer.checkpoint();
  }

  /// Proves offline that an entry is in the log, under the last checkpoint.
  ///
  /// @param index below the checkpoint's size
  /// @throws CheckFailed if what is stored does not prove it
  public Receipt prove(long index) throws IOException, CheckFailed {
    return Receipt.of(storage, checkpoint(), index);
  }

  /// Ends after what has been appended is committed. Storage stays open.
  @Override
  public void close() {
    sequencer.stop();
  }
}
