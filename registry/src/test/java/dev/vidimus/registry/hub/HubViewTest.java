package dev.vidimus.registry.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.testkit.TestHub;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HubViewTest {
  private static final HubLimits LIMITS =
      new HubLimits(50, 5, 1 << 20, 5, 3, Duration.ofMillis(1), Duration.ofSeconds(10));
  private static final byte[] LARGE = new byte[20 << 20];

  static {
    new Random(7).nextBytes(LARGE);
  }

  private TestHub hub;

  @BeforeEach
  void begin() throws IOException {
    hub = new TestHub();
  }

  @AfterEach
  void end() {
    hub.close();
  }

  private HubView view() throws IOException {
    return HubView.open(HubAddress.of(hub.source(), "", false), "", false, LIMITS);
  }

  private static Bytes open(HubView view, String path) throws IOException {
    for (Snapshot.Entry entry : view.snapshot().entries()) {
      if (entry.path().equals(path)) {
        return view.open(entry);
      }
    }
    throw new AssertionError(path);
  }

  @Test
  void listIsInTheOrderOfSnapshots() throws IOException {
    hub.small("b.json", (byte) 1).small("B.json", (byte) 1).small("a/c.json", (byte) 1);
    try (HubView view = view()) {
      assertThat(view.commit()).isEqualTo(TestHub.COMMIT);
      assertThat(view.snapshot().entries())
          .extracting(Snapshot.Entry::path)
          .containsExactly("B.json", "a/c.json", "b.json");
      assertThat(view.fetched()).as("nothing was read").isZero();
    }
  }

  @Test
  void onlyTheBlocksThatAreReadCome() throws IOException {
    hub.large("m.bin", LARGE);
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      assertThat(bytes.array(5_000_000, 1_000)).isEqualTo(part(5_000_000, 1_000));
      assertThat(bytes.array(LARGE.length - 22, 22)).isEqualTo(part(LARGE.length - 22, 22));
      assertThat(bytes.array(5_000_100, 10)).isEqualTo(part(5_000_100, 10));
      assertThat(view.fetched()).isEqualTo(2L * RangeBytes.BLOCK);
      assertThat(view.size()).isEqualTo(LARGE.length);
    }
  }

  @Test
  void readingOnTakesFewRequests() throws IOException {
    hub.large("m.bin", LARGE);
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      byte[] all = new byte[LARGE.length];
      for (int at = 0; at < all.length; at += 10_000) {
        bytes.read(at, all, at, Math.min(10_000, all.length - at));
      }
      assertThat(all).isEqualTo(LARGE);
      assertThat(view.fetched()).isEqualTo(LARGE.length);
      assertThat(hub.requests).hasSizeLessThan(20);
    }
  }

  @Test
  void smallFileComesWholeAndIsCompared() throws IOException {
    hub.small("config.json", "{}".getBytes(UTF_8));
    hub.item(TestHub.small("other.json", 2, TestHub.gitHash("[]".getBytes(UTF_8))))
        .on(TestHub.resolve("other.json"), TestHub.bytes("{}".getBytes(UTF_8)));
    try (HubView view = view();
        Bytes config = open(view, "config.json");
        Bytes other = open(view, "other.json")) {
      assertThat(config.array(1, 1)).isEqualTo("}".getBytes(UTF_8));
      assertThatThrownBy(() -> other.array(0, 1))
          .isInstanceOf(Refusal.class)
          .hasMessageContaining("other.json: the hub's list declares gitblob");
    }
  }

  @Test
  void rangeThatIsNotTheOneThatWasAskedForIsRefused() throws IOException {
    hub.large("m.bin", LARGE);
    hub.on(
        TestHub.resolve("m.bin"),
        TestHub.text(206, "x", "Content-Range", "bytes 0-0/" + LARGE.length));
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      assertThatThrownBy(() -> bytes.array(0, 1)).hasMessageContaining("was asked for, but");
    }
  }

  @Test
  void hubThatSendsNoRangesIsSaid() throws IOException {
    hub.large("m.bin", LARGE);
    hub.on(TestHub.resolve("m.bin"), TestHub.text(200, "x"));
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      assertThatThrownBy(() -> bytes.array(0, 1)).hasMessageContaining("sends no ranges");
    }
  }

  @Test
  void answerFromAnotherCommitIsRefused() throws IOException {
    hub.large("m.bin", LARGE);
    hub.on(
        TestHub.resolve("m.bin"),
        TestHub.text(206, "x", "X-Repo-Commit", "e".repeat(40), "Content-Range", "bytes 0-0/1"));
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      assertThatThrownBy(() -> bytes.array(0, 1)).hasMessageContaining("the hub answers from e");
    }
  }

  @Test
  void cutConnectionIsTakenUpWhereItEnded() throws IOException {
    hub.large("m.bin", LARGE);
    AtomicInteger times = new AtomicInteger();
    TestHub.Handler honest = TestHub.bytes(LARGE);
    hub.on(
        TestHub.resolve("m.bin"),
        exchange -> {
          if (times.getAndIncrement() == 0) {
            exchange.getResponseHeaders().add("Content-Range", "bytes 0-65535/" + LARGE.length);
            exchange.sendResponseHeaders(206, 65_536);
            exchange.getResponseBody().write(LARGE, 0, 1_000);
            exchange.getResponseBody().flush();
            throw new IOException("cut");
          }
          honest.answer(exchange);
        });
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      assertThat(bytes.array(0, 65_536)).isEqualTo(part(0, 65_536));
      assertThat(times).hasValue(2);
    }
  }

  @Test
  void hubThatStaysBusyIsGivenUp() throws IOException {
    hub.large("m.bin", LARGE).on(TestHub.resolve("m.bin"), TestHub.text(503, ""));
    try (HubView view = view();
        Bytes bytes = open(view, "m.bin")) {
      assertThatThrownBy(() -> bytes.array(0, 1))
          .hasMessageContaining("after 4 attempts: the hub is busy");
    }
  }

  @Test
  void nameThatComesTwiceIsRefused() throws IOException {
    hub.small("a.json", (byte) 1).small("a.json", (byte) 1);
    assertThatThrownBy(this::view).hasMessageContaining("comes twice");
  }

  private static byte[] part(int from, int length) {
    return java.util.Arrays.copyOfRange(LARGE, from, from + length);
  }
}
