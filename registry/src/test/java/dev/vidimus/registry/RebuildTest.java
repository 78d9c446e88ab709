package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.store.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The tables follow from the ledger alone.
class RebuildTest {
  private static final int STEPS = 300;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(longs = {20261121})
  void tablesAreTheSameWhenTheyAreMadeAgain(long seed) throws Exception {
    Firm firm = Firm.begin(folder);
    RandomWork work = new RandomWork(firm, seed);
    int done = 0;
    for (int step = 0; step < STEPS; step++) {
      done += work.step() ? 1 : 0;
    }
    assertThat(done).describedAs("steps that were not refused").isGreaterThan(STEPS / 3);
    List<String> before = Firm.dump(firm.registry());
    assertThat(firm.registry().rebuild()).isEqualTo(firm.verify());
    assertThat(Firm.dump(firm.registry())).isEqualTo(before);
    assertThat(Firm.dump(firm.open("jdbc:sqlite:" + folder.resolve("fresh.db")))).isEqualTo(before);
  }

  @Test
  void tablesOfTheFirstVersionAreMadeAnew() throws Exception {
    Firm firm = Firm.begin(folder);
    firm.admit(firm.person("sam"), "model", "{}");
    List<String> before = Firm.dump(firm.registry());
    try (Database.Transaction old = Database.embedded(firm.home().database()).change()) {
      old.sql().run("DROP INDEX inspection_idx");
      old.sql().run("DROP INDEX decision_until");
      old.sql().run("ALTER TABLE decision DROP COLUMN until");
      for (String table :
          List.of(
              "applied",
              "token",
              "secret",
              "invitation",
              "session",
              "answered",
              "job",
              "pull",
              "claim",
              "derivation",
              "model",
              "tensor",
              "login")) {
        old.sql().run("DROP TABLE " + table);
      }
      old.sql().run("UPDATE meta SET value = 1 WHERE name = 'schema'");
      old.commit();
    }
    assertThat(Firm.dump(firm.open(""))).isEqualTo(before);
  }

  @Test
  void databaseThatWasLostIsMadeAgain() throws Exception {
    Firm firm = Firm.begin(folder);
    firm.admit(firm.person("sam"), "model", "{}");
    List<String> before = Firm.dump(firm.registry());
    for (String suffix : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(firm.home().database() + suffix));
    }
    assertThat(Firm.dump(firm.registry())).isEqualTo(before);
  }
}
