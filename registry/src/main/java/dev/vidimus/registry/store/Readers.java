package dev.vidimus.registry.store;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;

/// Connections for questions that a server keeps open, with their prepared statements. A question
/// that failed takes its connection with it.
public final class Readers implements AutoCloseable {
  private final Database database;
  private final Semaphore free;
  private final Deque<Sql> idle = new ArrayDeque<>();

  /// @param most open at once; whoever comes then waits
  public Readers(Database database, int most) {
    this.database = database;
    this.free = new Semaphore(most, true);
  }

  /// A connection that the caller has alone, until it is given back or dropped.
  public Sql take() throws IOException {
    free.acquireUninterruptibly();
    try {
      Sql sql;
      synchronized (idle) {
        sql = idle.pollFirst();
      }
      return sql != null ? sql : database.read();
    } catch (IOException | RuntimeException e) {
      free.release();
      throw e;
    }
  }

  /// Gives a connection back; one that failed is closed.
  public void give(Sql sql) throws IOException {
    free.release();
    if (sql.hasFailed()) {
      sql.close();
      return;
    }
    synchronized (idle) {
      idle.addFirst(sql);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (idle) {
      while (!idle.isEmpty()) {
        idle.removeFirst().close();
      }
    }
  }
}
