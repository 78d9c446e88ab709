package dev.vidimus.formats.git;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class DeltaTest {
  private static final byte[] BASE = "abcdefgh".getBytes(US_ASCII);

  @Test
  void copiesAndNewDataMakeTheResult() throws Exception {
    // Base of 8, result of 6: copy 3 bytes from 2, insert "XY", copy 1 byte from 0.
    byte[] delta = {8, 6, (byte) 0x91, 2, 3, 2, 'X', 'Y', (byte) 0x90, 1};
    assertThat(new String(applied(delta), US_ASCII)).isEqualTo("cdeXYa");
    assertThat(Delta.resultSize(delta, "p")).isEqualTo(6);
  }

  @Test
  void aCopyOfLengthZeroMeansSixtyFourKibibytes() {
    assertMalformed(new byte[] {8, 6, (byte) 0x80}, "reaches past the base or the result");
  }

  @Test
  void copiesStayInsideTheBase() {
    assertMalformed(new byte[] {8, 3, (byte) 0x91, 6, 3}, "reaches past the base");
    byte[] far = {8, 3, (byte) 0x9f, -1, -1, -1, -1, 3};
    assertMalformed(far, "reaches past the base");
  }

  @Test
  void theResultHasTheSizeThatIsDeclared() {
    assertMalformed(new byte[] {8, 3, 2, 'X', 'Y'}, "has 2 bytes, not 3");
    assertMalformed(new byte[] {8, 1, 2, 'X', 'Y'}, "reaches past");
    assertMalformed(new byte[] {7, 1, 1, 'X'}, "is 7, but the base has 8");
  }

  @Test
  void instructionZeroIsReserved() {
    assertMalformed(new byte[] {8, 1, 0}, "is 0, which is reserved");
  }

  @Test
  void aResultOverTheLimitIsNotAllocated() {
    byte[] delta = {8, -1, -1, -1, -1, 127};
    assertThatThrownBy(() -> applied(delta)).isInstanceOf(FormatException.LimitExceeded.class);
  }

  @Test
  void aSizeWithoutEndIsMalformed() {
    byte[] delta = {8, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
    assertMalformed(delta, "does not fit 63 bits");
  }

  private static byte[] applied(byte[] delta) throws IOException, FormatException {
    return Delta.applied(BASE, delta, "p", 1 << 20);
  }

  private static void assertMalformed(byte[] delta, String problem) {
    assertThatThrownBy(() -> applied(delta))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining(problem);
  }
}
