package dev.vidimus.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ByteCursorTest {
  private static ByteCursor cursor(String hex) {
    return new ByteCursor(
        Bytes.of(HexFormat.of().parseHex(hex.replace("_", ""))), "model.safetensors");
  }

  @Test
  void lengthOfAllOnesIsMalformedNotMinusOne() {
    assertThatThrownBy(() -> cursor("ffffffff_ffffffff").length64("header length", Long.MAX_VALUE))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessage(
            "model.safetensors: header length at byte 0 (0x0):"
                + " declares 18446744073709551615 bytes but 0 follow");
  }

  @Test
  void lengthOverTheLimitIsNotMalformed() {
    assertThatThrownBy(() -> cursor("03000000_00000000_616263").length64("name", 2))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("declares 3 bytes, over the limit of 2");
  }

  @Test
  void numberThatIsCutOffNamesItsField() {
    assertThatThrownBy(() -> cursor("0102").u32("count"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("count at byte 0 (0x0): needs 4 bytes but 2 follow");
  }

  @Test
  void readingGoesOnAcrossTheWindow() throws Exception {
    byte[] large = new byte[200_000];
    large[65_535] = 1;
    large[65_536] = 2;
    ByteCursor cursor = new ByteCursor(Bytes.of(large), "large");
    cursor.skip("start", 65_535);
    assertThat(cursor.u16("across")).isEqualTo(0x0201);
    assertThat(cursor.position()).isEqualTo(65_537);
  }

  @Test
  void lineThatSpansTheWindowIsWhole() throws Exception {
    byte[] text =
        "x".repeat(100_000).concat("\nrest").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    ByteCursor cursor = new ByteCursor(Bytes.of(text), "text");
    assertThat(cursor.line("line", 1 << 20)).hasSize(100_000);
    assertThat(cursor.remaining()).isEqualTo(4);
  }

  @Test
  void negativeCountIsRefused() {
    assertThatThrownBy(() -> cursor("00").skip("payload", -1))
        .isInstanceOf(FormatException.Malformed.class);
  }
}
