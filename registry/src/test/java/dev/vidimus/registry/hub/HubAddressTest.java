package dev.vidimus.registry.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubAddressTest {
  @Test
  void configuredHubIsThePublicOneUnlessAnotherIsSaid() throws IOException {
    assertThat(HubAddress.of("hf://acme/toy", "", false).location())
        .isEqualTo("hub://huggingface.co/acme/toy@main");
    HubAddress own = HubAddress.of("hf://acme/toy@v1", "https://Hub.Test:8443/hub/", false);
    assertThat(own.hub()).hasToString("https://hub.test:8443/hub");
    assertThat(own.revision()).isEqualTo("v1");
    assertThat(own.configured()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "hub://hub.test/acme/toy, https://hub.test, true",
    "hub://HUB.test/acme/toy, https://hub.test, true",
    "hub://hub.test:443/acme/toy, https://hub.test, true",
    "hub://hub.test:444/acme/toy, https://hub.test:444, false",
    "hub://hub.test.evil.test/acme/toy, https://hub.test.evil.test, false",
    "hub://localhost:80/acme/toy, http://localhost:80, false",
    "hub://[::1]:80/acme/toy, http://[::1]:80, false",
    "hub://127.evil.test/acme/toy, https://127.evil.test, false"
  })
  void namedHubIsTheConfiguredOneOnlyIfItIsTheSame(String source, String hub, boolean configured)
      throws IOException {
    HubAddress address = HubAddress.of(source, "https://hub.test", false);
    assertThat(address.hub()).hasToString(hub);
    assertThat(address.configured()).isEqualTo(configured);
  }

  @ParameterizedTest
  @CsvSource({
    "hf://datasets/acme/words@v1, datasets/acme/words, /api/datasets/acme/words",
    "hub://hub.test/datasets/words, datasets/words, /api/datasets/words",
    "hf://acme/datasets, acme/datasets, /api/models/acme/datasets"
  })
  void datasetIsNamedByItsPrefix(String source, String repository, String api) throws IOException {
    HubAddress address = HubAddress.of(source, "", false);
    assertThat(address.repository()).isEqualTo(repository);
    assertThat(address.api()).isEqualTo(api);
  }

  @Test
  void hubWithoutTlsIsRefusedUnlessItIsAllowedOrThisMachine() throws IOException {
    assertThatThrownBy(() -> HubAddress.of("hf://acme/toy", "http://hub.test", false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("without TLS");
    assertThat(HubAddress.of("hf://acme/toy", "http://hub.test", true).hub().getScheme())
        .isEqualTo("http");
    assertThat(HubAddress.of("hub://hub.test/acme/toy", "", true).hub())
        .hasToString("http://hub.test");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub://",
        "hub://hub.test",
        "hub://hub.test/",
        "hub:///acme/toy",
        "hub://user:secret@hub.test/acme/toy",
        "hub://hub.test/../toy",
        "hub://hub.test/acme/..",
        "hub://hub.test/acme/toy/more",
        "hub://hub.test/datasets/acme/toy/more",
        "hub://hub.test/acme/toy@",
        "hub://hub.test/acme/toy@a b",
        "hub://hub.test/acme/to?y",
        "hub://hub.test/acme/to%2fy",
        "hub://hub test/acme/toy",
        "hub://hub.test:65536/acme/toy",
        "hf://acme//toy",
        "hf://"
      })
  void whatIsNoAddressIsRefused(String source) {
    assertThatThrownBy(() -> HubAddress.of(source, "", false)).isInstanceOf(Refusal.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hub.test",
        "ftp://hub.test",
        "https://",
        "https://u@hub.test",
        "https://hub.test?x",
        "https://hub.test#x"
      })
  void endpointThatIsNoHubIsRefused(String endpoint) {
    assertThatThrownBy(() -> HubAddress.of("hf://acme/toy", endpoint, false))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("HF_ENDPOINT");
  }
}
