package dev.vidimus.evidence.ledger;

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

  /// `append`: logs one envelope.
  public Receipt append(LedgerKeys keys, InstantSource clock, Entry entry, byte[] envelope)
      throws IOException, FormatException, CheckFailed {
    try (PosixStorage storage = PosixStorage.exclusive(folder);
        Ledger ledger = Ledger.open(storage, keys, clock)) {
      return ledger.prove(ledger.append(entry, envelope).index());
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
