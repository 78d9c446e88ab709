package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.home.KeyRing;
import dev.vidimus.registry.intake.LocalSource;
import dev.vidimus.registry.lifecycle.Actor;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.registry.store.Database;
import dev.vidimus.registry.store.Sql;
import dev.vidimus.scan.Meter;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSetMetaData;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The registry over a real PostgreSQL.
@Tag("client")
class PostgresTest {
  @TempDir Path folder;

  private Registry open(String address) {
    return Registry.open(
        new Home(folder.resolve("home")), address, "test", 2, InstantSource.system());
  }

  private Registry.Admitted admit(Registry registry, String submitter, String name, String content)
      throws Exception {
    Path file = Files.createDirectories(folder.resolve(name)).resolve("notes.txt");
    Files.writeString(file, content);
    return registry.admit(
        new Registry.Request(submitter, name, "sandbox"),
        staging -> LocalSource.fetch(file, file.toString(), staging),
        new Meter());
  }

  @Test
  void holdsWhatTheEmbeddedOneHolds() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String address = postgres.getJdbcUrl("postgres", "postgres");
      Registry registry = open(address);
      String admin = registry.init("admin", null);
      Actor actor = new Actor(admin, new KeyRing(registry.home()).person(admin, null));
      String alice = registry.enrol(actor, "alice", List.of(Role.REVIEWER), false, null, null);
      assertThat(admit(registry, admin, "m", "first").decision().promoted()).isTrue();
      Actor reviewer = new Actor(alice, new KeyRing(registry.home()).person(alice, null));
      registry.answer(reviewer, "m", "internal", false, "read it");
      registry.deploy(admin, "m", "sandbox", "w", null);
      List<Impact.Running> running = registry.ask(sql -> new Impact(sql).running());
      assertThat(running).hasSize(1);
      Map<String, List<String>> before = registry.ask(PostgresTest::dump);
      registry.rebuild();
      assertTables(registry, before);
      Registry embedded = open("");
      assertTables(embedded, before);
    }
  }

  @Test
  void manyAtOnceLoseNothing() throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        ExecutorService threads = Executors.newFixedThreadPool(4)) {
      String address = postgres.getJdbcUrl("postgres", "postgres");
      String admin = open(address).init("admin", null);
      List<Callable<Long>> work = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        String content = "content " + i;
        String place = "place" + i;
        work.add(() -> admit(open(address), admin, place, content).artifact().version());
      }
      for (Future<Long> done : threads.invokeAll(work)) {
        assertThat(done.get()).isEqualTo(1);
      }
      Registry registry = open(address);
      long artifacts = registry.ask(sql -> sql.number("SELECT count(*) FROM artifact"));
      assertThat(artifacts).isEqualTo(40);
      List<Chain.Version> versions = registry.ask(sql -> new Chain(sql).versions("place7"));
      assertThat(versions).hasSize(1);
      Map<String, List<String>> before = registry.ask(PostgresTest::dump);
      registry.rebuild();
      assertTables(registry, before);
    }
  }

  private static void assertTables(Registry registry, Map<String, List<String>> expected)
      throws Exception {
    Map<String, List<String>> found = registry.ask(PostgresTest::dump);
    assertThat(found).isEqualTo(expected);
  }

  /// Every row of every table of the projection, in an order that both databases share.
  private static Map<String, List<String>> dump(Sql sql) throws IOException {
    Map<String, List<String>> tables = new TreeMap<>();
    for (String table : Database.PROJECTED) {
      List<String> rows =
          new ArrayList<>(
              sql.all(
                  "SELECT * FROM " + table,
                  row -> {
                    ResultSetMetaData columns = row.result().getMetaData();
                    StringBuilder text = new StringBuilder();
                    for (int i = 1; i <= columns.getColumnCount(); i++) {
                      text.append(columns.getColumnName(i)).append('=').append(row.textOrNull(i));
                      text.append('|');
                    }
                    return text.toString();
                  }));
      rows.sort(null);
      tables.put(table, rows);
    }
    return tables;
  }
}
