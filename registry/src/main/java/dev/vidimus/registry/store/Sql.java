package dev.vidimus.registry.store;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Statements over one connection, by value: texts, numbers and nulls in, rows out. Prepared
/// statements are kept for the connection's life. Not thread-safe.
public final class Sql implements AutoCloseable {
  private final Connection connection;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private boolean failed;

  Sql(Connection connection) {
    this.connection = connection;
  }

  /// Reads one row.
  @FunctionalInterface
  public interface Mapper<T> {
    T map(Row row) throws SQLException;
  }

  /// One row of a result; columns count from 1.
  ///
  /// @param result positioned on the row
  public record Row(ResultSet result) {
    public String text(int column) throws SQLException {
      String text = result.getString(column);
      return text == null ? "" : text;
    }

    public @Nullable String textOrNull(int column) throws SQLException {
      return result.getString(column);
    }

    public long number(int column) throws SQLException {
      return result.getLong(column);
    }

    public @Nullable Long numberOrNull(int column) throws SQLException {
      long number = result.getLong(column);
      return result.wasNull() ? null : number;
    }

    public boolean flag(int column) throws SQLException {
      return result.getLong(column) != 0;
    }
  }

  /// Changes rows.
  ///
  /// @return how many
  public int run(String sql, @Nullable Object... values) throws IOException {
    try {
      return statement(sql, values).executeUpdate();
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Reads all rows.
  public <T> List<T> all(String sql, Mapper<T> mapper, @Nullable Object... values)
      throws IOException {
    return read(sql, mapper, Integer.MAX_VALUE, values);
  }

  private <T> List<T> read(String sql, Mapper<T> mapper, int most, @Nullable Object... values)
      throws IOException {
    List<T> rows = new ArrayList<>();
    try (ResultSet result = statement(sql, values).executeQuery()) {
      Row row = new Row(result);
      while (rows.size() < most && result.next()) {
        rows.add(mapper.map(row));
      }
      return rows;
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  /// Reads the first row, or null if there is none.
  public <T> @Nullable T first(String sql, Mapper<T> mapper, @Nullable Object... values)
      throws IOException {
    List<T> rows = read(sql, mapper, 1, values);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  /// A number of the first row; 0 if there is none.
  public long number(String sql, @Nullable Object... values) throws IOException {
    Long number = first(sql, row -> row.number(1), values);
    return number == null ? 0 : number;
  }

  /// A point inside a transaction: what is changed after it is undone when it closes, unless it is
  /// kept before.
  public final class Savepoint implements AutoCloseable {
    private boolean kept;

    private Savepoint() throws IOException {
      once("SAVEPOINT whole");
    }

    /// Lets the changes stand, if the transaction does.
    public void keep() {
      kept = true;
    }

    @Override
    public void close() throws IOException {
      if (!kept) {
        once("ROLLBACK TO SAVEPOINT whole");
      }
      once("RELEASE SAVEPOINT whole");
    }
  }

  /// Begins changes that stand together or not at all.
  public Savepoint savepoint() throws IOException {
    return new Savepoint();
  }

  /// Runs a statement that has no values and is not kept.
  void once(String sql) throws IOException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw failed(sql, e);
    }
  }

  private PreparedStatement statement(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Boolean truth) {
        statement.setLong(i + 1, truth ? 1 : 0);
      } else if (value instanceof Number number) {
        statement.setLong(i + 1, number.longValue());
      } else {
        statement.setString(i + 1, value == null ? null : value.toString());
      }
    }
    return statement;
  }

  /// Whether a statement failed, after which nobody should use the connection again.
  boolean hasFailed() {
    return failed;
  }

  private IOException failed(String sql, SQLException e) {
    failed = true;
    return new IOException("database: " + e.getMessage() + " in: " + sql.strip(), e);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IOException("database: " + e.getMessage(), e);
    }
  }
}
