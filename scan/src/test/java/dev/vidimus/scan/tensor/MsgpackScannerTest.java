package dev.vidimus.scan.tensor;

import static dev.vidimus.scan.WholeScan.report;
import static dev.vidimus.scan.WholeScan.rules;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Report;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MsgpackScannerTest {
  @Test
  void parametersOfFlaxAreQuiet() throws IOException {
    assertThat(
            rules(
                scan(
                    "\201\246params\201\241w\307\25\1\223\221\2\247float32\304\10"
                        + "\0".repeat(8))))
        .isEmpty();
  }

  @Test
  void pickledArrayOfMsgpackNumpyIsFound() throws IOException {
    assertThat(rules(scan("\202\244kind\241O\244data\304\22\200\2cos\nsystem\nU\1aR."))).hasSize(1);
  }

  @Test
  void arrayInsideAnExtensionThatDoesNotFitIsBroken() throws IOException {
    assertThat(rules(scan("\307\4\1\223\221\2\247"))).containsExactly("VID-MSGPACK-001");
  }

  private static Report scan(String bytes) throws IOException {
    return report("flax_model.msgpack", bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
