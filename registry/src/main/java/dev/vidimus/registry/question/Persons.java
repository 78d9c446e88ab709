package dev.vidimus.registry.question;

import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who is known.
public final class Persons {
  private final Sql sql;

  public Persons(Sql sql) {
    this.sql = sql;
  }

  /// Somebody.
  ///
  /// @param id opaque
  /// @param roles by their words
  /// @param service whether it is a machine
  /// @param removed whether they may do nothing any more
  /// @param key PEM of the public key
  public record Person(
      String id, List<String> roles, boolean service, boolean removed, String key) {}

  /// Everyone, in the order in which they came.
  public List<Person> all() throws IOException {
    return sql.all(
        "SELECT id, roles, service, removed, key FROM person ORDER BY idx, id",
        row ->
            new Person(
                row.text(1),
                List.of(row.text(2).split(",", -1)),
                row.flag(3),
                row.flag(4),
                row.text(5)));
  }

  /// Somebody by their id, or null.
  public @Nullable Person byId(String id) throws IOException {
    return all().stream().filter(person -> person.id().equals(id)).findFirst().orElse(null);
  }
}
