package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Artifacts page by page, the newest first.
public final class Listing {
  /// Artifacts of a page at most.
  public static final int MOST = 200;

  private final Sql sql;

  public Listing(Sql sql) {
    this.sql = sql;
  }

  /// One page.
  ///
  /// @param artifacts of it
  /// @param next cursor of the next page; empty if this is the last
  public record Page(List<Artifact> artifacts, String next) {}

  /// A page of all artifacts that fit.
  ///
  /// @param state their state by its word, or null for any
  /// @param words part of the name, or null for any
  /// @param before cursor of the page: the index of an entry; below 0 for the first page
  /// @param limit artifacts of the page; 1 to [#MOST]
  public Page artifacts(@Nullable String state, @Nullable String words, long before, int limit)
      throws IOException {
    StringBuilder where = new StringBuilder(" WHERE 1 = 1");
    List<@Nullable Object> values = new ArrayList<>();
    if (state != null) {
      where.append(" AND a.state = ?");
      values.add(state);
    }
    if (words != null) {
      where.append(" AND a.name LIKE ? ESCAPE '!'");
      values.add("%" + words.replace("!", "!!").replace("%", "!%").replace("_", "!_") + "%");
    }
    if (before >= 0) {
      where.append(" AND a.idx < ?");
      values.add(before);
    }
    values.add((long) limit + 1);
    record Row(Artifact artifact, long index) {}
    List<Row> rows =
        sql.all(
            "SELECT "
                + Artifact.COLUMNS
                + ", a.idx FROM artifact a"
                + where
                + " ORDER BY a.idx DESC LIMIT ?",
            row -> new Row(Artifact.of(row), row.number(13)),
            values.toArray());
    boolean more = rows.size() > limit;
    List<Row> page = more ? rows.subList(0, limit) : rows;
    return new Page(
        page.stream().map(Row::artifact).toList(),
        more ? Long.toString(page.getLast().index()) : "");
  }

  /// How many artifacts there are in a state.
  public long count(String state) throws IOException {
    return sql.number("SELECT count(*) FROM artifact WHERE state = ?", state);
  }
}
