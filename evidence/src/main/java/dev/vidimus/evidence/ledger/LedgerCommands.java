package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.OpenedCheckpoint;
import dev.vidimus.evidence.ledger.note.VerifierKey;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `vidimus ledger` does, without a command line: each method is one subcommand on the ledger
/// in one folder.
public final class LedgerCommands {
  private final Path folder;

  /// @param folder of the ledger; its parent exists
  public LedgerCommands(Path folder) {
    this.folder = folder;
  }

  /// `init`: begins a ledger.
  ///
  /// @throws StorageConflict if there is one
  public void init(LedgerKeys keys, InstantSource clock) throws IOException {
    try (PosixStorage storage = PosixStorage.exclusive(folder)) {
      Ledger.create(storage, keys, clock);
    }
  }

  /// `append`: logs envelopes, in this order.
  ///
  /// @param entries what the log will hold
  /// @param envelopes the bytes that each entry is about, as many
  /// @return a receipt for each
  public List<Receipt> append(
      LedgerKeys keys, InstantSource clock, List<Entry> entries, List<byte[]> envelopes)
      throws IOException, FormatException, CheckFailed {
    try (PosixStorage storage = PosixStorage.exclusive(folder);
        Ledger ledger = Ledger.open(storage, keys, clock)) {
      List<Receipt> receipts = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        receipts.add(ledger.prove(ledger.append(entries.get(i), envelopes.get(i)).index()));
      }
      return receipts;
    }
  }

  /// `verify`: walks over everything.
  ///
  /// @param against saved checkpoints, each the bytes of a file
  /// @return the checkpoint, all of which is as it was signed
  public OpenedCheckpoint verify(VerifierKey log, List<byte[]> against)
      throws IOException, FormatException, CheckFailed {
    List<OpenedCheckpoint> saved = new ArrayList<>();
    for (byte[] bytes : against) {
      saved.add(OpenedCheckpoint.open(bytes, "saved checkpoint", log));
    }
    return Audit.require(PosixStorage.reader(folder), log, saved);
  }

  /// `prove`: a receipt for an entry.
  public Receipt prove(VerifierKey log, long index)
      throws IOException, FormatException, CheckFailed {
    return reader(log).prove(index);
  }

  /// The index of the first entry that names an envelope, or -1.
  public long find(VerifierKey log, Digest envelope)
      throws IOException, FormatException, CheckFailed {
    long[] found = {-1};
    reader(log)
        .visit(
            0,
            (index, entry) -> {
              if (found[0] < 0 && names(entry, envelope)) {
                found[0] = index;
              }
            });
    return found[0];
  }

  /// Whether an entry is about this envelope; what is no entry is about none.
  private static boolean names(byte[] entry, Digest envelope) {
    try {
      return Entry.parse(entry, "entry").envelope().equals(envelope);
    } catch (FormatException e) {
      return false;
    }
  }

  /// The checkpoint, signed by the log.
  public OpenedCheckpoint checkpoint(VerifierKey log)
      throws IOException, FormatException, CheckFailed {
    return reader(log).checkpoint();
  }

  /// `export`: every entry, one line of JSON each, in the order of the log.
  public void export(VerifierKey log, OutputStream out)
      throws IOException, FormatException, CheckFailed {
    reader(log)
        .visit(
            0,
            (index, entry) -> {
              out.write(entry);
              out.write('\n');
            });
  }

  /// `witness-check`: what a witness has to answer to a request.
  ///
  /// @param request the body of add-checkpoint
  /// @param log key of the log that asks
  /// @param latest the note of the log that was cosigned last, or null if none was
  public static Witness.Answer witnessCheck(
      byte[] request, VerifierKey log, byte @Nullable [] latest)
      throws FormatException, CheckFailed {
    Checkpoint known =
        latest == null ? null : OpenedCheckpoint.open(latest, "latest", log).checkpoint();
    return Witness.answer(AddCheckpoint.parse(request, "request"), log, known);
  }

  private LogReader reader(VerifierKey log) throws IOException, FormatException, CheckFailed {
    return LogReader.open(PosixStorage.reader(folder), log);
  }
}
