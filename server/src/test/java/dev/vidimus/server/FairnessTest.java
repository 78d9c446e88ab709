package dev.vidimus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.statement.Role;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// One caller does not take what all need.
class FairnessTest {
  @TempDir Path folder;
  private House house;

  @BeforeEach
  void open() throws Exception {
    house = new House(folder);
  }

  @AfterEach
  void close() throws Exception {
    house.close();
  }

  /// Begins a request whose body never comes.
  private Socket stalled(String token) throws Exception {
    Socket socket = new Socket("127.0.0.1", house.server().port());
    OutputStream out = socket.getOutputStream();
    String head =
        "POST /api/v1/submissions HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + token
            + "\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    out.flush();
    return socket;
  }

  @Test
  void whoStallsKeepsNobodyElseWaiting() throws Exception {
    String slow = house.token("", List.of("*"), Role.SUBMITTER);
    House.Person other = house.person("other", Role.SUBMITTER);
    List<Socket> stalled = new ArrayList<>();
    try {
      for (int i = 0; i < 140; i++) {
        stalled.add(stalled(slow));
      }
      long begin = System.nanoTime();
      HttpResponse<String> busy = house.get("/api/v1/me", slow);
      while (busy.statusCode() != 429 && System.nanoTime() - begin < 20_000_000_000L) {
        busy = house.get("/api/v1/me", slow);
      }
      assertThat(busy.statusCode()).isEqualTo(429);
      assertThat(busy.headers().firstValue("Retry-After")).contains("5");
      assertThat(house.get("/api/v1/me", other.secret()).statusCode()).isEqualTo(200);
    } finally {
      for (Socket socket : stalled) {
        socket.close();
      }
    }
  }

  @Test
  void whoGuessesIsToldToWait() throws Exception {
    int refused = 0;
    for (int i = 0; i < 60; i++) {
      if (house.get("/api/v1/me", "hf_" + "g".repeat(40)).statusCode() == 429) {
        refused++;
      }
    }
    assertThat(refused).isPositive();
    House.Person other = house.person("other", Role.SUBMITTER);
    assertThat(house.get("/api/v1/me", other.secret()).statusCode())
        .as("somebody at the same address who is known")
        .isEqualTo(200);
  }

  @Test
  void headersAndRequestLinesHaveLimits() throws Exception {
    String large = "x".repeat(40_000);
    HttpResponse<String> header = house.send(house.request("/healthz").header("X-Large", large));
    assertThat(header.statusCode()).isBetween(400, 499);
    HttpResponse<String> line = house.send(house.request("/healthz?" + large));
    assertThat(line.statusCode()).isBetween(400, 499);
    for (String path :
        List.of("/%2e%2e/x", "/assets/..%2f..%2fx", "/assets/%00", "/queue/%ff", "/..%2fx")) {
      assertThat(house.send(house.request(path)).statusCode()).as(path).isBetween(400, 499);
    }
    assertThat(house.troubles()).isEmpty();
  }
}
