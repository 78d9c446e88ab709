package dev.vidimus.evidence.ledger;

import dev.vidimus.evidence.ledger.tlog.TileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The files of a ledger for reading only. After a crash they may be broken, or older than their
/// checkpoint, until somebody has recovered them from the journal; nothing is read before.
final class RecoveredFiles implements TileSource {
  private final Path folder;
  private final Predicate<Path> mayWrite;
  private volatile boolean recovered;

  RecoveredFiles(Path folder) {
    this(folder, Files::isWritable);
  }

  /// @param mayWrite whether this user may write the files of a folder, which recovery needs
  RecoveredFiles(Path folder, Predicate<Path> mayWrite) {
    this.folder = folder;
    this.mayWrite = mayWrite;
  }

  /// @throws IOException also if a recovery is pending that we may not do, or that fails
  @Override
  public byte @Nullable [] get(String path) throws IOException {
    if (!recovered) {
      recover();
    }
    return FolderFiles.read(folder.resolve(path));
  }

  /// Others of our readers wait here.
  private synchronized void recover() throws IOException {
    while (!recovered && WriteAhead.isIn(folder) && WriterLock.isAbandoned(folder)) {
      if (!WriteAhead.isIn(folder)) {
        break; // whoever wrote ended meanwhile, and left nothing to recover
      }
      if (!mayWrite.test(folder)) {
        throw new IOException(
            folder
                + ": recovery pending: a crash left a journal, and this user may not write its"
                + " files; open the ledger for writing first");
      }
      WriterLock lock = WriterLock.takeIfFree(folder);
      if (lock != null) {
        PosixStorage.open(lock, folder).close();
      }
    }
    recovered = true;
  }
}
