package dev.vidimus.registry.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "0.1.2.3",
        "10.1.2.3",
        "100.64.0.1",
        "100.127.255.255",
        "127.0.0.1",
        "127.255.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.168.0.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "::ffff:127.0.0.1",
        "::7f00:1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "2001::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1"
      })
  void addressOfANetworkOfOnesOwnIsNotPublic(String address) throws IOException {
    assertThat(Reach.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "100.63.0.1",
        "100.128.0.1",
        "172.15.0.1",
        "172.32.0.1",
        "192.0.1.1",
        "198.17.0.1",
        "223.255.255.255",
        "2606:4700::1",
        "64:ff9b::101:101",
        "2002:101:101::1"
      })
  void addressOfTheInternetIsPublic(String address) throws IOException {
    assertThat(Reach.isPublic(InetAddress.getByName(address))).isTrue();
  }

  @Test
  void thisMachineIsReachedOnlyIfTheUserNamedIt() {
    URI here = URI.create("http://127.0.0.1:1/");
    URI hub = URI.create("https://1.1.1.1/");
    assertThatThrownBy(() -> Reach.of(hub, false).require(here)).isInstanceOf(Refusal.class);
    assertThatCode(() -> Reach.of(here, false).require(here)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Reach.of(here, false).require(URI.create("http://10.0.0.1/")))
        .isInstanceOf(Refusal.class);
    assertThatCode(() -> Reach.of(hub, true).require(URI.create("http://10.0.0.1/")))
        .doesNotThrowAnyException();
  }
}
