package dev.vidimus.evidence.sigstore.rekor;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.tlog.Inclusion;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import dev.vidimus.evidence.trust.TransparencyLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Requires that a log has the entry of a signature.
public final class LogVerifier {
  private static final String PROMISE = "log promise";
  private static final String PROOF = "inclusion proof";

  /// The end of the year 9999, in seconds since 1970: the last time that certificates can state.
  private static final long LATEST = 253_402_300_799L;

  private LogVerifier() {}

  /// Requires the log's promise, where there is one.
  ///
  /// @return the time at which the log took the entry, or null if it does not vouch for any
  /// @throws CheckFailed if there is a promise and it is not the log's
  public static @Nullable Instant promisedTime(LogEntry entry, TransparencyLog log)
      throws CheckFailed, FormatException {
    byte[] promise = entry.promise();
    if (promise == null) {
      return null;
    }
    // The canonical JSON of RFC 8785: members by name, all of them plain ASCII.
    String signed =
        new JsonWriter()
            .object()
            .name("body")
            .string(Base64.getEncoder().encodeToString(entry.body()))
            .name("integratedTime")
            .number(entry.integratedTime())
            .name("logID")
            .string(entry.logId().hex())
            .name("logIndex")
            .number(entry.index())
            .endObject()
            .toString();
    log.key().require(PROMISE, signed.getBytes(StandardCharsets.US_ASCII), promise);
    if (entry.integratedTime() <= 0 || entry.integratedTime() > LATEST || entry.index() < 0) {
      throw new CheckFailed(
          PROMISE,
          "a time and an index",
          "time " + entry.integratedTime() + ", index " + entry.index());
    }
    return Instant.ofEpochSecond(entry.integratedTime());
  }

  /// Requires that the entry is in a tree that the log signed.
  ///
  /// @param isNeeded whether a promise is not enough
  /// @return how many signatures of others are under the checkpoint, which nobody verified; empty
  /// if there was no proof with a checkpoint
  public static OptionalInt requireIncluded(LogEntry entry, TransparencyLog log, boolean isNeeded)
      throws CheckFailed, FormatException {
    InclusionProof proof = entry.proof();
    String note = proof == null ? null : proof.checkpoint();
    if (proof == null || note == null) {
      if (isNeeded) {
        throw new CheckFailed(
            PROOF,
            "a proof with a signed checkpoint",
            proof == null ? "no proof" : "a proof without a checkpoint");
      }
      return OptionalInt.empty();
    }
    LogCheckpoint opened = LogCheckpoint.open(note, log);
    Checkpoint checkpoint = opened.checkpoint();
    if (proof.size() != checkpoint.size() || !proof.root().equals(checkpoint.root())) {
      throw new CheckFailed(
          PROOF,
          "size and root of the signed checkpoint, " + checkpoint.size() + " " + checkpoint.root(),
          proof.size() + " " + proof.root());
    }
    Inclusion.require(
        Merkle.leaf(entry.body()),
        proof.index(),
        checkpoint.size(),
        proof.path(),
        checkpoint.root());
    return OptionalInt.of(opened.others());
  }

  /// Requires that the entry is about this signature.
  public static void requireAbout(LogEntry entry, SignedContent content)
      throws CheckFailed, FormatException, IOException {
    EntryBody.require(entry, content);
  }

  /// Requires that the log was trusted at a time.
  public static void requireTrusted(TransparencyLog log, Instant at) throws CheckFailed {
    if (!log.validity().contains(at)) {
      throw new CheckFailed(
          "log",
          "a time when the log " + log.url() + " was trusted, " + log.validity(),
          at.toString());
    }
  }
}
