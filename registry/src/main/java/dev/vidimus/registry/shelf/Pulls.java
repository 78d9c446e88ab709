package dev.vidimus.registry.shelf;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Who pulled what. No two rows of one server have the same time.
public final class Pulls {
  /// Rows of a page at most.
  public static final int MOST = 1_000;

  /// All texts of one length, so that they sort.
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final Sql sql;

  public Pulls(Sql sql) {
    this.sql = sql;
  }

  /// Adds one.
  public void add(Pull pull) throws IOException {
    sql.run(
        "INSERT INTO pull (time, token, person, name, environment, snapshot, revision, path,"
            + " status, reason, bytes, agent) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        MICROS.format(pull.time()),
        pull.token(),
        pull.person(),
        pull.name(),
        pull.environment(),
        pull.snapshot(),
        pull.revision(),
        pull.path(),
        pull.status(),
        pull.reason(),
        pull.bytes(),
        pull.agent());
  }

  /// What is wanted; null stands for any.
  ///
  /// @param snapshot digest of what was pulled
  /// @param name of the repository
  /// @param token by its id
  /// @param before a time as a row has it: only older ones
  public record Wanted(
      @Nullable String snapshot,
      @Nullable String name,
      @Nullable String token,
      @Nullable String before) {}

  /// One page, the newest first.
  ///
  /// @param pulls of it
  /// @param next `before` of the next page; empty if this is the last
  public record Page(List<Pull> pulls, String next) {}

  /// A page of what is wanted.
  ///
  /// @param limit rows of the page; 1 to [#MOST]
  public Page page(Wanted wanted, int limit) throws IOException {
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    List<@Nullable Object> values = new ArrayList<>();
    add(where, values, " AND snapshot = ?", wanted.snapshot());
    add(where, values, " AND name = ?", wanted.name());
    add(where, values, " AND token = ?", wanted.token());
    add(where, values, " AND time < ?", wanted.before());
    values.add((long) limit + 1);
    List<Pull> pulls =
        sql.all(
            "SELECT time, token, person, name, environment, snapshot, revision, path, status,"
                + " reason, bytes, agent FROM pull"
                + where
                + " ORDER BY time DESC LIMIT ?",
            Pulls::of,
            values.toArray());
    boolean more = pulls.size() > limit;
    List<Pull> page = more ? pulls.subList(0, limit) : pulls;
    return new Page(page, more ? MICROS.format(page.getLast().time()) : "");
  }

  private static void add(
      StringBuilder where, List<@Nullable Object> values, String term, @Nullable String value) {
    if (value != null) {
      where.append(term);
      values.add(value);
    }
  }

  private static Pull of(Sql.Row row) throws SQLException {
    return new Pull(
        Instant.parse(row.text(1)),
        row.text(2),
        row.text(3),
        row.text(4),
        row.text(5),
        row.text(6),
        row.text(7),
        row.text(8),
        (int) row.number(9),
        row.text(10),
        row.number(11),
        row.text(12));
  }
}
