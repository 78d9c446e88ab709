package dev.vidimus.scan.python;

import static dev.vidimus.scan.WholeScan.report;
import static dev.vidimus.scan.WholeScan.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.testkit.ZipForger;
import dev.vidimus.testkit.ZipMember;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TorchMobileScannerTest {
  @Test
  void operatorsOfTheMobileInterpreterAreJudged() throws IOException {
    assertThat(rules(report("m.ptl", archive("aten::save")))).contains("VID-TORCHSCRIPT-001");
    assertThat(rules(report("m.ptl", archive("evil::run")))).contains("VID-TORCHSCRIPT-002");
  }

  @Test
  void ordinaryOperatorsAreQuiet() throws IOException {
    assertThat(rules(report("m.ptl", archive("aten::add")))).isEmpty();
  }

  /// `("forward", (("operators", ((operator, ""),)),))`, as PyTorch pickles it.
  private static byte[] archive(String operator) {
    String bytecode = "\200\2" + text("operators") + text(operator) + "X\0\0\0\0\206\205\206\205.";
    return ZipForger.of(
            ZipMember.of("m/data.pkl", new byte[] {(byte) 0x80, 2, 'N', '.'}),
            ZipMember.of("m/bytecode.pkl", bytecode.getBytes(StandardCharsets.ISO_8859_1)))
        .bytes();
  }

  private static String text(String value) {
    return "X" + (char) value.length() + "\0\0\0" + value;
  }
}
