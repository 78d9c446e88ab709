package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import dev.vidimus.evidence.ledger.tlog.Consistency;
import org.jspecify.annotations.Nullable;

/// What a witness checks before it cosigns a checkpoint (c2sp.org/tlog-witness), as a pure function
/// of the request and of what it cosigned last.
///
/// The caller finds the log's key by the checkpoint's origin (404 if it knows none), and stores the
/// checkpoint before it answers [Answer.Cosign], in one transaction with the reading of `latest`:
/// otherwise two requests at once could roll the witness back.
public final class Witness {
  private Witness() {}

  /// What to answer.
  public sealed interface Answer {
    /// 200: store the checkpoint, then cosign its text.
    ///
    /// @param checkpoint the new one
    record Cosign(OpenedCheckpoint checkpoint) implements Answer {}

    /// The witness is further than the log thinks, or has seen another tree of this size: 409.
    ///
    /// @param size of the checkpoint cosigned last, which is the body of the answer
    /// @param reason for the witness's own records
    record Conflict(long size, String reason) implements Answer {}

    /// Any other refusal.
    ///
    /// @param status of the HTTP answer: 400, 403 or 422
    /// @param reason for whoever reads the answer
    record Refuse(int status, String reason) implements Answer {}
  }

  /// Checks a request, in the order of the specification.
  ///
  /// @param log key of the log whose origin the checkpoint states
  /// @param latest the log's checkpoint that was cosigned last, or null if none was
  public static Answer answer(AddCheckpoint request, VerifierKey log, @Nullable Checkpoint latest) {
    // 1. A key that is trusted for the origin signed the checkpoint; unknown keys are ignored.
    OpenedCheckpoint opened;
    try {
      opened = OpenedCheckpoint.open(request.note(), "checkpoint", log);
    } catch (CheckFailed e) {
      return new Answer.Refuse(403, String.valueOf(e.getMessage()));
    } catch (FormatException e) {
      return new Answer.Refuse(400, String.valueOf(e.getMessage()));
    }
    Checkpoint next = opened.checkpoint();
    // 2. The old size is at most the new one.
    if (request.oldSize() > next.size()) {
      return new Answer.Refuse(400, "old size " + request.oldSize() + " above " + next.size());
    }
    // 3. The old size is that of the checkpoint cosigned last.
    long known = latest == null ? 0 : latest.size();
    if (request.oldSize() != known) {
      return new Answer.Conflict(known, "old size " + request.oldSize() + " is not " + known);
    }
    // 4. At the same size, the root is the same.
    if (latest != null && next.size() == known && !next.root().equals(latest.root())) {
      return new Answer.Conflict(known, "two roots at size " + known);
    }
    // 5. The proof leads from the old tree to the new one; nothing is to be proved from size 0.
    try {
      if (latest == null || known == 0) {
        if (!request.proof().isEmpty()) {
          return new Answer.Refuse(422, "a proof from size 0");
        }
      } else {
        Consistency.require(known, next.size(), latest.root(), next.root(), request.proof());
      }
    } catch (CheckFailed e) {
      return new Answer.Refuse(422, String.valueOf(e.getMessage()));
    }
    return new Answer.Cosign(opened);
  }
}
