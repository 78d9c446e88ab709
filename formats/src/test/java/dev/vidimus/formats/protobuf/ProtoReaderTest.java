package dev.vidimus.formats.protobuf;

import static dev.vidimus.testkit.ProtoForger.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.testkit.ProtoForger;
import org.junit.jupiter.api.Test;

class ProtoReaderTest {
  private static ProtoReader reader(ProtoForger message) {
    return new ProtoReader(Bytes.of(message.bytes()), "m.pb");
  }

  @Test
  void fieldsComeInTheOrderOfTheirBytes() throws Exception {
    ProtoReader proto = reader(message().number(1, 300).text(2, "a").number(3, -1));
    assertThat(proto.next("m")).isTrue();
    assertThat(proto.tag()).isEqualTo(1 << 3);
    assertThat(proto.value()).isEqualTo(300);
    assertThat(proto.next("m")).isTrue();
    assertThat(proto.text("t", 10)).isEqualTo("a");
    assertThat(proto.next("m")).isTrue();
    assertThat(proto.value()).isEqualTo(-1);
    assertThat(proto.next("m")).isFalse();
  }

  @Test
  void aMessageIsEnteredAndLeft() throws Exception {
    ProtoReader proto = reader(message().inside(1, message().number(7, 7)).number(2, 2));
    proto.next("m");
    proto.enter("inner");
    assertThat(proto.next("inner")).isTrue();
    assertThat(proto.value()).isEqualTo(7);
    assertThat(proto.next("inner")).isFalse();
    proto.leave();
    assertThat(proto.next("m")).isTrue();
    assertThat(proto.value()).isEqualTo(2);
  }

  @Test
  void aMessageMayBeLeftBeforeItsEnd() throws Exception {
    ProtoReader proto = reader(message().inside(1, message().number(7, 7)).number(2, 2));
    proto.next("m");
    proto.enter("inner");
    proto.leave();
    proto.next("m");
    assertThat(proto.value()).isEqualTo(2);
  }

  @Test
  void aLengthOverTheMessageAroundItIsMalformedThoughTheFileIsLonger() throws Exception {
    ProtoReader proto = reader(message().bytes(1, (byte) 0x12, (byte) 5).text(2, "behind"));
    proto.next("m");
    proto.enter("inner");
    assertThatThrownBy(() -> proto.next("inner"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessage(
            "m.pb: inner at byte 2 (0x2): declares a field of 5 bytes but 0 follow in the message");
  }

  @Test
  void aLengthOfAllOnesIsMalformedNotMinusOne() {
    ProtoForger bad =
        message().raw(0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
    assertThatThrownBy(() -> reader(bad).next("m"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("declares a field of 18446744073709551615 bytes but 0 follow");
  }

  @Test
  void aNumberThatDoesNotEndIsMalformed() {
    ProtoForger bad =
        message().raw(0x08, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01);
    assertThatThrownBy(() -> reader(bad).next("m"))
        .hasMessageContaining("has a number of more than 10 bytes");
  }

  @Test
  void fieldZeroIsMalformed() {
    assertThatThrownBy(() -> reader(message().raw(0x00, 0x00)).next("m"))
        .hasMessageContaining("has a field with the tag 0");
  }

  @Test
  void aGroupIsPassedOver() throws Exception {
    ProtoReader proto = reader(message().raw(0x0b, 0x10, 0x05, 0x0c).number(2, 2));
    assertThat(proto.next("m")).isTrue();
    assertThat(proto.next("m")).isTrue();
    assertThat(proto.value()).isEqualTo(2);
  }

  @Test
  void aGroupThatDoesNotEndIsMalformed() {
    assertThatThrownBy(() -> reader(message().raw(0x0b, 0x10, 0x05)).next("m"))
        .isInstanceOf(FormatException.Malformed.class)
        .hasMessageContaining("is cut off");
  }

  @Test
  void groupsNestedWithoutEndAreOverALimit() {
    ProtoForger bad = message();
    for (int i = 0; i < 101; i++) {
      bad.raw(0x0b);
    }
    assertThatThrownBy(() -> reader(bad).next("m"))
        .isInstanceOf(FormatException.LimitExceeded.class)
        .hasMessageContaining("groups nested deeper than 100");
  }
}
