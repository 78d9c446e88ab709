package dev.vidimus.evidence.ledger.note;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.util.List;

/// A checkpoint whose log signed it: only [#open] makes one.
public final class OpenedCheckpoint {
  private final Checkpoint checkpoint;
  private final Note note;

  private OpenedCheckpoint(Checkpoint checkpoint, Note note) {
    this.checkpoint = checkpoint;
    this.note = note;
  }

  /// Reads a stored checkpoint and requires the log's signature.
  ///
  /// @param source its name in errors
  /// @param log the log's key, whose name is also the origin that is expected
  /// @throws FormatException if it is no note or no checkpoint
  /// @throws CheckFailed if the log did not sign it, or it is another log's
  public static OpenedCheckpoint open(byte[] bytes, String source, VerifierKey log)
      throws FormatException, CheckFailed {
    return open(Note.parse(bytes, source), source, log);
  }

  /// Requires the log's signature under a checkpoint.
  ///
  /// @throws FormatException if it is no checkpoint
  /// @throws CheckFailed if the log did not sign it, or it is another log's
  public static OpenedCheckpoint open(Note note, String source, VerifierKey log)
      throws FormatException, CheckFailed {
    note.requireSignedBy(List.of(log));
    Checkpoint checkpoint = Checkpoint.parse(note.text(), source);
    if (!checkpoint.origin().equals(log.name())) {
      throw new CheckFailed("checkpoint origin", log.name(), checkpoint.origin());
    }
    return new OpenedCheckpoint(checkpoint, note);
  }

  /// Requires that so many of these witnesses cosigned it; two keys of one name are one witness.
  ///
  /// @param quorum how many witnesses at least; 0 asks for none
  /// @throws CheckFailed if there are fewer, or one of their signatures is wrong
  public void requireWitnesses(List<VerifierKey> witnesses, int quorum) throws CheckFailed {
    if (quorum > 0) {
      long found =
          note.requireSignedBy(witnesses).stream().map(VerifierKey::name).distinct().count();
      if (found < quorum) {
        throw new CheckFailed("witnesses", "at least " + quorum, String.valueOf(found));
      }
    }
  }

  /// What the log committed to.
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /// The whole note, with all signatures.
  public Note note() {
    return note;
  }
}
