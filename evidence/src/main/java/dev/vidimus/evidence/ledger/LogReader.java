package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.Consistency;
import dev.vidimus.evidence.ledger.tlog.Proofs;
import dev.vidimus.evidence.ledger.tlog.Tile;
import dev.vidimus.evidence.ledger.tlog.TileHashes;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.util.List;

/// A log that is only read, as of one checkpoint. Others may write it meanwhile.
public final class LogReader {
  private final TileSource log;
  private final OpenedCheckpoint checkpoint;

  private LogReader(TileSource log, OpenedCheckpoint checkpoint) {
    this.log = log;
    this.checkpoint = checkpoint;
  }

  /// Reads the checkpoint and requires the log's signature.
  ///
  /// @throws CheckFailed if there is none, or the log did not sign it
  /// @throws FormatException if it is not one
  public static LogReader open(TileSource log, VerifierKey key)
      throws IOException, FormatException, CheckFailed {
    byte[] stored = log.get(Storage.CHECKPOINT);
    if (stored == null) {
      throw new CheckFailed(Storage.CHECKPOINT, "a checkpoint", "nothing");
    }
    return new LogReader(log, OpenedCheckpoint.open(stored, Storage.CHECKPOINT, key));
  }

  /// The checkpoint as of which the log is read.
  public OpenedCheckpoint checkpoint() {
    return checkpoint;
  }

  /// Proves offline that an entry is in the log.
  ///
  /// @param index below the checkpoint's size
  /// @throws CheckFailed if what is stored does not prove it
  public Receipt prove(long index) throws IOException, CheckFailed {
    return Receipt.of(log, checkpoint, index);
  }

  /// What to send to a witness that cosigned this older checkpoint last.
  ///
  /// @throws CheckFailed if the log did not grow from it
  public AddCheckpoint since(OpenedCheckpoint older) throws IOException, CheckFailed {
    long from = older.checkpoint().size();
    long to = checkpoint.checkpoint().size();
    if (from > to) {
      throw new CheckFailed("consistency", "at least " + from + " entries", String.valueOf(to));
    }
    List<Digest> proof = new Proofs(new TileHashes(log, to)).consistency(from, to);
    if (from > 0) {
      Consistency.require(
          from, to, older.checkpoint().root(), checkpoint.checkpoint().root(), proof);
    }
    return new AddCheckpoint(from, proof, checkpoint.note());
  }

  /// What is done with an entry, in the order of the log.
  @FunctionalInterface
  public interface EntryVisitor {
    /// @param index zero-based position of the entry
    /// @param entry its bytes, one line of JSON
    void visit(long index, byte[] entry) throws IOException;
  }

  /// Visits entries as they are stored; that they are those under the checkpoint is [Audit]'s to
  /// say.
  ///
  /// @param from index of the first entry that is visited
  public void visit(long from, EntryVisitor visitor) throws IOException, CheckFailed {
    long size = checkpoint.checkpoint().size();
    for (long index = from; index < size; ) {
      List<byte[]> entries = Receipt.bundle(log, index, size);
      for (byte[] entry : entries.subList((int) (index % Tile.WIDTH), entries.size())) {
        visitor.visit(index++, entry);
      }
    }
  }
}
