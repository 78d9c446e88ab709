package dev.vidimus.inventory.bom;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DiscoveryTest {
  @TempDir Path folder;

  @Test
  void versionsThatAllNeedEachOtherAreNotMultipliedForEver() throws Exception {
    Bill bill = bill(1_000);
    assertThat(bill.edges().size()).isLessThan(500_010);
    assertThat(bill.completeness()).isEqualTo(Bill.INCOMPLETE);
  }

  @Test
  void someVersionsThatNeedEachOtherAreAllInTheBill() throws Exception {
    Bill bill = bill(10);
    assertThat(bill.edges().stream().filter(edge -> edge.from().startsWith("pkg:"))).hasSize(90);
    assertThat(bill.completeness()).isEqualTo("unknown");
  }

  /// A lock with this many versions of one package, each of which needs the package.
  private Bill bill(int versions) throws Exception {
    StringBuilder lock = new StringBuilder();
    for (int i = 0; i < versions; i++) {
      lock.append("a@").append(i).append(":\n  version \"").append(i);
      lock.append("\"\n  dependencies:\n    a \"*\"\n");
    }
    Files.writeString(folder.resolve("yarn.lock"), lock.toString());
    return Discovery.bill(Material.of(folder));
  }
}
