package dev.vidimus.cli.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.server.http.Problem;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a submitter cannot make a server fetch.
class HubSourcesTest {
  private static final HubSources SOURCES = new HubSources("", "", false, false);

  @TempDir Path folder;

  @Test
  void filesOfTheServerAreNoSources() {
    for (String source :
        List.of("/etc/passwd", "file:///etc/passwd", "oci-layout:/", "../x", "", "http://a/b")) {
      assertThatThrownBy(() -> SOURCES.open(source, (done, all) -> {}))
          .as(source)
          .isInstanceOf(Problem.class)
          .hasMessageContaining("models of hubs");
    }
  }

  @Test
  void addressesWithoutTlsOrWithAUserAreNone() {
    for (String source :
        List.of("hub://user@hub.example/a/b", "hub://hub.example:99999/a/b", "hf://../../x")) {
      assertThatThrownBy(() -> SOURCES.open(source, (done, all) -> {}))
          .as(source)
          .isInstanceOf(Problem.class);
    }
  }

  @Test
  void theOwnNetworkIsNotAsked() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    HttpServer inside = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    inside.createContext("/", exchange -> asked.incrementAndGet());
    inside.start();
    try (Staging staging = Staging.begin(new Home(folder))) {
      int port = inside.getAddress().getPort();
      for (String host : List.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port)) {
        assertThatThrownBy(() -> SOURCES.open("hub://" + host + "/a/b", (done, all) -> {}))
            .as(host)
            .isInstanceOf(Problem.class)
            .hasMessageContaining("on the server itself");
      }
      for (String host : List.of("169.254.169.254", "10.0.0.1", "0.0.0.0:" + port)) {
        Registry.Source source = SOURCES.open("hub://" + host + "/a/b", (done, all) -> {});
        assertThatThrownBy(() -> source.fetch(staging)).as(host).isInstanceOf(Refusal.class);
      }
      assertThat(asked).hasValue(0);
    } finally {
      inside.stop(0);
    }
  }
}
