package dev.vidimus.checks.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.inventory.bom.Bill;
import dev.vidimus.inventory.bom.BillReader;
import dev.vidimus.inventory.bom.CycloneDxWriter;
import dev.vidimus.inventory.bom.SpdxWriter;
import dev.vidimus.inventory.deps.files.DependencyFile;
import dev.vidimus.inventory.deps.files.DependencyFiles;
import dev.vidimus.inventory.vex.Vex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/// Readers of bills, statements and the files of stacks: the first byte of an input chooses one.
/// Whatever the input, they end, with a result or a typed error; and a bill that was read is
/// written in both formats.
class BillFuzzTest {
  private static final List<String> FILES =
      List.of(
          "yarn.lock",
          "bun.lock",
          "pom.xml",
          "go.mod",
          "mcp.json",
          "setup.py",
          "setup.cfg",
          "a.dist-info/METADATA",
          "Modelfile");

  @FuzzTest
  void read(byte[] input) throws IOException {
    if (input.length > 0) {
      int choice = (input[0] & 0xff) % (FILES.size() + 4);
      Bytes bytes = Bytes.of(Arrays.copyOfRange(input, 1, input.length));
      try {
        if (choice < FILES.size()) {
          String name = FILES.get(choice);
          assertThat(DependencyFiles.of(name, bytes).read(bytes, name).packages()).isNotNull();
        } else if (choice == FILES.size()) {
          assertThat(Vex.read(bytes, "fuzzed")).isNotNull();
        } else if (choice == FILES.size() + 3) {
          DependencyFile hosted = DependencyFiles.of("litellm.yaml", bytes);
          assertThat(hosted.read(bytes, "litellm.yaml").packages()).isNotNull();
        } else {
          comesBack(BillReader.read(bytes, "fuzzed").bill());
        }
      } catch (FormatException e) {
        assertThat(e).hasMessageContaining(" at byte ");
      }
    }
  }

  private static void comesBack(Bill bill) throws IOException {
    try {
      String spdx = SpdxWriter.write(bill, "0");
      assertThat(read(spdx).parts()).hasSameSizeAs(bill.parts());
      assertThat(CycloneDxWriter.write(bill, "1.7", "0")).contains("bomFormat");
    } catch (FormatException e) {
      throw new AssertionError("what was written cannot be read", e);
    }
  }

  private static Bill read(String text) throws IOException, FormatException {
    return BillReader.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "written").bill();
  }
}
