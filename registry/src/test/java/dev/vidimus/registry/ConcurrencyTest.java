package dev.vidimus.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes of several threads over one home.
class ConcurrencyTest {
  @TempDir Path folder;

  @Test
  void nothingIsLostTwiceThereOrContradictory() throws Exception {
    work(10);
  }

  @Tag("fault")
  @Test
  void thousandActsAreKept() throws Exception {
    work(125);
  }

  @Tag("client")
  @Test
  void nothingIsLostTwiceThereOrContradictoryInPostgres() throws Exception {
    workInPostgres(10);
  }

  @Tag("fault")
  @Test
  void manyActsAreKeptInPostgres() throws Exception {
    workInPostgres(Boolean.getBoolean("fuzz.long") ? 125 : 12);
  }

  private void workInPostgres(int acts) throws Exception {
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
      String address = postgres.getJdbcUrl("postgres", "postgres");
      Firm firm = Firm.begin(folder, address);
      work(firm, acts, address);
      // The embedded tables of the same ledger say the same.
      Records.requireAll(Firm.open(folder, ""), List.of());
    }
  }

  private void work(int acts) throws Exception {
    work(Firm.begin(folder), acts, "");
  }

  private void work(Firm firm, int acts, String database) throws Exception {
    firm.hireAll();
    long begin = System.nanoTime();
    List<Child> children = new ArrayList<>();
    for (String name : List.of("left", "right")) {
      children.add(Child.start(folder, name, 4, acts, database));
    }
    List<String> acknowledged = new ArrayList<>();
    for (Child child : children) {
      assertThat(child.await()).isZero();
      acknowledged.addAll(child.acknowledged());
    }
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf("%d acts in %.1f s%n", acknowledged.size(), seconds);
    assertThat(acknowledged).hasSize(8 * acts);
    Records.requireWhole(firm);
    Records.requireAll(firm, acknowledged);
    Records.requireRebuilt(firm);
  }
}
