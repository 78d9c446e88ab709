package dev.vidimus.registry.change;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.Entry;
import dev.vidimus.evidence.ledger.Ledger;
import dev.vidimus.evidence.ledger.LogReader;
import dev.vidimus.evidence.ledger.PosixStorage;
import dev.vidimus.evidence.ledger.Storage;
import dev.vidimus.evidence.ledger.tlog.TileSource;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.projection.Projection;
import dev.vidimus.registry.store.Database;
import dev.vidimus.registry.store.Readers;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes changes one after the other, whoever asks and from whichever process:
///
/// 1. take the lock of the database, 2. bring the tables to the log's head, 3. check the
/// preconditions, 4. append to the log, durably under a signed checkpoint, 5. bring the tables
/// there, 6. commit.
///
/// A crash before 4 leaves nothing. A crash after it leaves a log that is ahead of the tables, and
/// the next change or question begins with 2.
public final class Changes {
  private final Home home;
  private final Database database;
  private final KeyRing keys;
  private final InstantSource clock;
  private volatile @Nullable Readers readers;
  private final Guard guard;

  /// @param guard of every statement that is to be logged
  public Changes(Home home, Database database, KeyRing keys, InstantSource clock, Guard guard) {
    this.home = home;
    this.database = database;
    this.keys = keys;
    this.clock = clock;
    this.guard = guard;
  }

  /// Makes a change.
  ///
  /// @return its answer, once it is durable
  /// @throws CheckFailed if a precondition does not hold, or the log was tampered with
  public <T> T make(Change<T> change) throws IOException, FormatException, CheckFailed {
    try (Database.Transaction transaction = database.change()) {
      T answer = write(transaction.sql(), change);
      // Only now that the ledger is let go: whoever waits for the transaction's end takes it next.
      transaction.commit();
      return answer;
    }
  }

  private <T> T write(Sql sql, Change<T> change) throws IOException, FormatException, CheckFailed {
    try (PosixStorage storage = PosixStorage.exclusive(home.ledger());
        Ledger ledger = Ledger.open(storage, keys.log(), clock)) {
      Projection projection = new Projection(sql, storage);
      projection.catchUp(reader(storage));
      Session session =
          new Session(
              sql,
              clock.instant().truncatedTo(ChronoUnit.SECONDS),
              guard,
              (blobs, entries, envelopes) -> {
                for (Map.Entry<Digest, byte[]> blob : blobs.entrySet()) {
                  storage.putIfAbsent(Entry.envelopePath(blob.getKey()), blob.getValue());
                }
                ledger.append(entries, envelopes);
                try {
                  projection.catchUp(reader(storage));
                } catch (FormatException e) {
                  throw new IllegalStateException("logged what cannot be read", e);
                }
              });
      T answer = change.make(session);
      session.flush();
      return answer;
    }
  }

  /// Changes what is not evidence, and therefore not in the log.
  ///
  /// @return its answer, once it is durable
  public <T extends @Nullable Object> T keep(Kept<T> kept) throws IOException {
    try (Database.Transaction transaction = database.change()) {
      T answer = kept.of(transaction.sql());
      transaction.commit();
      return answer;
    }
  }

  /// Keeps connections for questions open from now on.
  ///
  /// @param readers are closed by the caller
  public void keepOpen(Readers readers) {
    this.readers = readers;
  }

  /// Answers from the tables, as of the log's head at this moment.
  ///
  /// @param question is asked once
  public <T extends @Nullable Object> T ask(Asked<T> question)
      throws IOException, FormatException, CheckFailed {
    Readers open = readers;
    if (open == null) {
      try (Sql sql = read()) {
        return question.of(sql);
      }
    }
    Sql sql = open.take();
    try {
      if (!isCurrent(sql)) {
        make(session -> true);
      }
      return question.of(sql);
    } finally {
      open.give(sql);
    }
  }

  /// A connection for questions, as of the log's head at this moment.
  private Sql read() throws IOException, FormatException, CheckFailed {
    Sql sql = null;
    if (database.isShared() || Files.exists(home.database())) {
      sql = database.read();
      if (isCurrent(sql)) {
        return sql;
      }
      sql.close();
    }
    make(session -> true);
    return database.read();
  }

  private boolean isCurrent(Sql sql) throws IOException, FormatException, CheckFailed {
    byte[] checkpoint = log().get(Storage.CHECKPOINT);
    try {
      // Byte for byte the one that was verified when the tables were brought there: to verify its
      // signature once more says nothing new, and costs a third of a question's time.
      if (!Database.isCurrent(sql)) {
        return false;
      }
      if (checkpoint != null && Projection.isAt(sql, checkpoint)) {
        return true;
      }
    } catch (IOException e) {
      return false; // no tables yet, or older ones
    }
    return Projection.index(sql) == reader(log()).checkpoint().checkpoint().size();
  }

  /// The entries and envelopes, for reading.
  public TileSource log() {
    return PosixStorage.reader(home.ledger());
  }

  /// The log as of its head.
  public LogReader reader(TileSource log) throws IOException, FormatException, CheckFailed {
    return LogReader.open(log, keys.logVerifier());
  }

  /// Makes the tables again from the log alone; others see the old ones until it is done.
  ///
  /// @return how many entries there are
  public long rebuild() throws IOException, FormatException, CheckFailed {
    try (Database.Transaction transaction = database.change()) {
      transaction.clear();
      new Projection(transaction.sql(), log()).catchUp(reader(log()));
      long size = Projection.index(transaction.sql());
      transaction.commit();
      return size;
    }
  }
}
