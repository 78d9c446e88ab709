package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import dev.vidimus.evidence.ledger.note.NoteSignature;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.SignerKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What signs the checkpoints of a ledger.
///
/// @param log the log's own key, whose name is the log's origin
/// @param others further keys whose signatures each checkpoint gets, such as one of ML-DSA-44
public record LedgerKeys(SignerKey log, List<SignerKey> others) {
  /// Copies the list.
  public LedgerKeys {
    others = List.copyOf(others);
  }

  /// The log's key alone.
  public LedgerKeys(SignerKey log) {
    this(log, List.of());
  }

  /// The log's name.
  String origin() {
    return log.verifier().name();
  }

  /// Signs a checkpoint, the log's signature first.
  OpenedCheckpoint sign(Checkpoint checkpoint, Instant now) {
    String text = checkpoint.text();
    List<NoteSignature> signatures = new ArrayList<>();
    signatures.add(log.sign(text, now));
    others.forEach(key -> signatures.add(key.sign(text, now)));
    try {
      // Verified once more: what went wrong in a signature must not replace a good checkpoint.
      return OpenedCheckpoint.open(new Note(text, signatures), "checkpoint", log.verifier());
    } catch (FormatException | CheckFailed e) {
      throw new IllegalStateException("signed what does not verify", e);
    }
  }
}
