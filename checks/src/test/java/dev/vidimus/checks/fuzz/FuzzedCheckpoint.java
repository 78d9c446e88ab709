package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import java.util.List;

/// A note, its signature, and the checkpoint inside. What was read is written as it was.
final class FuzzedCheckpoint implements FuzzedReader {
  private static final String VKEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";

  private final VerifierKey key;

  FuzzedCheckpoint() {
    try {
      key = VerifierKey.parse(VKEY);
    } catch (FormatException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void read(byte[] input) {
    try {
      Note note = Note.parse(input, "fuzzed");
      Checkpoint checkpoint = Checkpoint.parse(note.text(), "fuzzed");
      if (!checkpoint.text().equals(note.text())) {
        throw new IllegalStateException("two spellings of a checkpoint");
      }
      note.requireSignedBy(List.of(key));
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
