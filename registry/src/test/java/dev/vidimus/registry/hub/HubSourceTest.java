package dev.vidimus.registry.hub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.home.Home;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.testkit.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubSourceTest {
  private static final byte[] CONFIG = "{\"model_type\": \"toy\"}\n".getBytes(UTF_8);
  private static final byte[] WEIGHTS = new byte[300_000];

  static {
    for (int i = 0; i < WEIGHTS.length; i++) {
      WEIGHTS[i] = (byte) (i * 31 >> 3);
    }
  }

  private static final HubLimits LIMITS =
      new HubLimits(50, 5, 1 << 20, 5, 3, Duration.ofMillis(1), Duration.ofSeconds(10));

  @TempDir Path folder;
  private TestHub hub;

  @BeforeEach
  void begin() throws IOException {
    hub = new TestHub();
  }

  @AfterEach
  void end() throws IOException {
    hub.close();
    try (Stream<Path> left = Files.walk(folder)) {
      assertThat(left.filter(Files::isRegularFile)).as("what is left of an intake").isEmpty();
    }
  }

  /// What came, read before the staging area goes away.
  private record Taken(Fetched fetched, List<String> files, byte[] weights) {}

  private Taken take(HubAddress address, String token, HubLimits limits) throws IOException {
    try (Staging staging = Staging.begin(new Home(folder))) {
      Fetched fetched = HubSource.fetch(address, token, false, (done, all) -> {}, staging, limits);
      try (Stream<Path> walk = Files.walk(fetched.root())) {
        Path weights = fetched.root().resolve("model.safetensors");
        return new Taken(
            fetched,
            walk.filter(Files::isRegularFile)
                .map(file -> fetched.root().relativize(file).toString())
                .sorted()
                .toList(),
            Files.exists(weights) ? Files.readAllBytes(weights) : new byte[0]);
      }
    }
  }

  private Taken take() throws IOException {
    return take(HubAddress.of(hub.source(), "", false), "", LIMITS);
  }

  private ThrowingCallable taking() {
    return this::take;
  }

  @Test
  void modelIsTakenAtItsCommitWithTheHashesThatWereCompared() throws IOException {
    hub.small("config.json", CONFIG).large("model.safetensors", WEIGHTS).small("empty.txt");
    hub.item("{\"type\": \"directory\", \"oid\": \"x\", \"size\": 0, \"path\": \"sub\"}");
    hub.small("sub/a%20b.json", CONFIG); // as the URL has it
    hub.on(TestHub.resolve("sub/a%2520b.json"), TestHub.bytes(CONFIG));

    Taken taken = take();

    assertThat(taken.files())
        .containsExactly("config.json", "empty.txt", "model.safetensors", "sub/a%20b.json");
    assertThat(taken.weights()).isEqualTo(WEIGHTS);
    Intake.Source source = taken.fetched().source();
    assertThat(source.kind()).isEqualTo("hub");
    assertThat(source.location()).isEqualTo("hub://127.0.0.1:" + hub.port() + "/acme/toy@main");
    assertThat(source.revision()).isEqualTo(TestHub.COMMIT);
    assertThat(source.hashes())
        .contains(
            new Intake.Upstream("config.json", "gitblob", TestHub.gitHash(CONFIG)),
            new Intake.Upstream("model.safetensors", "sha256", Digest.sha256(WEIGHTS).hex()));
    assertThat(taken.fetched().name()).isEqualTo("acme/toy");
    assertThat(taken.fetched().aliases())
        .containsEntry("hub-commit", "gitCommit:" + TestHub.COMMIT);
  }

  @Test
  void listIsReadToItsLastPage() throws IOException {
    String next = TestHub.tree() + "&cursor=2";
    hub.on(
        TestHub.tree(),
        TestHub.text(
            200,
            "[" + TestHub.small("a", CONFIG.length, TestHub.gitHash(CONFIG)) + "]",
            "Link",
            "<" + next + ">; rel=\"next\""));
    hub.on(
        next,
        TestHub.text(200, "[" + TestHub.small("b", CONFIG.length, TestHub.gitHash(CONFIG)) + "]"));
    hub.on(TestHub.resolve("a"), TestHub.bytes(CONFIG));
    hub.on(TestHub.resolve("b"), TestHub.bytes(CONFIG));
    assertThat(take().files()).containsExactly("a", "b");
  }

  @Test
  void listThatGoesOnAtAnotherHostIsRefused() {
    hub.on(
        TestHub.tree(),
        TestHub.text(200, "[]", "Link", "<https://elsewhere.example/next>; rel=\"next\""));
    refused("goes on at https://elsewhere.example/next");
  }

  @Test
  void listInACircleIsRefused() {
    hub.on(
        TestHub.tree(), TestHub.text(200, "[]", "Link", "<" + TestHub.tree() + ">; rel=\"next\""));
    refused("go round in a circle");
  }

  @Test
  void listWithoutEndIsRefused() {
    for (int i = 0; i < 10; i++) {
      hub.on(
          TestHub.tree() + (i == 0 ? "" : "&cursor=" + i),
          TestHub.text(
              200, "[]", "Link", "<" + TestHub.tree() + "&cursor=" + (i + 1) + ">; rel=\"next\""));
    }
    refused("more than 5 pages");
  }

  @Test
  void listOfTooManyFilesIsRefused() {
    for (int i = 0; i < 51; i++) {
      hub.small("file" + i, CONFIG);
    }
    refused("more than 50 files");
    assertThat(hub.requests).hasSize(2);
  }

  @Test
  void listOfMoreBytesThanThereIsRoomIsRefusedBeforeTheFirst() {
    hub.item(TestHub.large("model.safetensors", 1L << 60, "a".repeat(64)));
    refused("needs 1152921504606846976 bytes");
    assertThat(hub.requests).hasSize(2);
  }

  @Test
  void sumOfSizesOverALongIsRefused() {
    hub.item(TestHub.large("a", Long.MAX_VALUE, "a".repeat(64)));
    hub.item(TestHub.large("b", 1, "a".repeat(64)));
    refused("declares more than 2^63 bytes");
  }

  @Test
  void answerThatIsTooLongIsRefused() {
    hub.on(TestHub.tree(), TestHub.text(200, " ".repeat((1 << 20) + 1)));
    refused("answers more than 1048576 bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../up",
        "/absolute",
        "a/../b",
        "a//b",
        "./a",
        "a/",
        "C:/x",
        "a\\\\b",
        "a\\u0000b",
        "a\\nb",
        "",
        ".."
      })
  void nameThatLeadsElsewhereIsRefusedBeforeAnythingIsWritten(String path) {
    hub.item(TestHub.small(path, CONFIG.length, TestHub.gitHash(CONFIG)));
    refused("the name ");
    assertThat(hub.requests).hasSize(2);
  }

  @Test
  void nameThatComesTwiceIsRefused() {
    hub.small("a", CONFIG).small("a", CONFIG);
    refused("the name a comes twice");
  }

  @Test
  void nameThatIsFileAndFolderIsRefused() {
    hub.small("a/b", CONFIG).small("a", CONFIG);
    refused("the name a ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\": \"file\", \"size\": 1, \"path\": \"a\"}",
        "{\"type\": \"file\", \"oid\": \"xyz\", \"size\": 1, \"path\": \"a\"}",
        "{\"type\": \"file\", \"oid\": \"0000000000000000000000000000000000000000\","
            + " \"path\": \"a\"}",
        "{\"type\": \"file\", \"oid\": \"0000000000000000000000000000000000000000\", \"size\": -1,"
            + " \"path\": \"a\"}",
        "{\"type\": \"file\", \"oid\": \"0000000000000000000000000000000000000000\", \"size\": 1,"
            + " \"path\": \"a\", \"lfs\": {\"oid\": \"\", \"size\": 1}}",
        "{\"type\": \"link\", \"oid\": \"0000000000000000000000000000000000000000\", \"size\": 1,"
            + " \"path\": \"a\"}",
        "{\"type\": \"file\", \"path\": \"a\", \"path\": \"b\"}",
        "7"
      })
  void itemThatDoesNotSayWhatToCompareIsRefused(String item) {
    hub.item(item);
    assertThatThrownBy(taking()).isInstanceOf(Refusal.class);
    assertThat(hub.requests).hasSize(2);
  }

  @Test
  void downloadGoesOnWhereItWasCut() throws IOException {
    hub.large("model.safetensors", WEIGHTS);
    List<Integer> ranges = new ArrayList<>();
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> {
          int from = TestHub.from(exchange);
          ranges.add(from);
          if (ranges.size() == 1) {
            TestHub.cut(exchange, 200, WEIGHTS, 0, 100_000);
          }
          TestHub.bytes(WEIGHTS).answer(exchange);
        });
    assertThat(take().weights()).isEqualTo(WEIGHTS);
    assertThat(ranges).hasSize(2).startsWith(0);
    assertThat(ranges.getLast()).isBetween(1, 100_000);
  }

  @Test
  void downloadBeginsAnewIfTheHubKnowsNoRanges() throws IOException {
    hub.large("model.safetensors", WEIGHTS);
    AtomicInteger count = new AtomicInteger();
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> {
          if (count.incrementAndGet() == 1) {
            TestHub.cut(exchange, 200, WEIGHTS, 0, 100_000);
          }
          exchange.sendResponseHeaders(200, WEIGHTS.length);
          exchange.getResponseBody().write(WEIGHTS);
        });
    assertThat(take().weights()).isEqualTo(WEIGHTS);
  }

  @Test
  void downloadThatIsAlwaysCutEnds() {
    hub.large("model.safetensors", WEIGHTS);
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> TestHub.cut(exchange, 200, WEIGHTS, 0, 10));
    assertThatThrownBy(taking())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("model.safetensors: cut off at byte")
        .hasMessageContaining("of 300000, after 4 attempts");
  }

  @Test
  void partThatWasNotAskedForIsRefused() {
    hub.large("model.safetensors", WEIGHTS);
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> {
          if (TestHub.from(exchange) == 0) {
            TestHub.cut(exchange, 200, WEIGHTS, 0, 1000);
          }
          exchange.getResponseHeaders().add("Content-Range", "bytes 0-299999/300000");
          int from = TestHub.from(exchange);
          exchange.sendResponseHeaders(206, WEIGHTS.length - from);
          exchange.getResponseBody().write(WEIGHTS, 0, WEIGHTS.length - from);
        });
    refused("but bytes 0-299999/300000 comes");
  }

  @Test
  void hubThatIsBusyIsAskedAgain() throws IOException {
    hub.small("config.json", CONFIG);
    AtomicInteger count = new AtomicInteger();
    hub.on(
        TestHub.resolve("config.json"),
        exchange -> {
          boolean busy = count.incrementAndGet() < 3;
          (busy ? TestHub.text(503, "") : TestHub.bytes(CONFIG)).answer(exchange);
        });
    assertThat(take().files()).containsExactly("config.json");
  }

  @Test
  void hubThatDripsIsGivenUp() {
    HubLimits impatient =
        new HubLimits(50, 5, 1 << 20, 5, 0, Duration.ofMillis(1), Duration.ofMillis(300));
    hub.large("model.safetensors", WEIGHTS);
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> {
          exchange.sendResponseHeaders(200, WEIGHTS.length);
          for (int i = 0; i < 100; i++) {
            exchange.getResponseBody().write(WEIGHTS, i, 1);
            exchange.getResponseBody().flush();
            pause();
          }
        });
    assertThatThrownBy(() -> take(HubAddress.of(hub.source(), "", false), "", impatient))
        .hasMessageContaining("hardly anything arrives any more");
  }

  @SuppressWarnings("ThreadSleepMillis")
  private static void pause() throws IOException {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void otherBytesThanTheListDeclaresAreRefused() {
    byte[] changed = WEIGHTS.clone();
    changed[7]++;
    hub.large("model.safetensors", WEIGHTS);
    hub.on(TestHub.resolve("model.safetensors"), TestHub.bytes(changed));
    refused(
        "model.safetensors: the hub's list declares sha256 " + Digest.sha256(WEIGHTS).hex(),
        "has " + Digest.sha256(changed).hex());
  }

  @Test
  void otherSmallBytesThanGitNamesAreRefused() {
    byte[] changed = CONFIG.clone();
    changed[7]++;
    hub.small("config.json", CONFIG);
    hub.on(TestHub.resolve("config.json"), TestHub.bytes(changed));
    refused("config.json: the hub's list declares gitblob " + TestHub.gitHash(CONFIG));
  }

  @Test
  void otherSizeThanTheListDeclaresIsRefused() {
    hub.large("model.safetensors", WEIGHTS);
    byte[] shorter = Arrays.copyOf(WEIGHTS, 299_999);
    hub.on(TestHub.resolve("model.safetensors"), TestHub.bytes(shorter));
    refused("model.safetensors: the hub's list declares 300000 bytes, but 299999 come");
  }

  @Test
  void moreBytesThanTheListDeclaresAreRefusedEvenIfNobodySaysHowMany() {
    hub.large("model.safetensors", WEIGHTS);
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> {
          exchange.sendResponseHeaders(200, 0); // in chunks
          exchange.getResponseBody().write(WEIGHTS);
          exchange.getResponseBody().write(0);
        });
    refused("model.safetensors: the hub's list declares 300000 bytes, but more come");
  }

  @Test
  void fewerBytesThanTheListDeclaresAreRefusedEvenIfNobodySaysHowMany() {
    hub.large("model.safetensors", WEIGHTS);
    hub.on(
        TestHub.resolve("model.safetensors"),
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          exchange.getResponseBody().write(WEIGHTS, 0, 10);
        });
    refused("but only 10 come");
  }

  @Test
  void answerFromAnotherCommitIsRefused() {
    hub.small("config.json", CONFIG);
    hub.on(
        TestHub.resolve("config.json"),
        TestHub.text(200, new String(CONFIG, UTF_8), "X-Repo-Commit", "0".repeat(40)));
    refused("but the hub answers from " + "0".repeat(40));
  }

  @Test
  void commitThatIsAnswerdByAnotherIsRefused() throws IOException {
    String other = "1".repeat(40);
    hub.on(
        "/api/models/acme/toy/revision/" + other,
        TestHub.text(200, "{\"sha\": \"" + TestHub.COMMIT + "\"}"));
    HubAddress address =
        HubAddress.of("hub://127.0.0.1:" + hub.port() + "/acme/toy@" + other, "", false);
    assertThatThrownBy(() -> take(address, "", LIMITS))
        .hasMessageContaining("the hub says that this commit is " + TestHub.COMMIT);
  }

  @Test
  void redirectsInACircleEnd() {
    hub.small("config.json", CONFIG);
    hub.on(TestHub.resolve("config.json"), TestHub.redirect("/round"));
    hub.on("/round", TestHub.redirect("/round"));
    refused("redirects more than 5 times");
    assertThat(hub.requests).hasSize(2 + 6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://192.168.1.1/",
        "http://[fd00::1]/",
        "http://[::ffff:10.0.0.1]/",
        "http://0.0.0.0/",
        "http://100.64.0.1/",
        "http://224.0.0.1/"
      })
  void redirectToAnAddressThatIsNotPublicIsRefused(String target) {
    hub.small("config.json", CONFIG);
    hub.on(TestHub.resolve("config.json"), TestHub.redirect(target));
    refused("which is no public address");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ftp://example.org/",
        "file:///etc/passwd",
        "//user@example.org/",
        "::",
        "http://1.1.1.1:65536/"
      })
  void redirectToNoWebAddressIsRefused(String target) {
    hub.small("config.json", CONFIG);
    hub.on(TestHub.resolve("config.json"), TestHub.redirect(target));
    refused("redirects to " + target);
  }

  @Test
  void tokenGoesToTheConfiguredHubAndNeverAcrossARedirect() throws IOException {
    try (TestHub other = new TestHub()) {
      hub.large("model.safetensors", WEIGHTS);
      hub.on(
          TestHub.resolve("model.safetensors"),
          TestHub.redirect("http://127.0.0.1:" + other.port() + "/blob"));
      other.on("/blob", TestHub.redirect("http://127.0.0.1:" + hub.port() + "/back"));
      hub.on("/back", TestHub.bytes(WEIGHTS));

      take(HubAddress.of("hf://" + TestHub.REPOSITORY, hub.endpoint(), false), "hf_secret", LIMITS);

      assertThat(other.tokens).containsExactly("");
      assertThat(hub.requests.getLast()).isEqualTo("/back");
      assertThat(hub.tokens)
          .containsExactly("Bearer hf_secret", "Bearer hf_secret", "Bearer hf_secret", "");
    }
  }

  @Test
  void tokenOfTheConfiguredHubGoesToNoOther() throws IOException {
    hub.small("config.json", CONFIG);
    take(HubAddress.of(hub.source(), "", false), "hf_secret", LIMITS);
    assertThat(hub.tokens).containsOnly("");
  }

  @Test
  void revisionThatIsNotThereIsSaid() {
    hub.on(
        "/api/models/acme/toy/revision/main",
        TestHub.text(
            404, "{}", "X-Error-Code", "RevisionNotFound", "X-Error-Message", "Invalid rev"));
    refusedWithHint(
        "there is no such revision (status 404: Invalid rev)", "@REVISION is a branch, a tag");
  }

  @Test
  void gatedModelIsSaidWithTheNextStep() throws IOException {
    hub.on(
        "/api/models/acme/toy/revision/main",
        TestHub.text(403, "{}", "X-Error-Code", "GatedRepo", "X-Error-Message", "Ask first"));
    assertThatThrownBy(
            () ->
                take(
                    HubAddress.of("hf://" + TestHub.REPOSITORY, hub.endpoint(), false), "", LIMITS))
        .hasMessageContaining("access is gated (status 403")
        .satisfies(e -> assertThat(((Refusal) e).hint()).startsWith("set HF_TOKEN"));
    assertThatThrownBy(
            () ->
                take(
                    HubAddress.of("hf://" + TestHub.REPOSITORY, hub.endpoint(), false),
                    "hf_x",
                    LIMITS))
        .satisfies(e -> assertThat(((Refusal) e).hint()).startsWith("ask for access"));
  }

  @Test
  void modelThatIsShownToNobodyIsSaidWithTheNextStep() {
    hub.on("/api/models/acme/toy/revision/main", TestHub.text(401, "{}"));
    refusedWithHint("the hub does not know it, or shows it to those only", "HF_TOKEN is sent to");
  }

  @Test
  void hubThatIsNotThereIsSaid() throws IOException {
    HubAddress address = HubAddress.of(hub.source(), "", false);
    hub.close();
    assertThatThrownBy(() -> take(address, "", LIMITS))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("127.0.0.1: cannot be connected to, after 4 attempts");
  }

  private void refused(String... parts) {
    assertThatThrownBy(taking()).isInstanceOf(Refusal.class).hasMessageContainingAll(parts);
  }

  private void refusedWithHint(String message, String hint) {
    assertThatThrownBy(taking())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining(message)
        .satisfies(e -> assertThat(((Refusal) e).hint()).startsWith(hint));
  }
}
