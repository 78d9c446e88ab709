package dev.vidimus.formats.msgpack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MsgpackReaderTest {
  @Test
  void bytesAndExtensionsAreToldWithTheirPlaces() throws Exception {
    assertThat(read("82 a161 c402 0102 a162 c7030a ffffff"))
        .containsExactly("bytes 5+2", "extension 10 12+3");
  }

  @Test
  void everyTypeHasItsSize() throws Exception {
    String all =
        "dc000e 7f ff c0 c3 ca00000000 cb0000000000000000 cc00 cd0000 ce00000000 cf0000000000000000"
            + " d000 d9026162 d4 05 00 de0000";
    assertThat(read(all)).containsExactly("extension 5 48+1");
  }

  @Test
  void valuesMayFollowOneAnother() throws Exception {
    assertThat(read("9101 80 c0")).isEmpty();
  }

  @Test
  void countOfMoreValuesThanBytesIsMalformed() {
    assertThatThrownBy(() -> read("dd7fffffff"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("declares 2147483647 values but 0 bytes follow");
  }

  @ParameterizedTest
  @ValueSource(strings = {"92 01", "a3 61", "c1", "c6 ffffffff 00", "81 a161"})
  void whatDoesNotFitIsMalformed(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(FormatException.Malformed.class);
  }

  @Test
  void deepNestingIsOverTheLimit() {
    assertThatThrownBy(() -> read("91".repeat(600) + "c0"))
        .isInstanceOf(FormatException.LimitExceeded.class);
  }

  private static List<String> read(String hex) throws IOException, FormatException {
    List<String> heard = new ArrayList<>();
    byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
    MsgpackReader.read(
        Bytes.of(bytes),
        "test",
        new MsgpackListener() {
          @Override
          public void bytes(long offset, long length) {
            heard.add("bytes " + offset + "+" + length);
          }

          @Override
          public void extension(int type, long offset, long length) {
            heard.add("extension " + type + " " + offset + "+" + length);
          }
        });
    return heard;
  }
}
