package dev.vidimus.server.hub;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.scan.Meter;
import dev.vidimus.testkit.Fixtures;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// What real clients asked a hub, asked here: every conversation that was recorded, for every
/// version of a client. What differs on purpose is named in [#expected].
class RecordedClientsTest {
  private static final String COMMIT = "d560e612a2f750f1e37e7596114e55cd060218f6";
  private static final String COMMIT_WITH_BIG = "55b41d2ce721b1aef03cd703772c9f503c590099";
  private static final int BIG = 25_165_824;
  private static final int WEIGHTS = 250_001;

  /// What the recording hub said and nobody needs, or what must not be said.
  private static final Set<String> LEFT_OUT =
      Set.of("securityFileStatus", "license", "xetHash", "Authorization");

  @TempDir Path folder;

  @TestFactory
  Stream<DynamicTest> everyConversation() throws Exception {
    Path root = Fixtures.folder("hub").resolve("http");
    try (Stream<Path> files = Files.walk(root, 2)) {
      return files.filter(file -> file.toString().endsWith(".json")).sorted().toList().stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(root.relativize(file).toString(), () -> replay(file)));
    }
  }

  private void replay(Path file) throws Exception {
    String scenario = file.getFileName().toString();
    Path own = Files.createTempDirectory(folder, "replay");
    HubSettings settings =
        file.toString().contains("multipart")
            ? new HubSettings("", List.of(), "", 1L << 30, 100_000)
            : HubSettings.CLOSED;
    try (HubHouse hub = new HubHouse(own, settings)) {
      boolean withBig = scenario.equals("resume.json");
      Artifact toy = toy(hub, withBig);
      hub.admit("toy-root", "sandbox", Map.of("config.json", HubHouse.TOY.get("config.json")));
      hub.admit("refuse/403-GatedRepo", "internal", Map.of("config.json", HubHouse.text("{}")));
      Artifact revoked =
          hub.admit(
              "refuse/404-RevisionNotFound", "sandbox", Map.of("a.json", HubHouse.text("[2]")));
      hub.revoke(revoked.snapshot());
      hub.admit("refuse/404-EntryNotFound", "sandbox", Map.of("a.json", HubHouse.text("[3]")));
      new Replay(hub, toy, withBig).all(Recording.read(file));
      assertThat(hub.house().troubles()).isEmpty();
    }
  }

  private static Artifact toy(HubHouse hub, boolean withBig) throws Exception {
    Map<String, byte[]> files = new TreeMap<>(HubHouse.TOY);
    files.put(".gitattributes", HubHouse.text("*.safetensors filter=lfs\n"));
    if (withBig) {
      files.put("big.bin", new byte[BIG]);
    }
    String commit = withBig ? COMMIT_WITH_BIG : COMMIT;
    return hub.house()
        .registry()
        .admit(
            new Registry.Request(hub.house().admin().id(), "acme/toy", "sandbox"),
            staging -> {
              for (Map.Entry<String, byte[]> one : files.entrySet()) {
                Path path = staging.tree().resolve(one.getKey());
                Files.createDirectories(Objects.requireNonNull(path.getParent()));
                Files.write(path, one.getValue());
              }
              return new Fetched(
                  staging.tree(),
                  new Intake.Source("hub", "hub://hub.test/acme/toy@main", commit, List.of()),
                  "acme/toy",
                  Map.of("hub-commit", "gitCommit:" + commit));
            },
            new Meter())
        .artifact();
  }

  /// One conversation with one server.
  private static final class Replay {
    private final HubHouse hub;
    private final Artifact toy;
    private final String token;
    private final Map<String, String> replaced = new HashMap<>();
    private final Map<String, String> hrefs = new HashMap<>();
    private final Map<String, byte[]> objects = new HashMap<>();
    private final boolean withBig;
    private boolean revoked;

    Replay(HubHouse hub, Artifact toy, boolean withBig) throws Exception {
      this.hub = hub;
      this.toy = toy;
      this.withBig = withBig;
      this.token =
          hub.house()
              .token(
                  "sandbox",
                  List.of(
                      "acme/*",
                      "toy-root",
                      "refuse/403-GatedRepo",
                      "refuse/404-RevisionNotFound",
                      "refuse/404-EntryNotFound"),
                  Role.SUBMITTER);
    }

    void all(Recording recording) throws Exception {
      for (Recording.Turn turn : recording.turns()) {
        turn(turn);
      }
    }

    private void turn(Recording.Turn turn) throws Exception {
      String path = turn.path().startsWith("/hub/") ? turn.path().substring(4) : turn.path();
      if (isOfAnotherShape(turn, path)) {
        return;
      }
      if (turn.header("x-error-code").equals("RevisionNotFound")
          && path.contains("acme/toy")
          && path.contains("main")
          && !revoked) {
        hub.revoke(toy.snapshot());
        revoked = true;
      }
      HttpRequest.Builder request = hub.house().request(address(path));
      byte[] body = body(turn, path);
      request.method(
          turn.method(),
          turn.method().startsWith("P")
              ? HttpRequest.BodyPublishers.ofByteArray(body)
              : HttpRequest.BodyPublishers.noBody());
      for (String header : List.of("range", "content-type", "accept", "accept-encoding")) {
        if (turn.headers().containsKey(header) && !header.equals("accept-encoding")) {
          request.header(header, turn.headers().get(header));
        }
      }
      if (!path.startsWith("/lfs-")) { // which clients open without a token
        request.header("Authorization", "Bearer " + token);
      }
      HttpResponse<String> answer;
      try {
        answer = hub.house().send(request.timeout(Duration.ofSeconds(4)));
      } catch (HttpTimeoutException e) {
        throw new AssertionError("no answer to " + turn.method() + " " + path, e);
      }
      compare(turn, path, answer);
      if (path.endsWith("/objects/batch")) {
        remember(answer.body());
      }
    }

    /// Shapes that we never send: the recording hub was made to show what clients make of them.
    private boolean isOfAnotherShape(Recording.Turn turn, String path) {
      boolean never =
          turn.status() == 401
              || turn.status() == 409
              || turn.status() == 410
              || turn.status() == 423
              || turn.status() == 451
              || turn.header("x-error-code").equals("RepoNotFound")
              || (turn.status() == 403
                  && turn.header("x-error-code").isEmpty()
                  && !path.contains("preupload")
                  && !path.contains("xet-read-token"));
      boolean ofCached =
          (turn.header("x-error-code").equals("GatedRepo")
                  || turn.header("x-error-code").equals("EntryNotFound"))
              && path.contains("acme/toy")
              && !path.contains("nope")
              && !path.contains("missing");
      boolean entryForARepository =
          turn.header("x-error-code").equals("EntryNotFound") && path.startsWith("/api/");
      return never || ofCached || entryForARepository;
    }

    /// Where a request goes here: bytes come from `resolve`, uploads go where we said.
    private String address(String path) {
      if (path.startsWith("/cdn/")) {
        String oid = path.substring("/cdn/".length());
        for (Map.Entry<String, byte[]> file : HubHouse.TOY.entrySet()) {
          if (Digest.sha256(file.getValue()).hex().equals(oid)) {
            return "/acme/toy/resolve/main/" + file.getKey();
          }
        }
        assertThat(withBig).isTrue();
        return "/acme/toy/resolve/main/big.bin";
      }
      if (path.startsWith("/lfs-put/")) {
        return hrefs.getOrDefault("upload", "");
      }
      if (path.startsWith("/lfs-part/")) {
        return hrefs.getOrDefault("0000" + path.charAt(path.length() - 1), "");
      }
      if (path.startsWith("/lfs-complete/")) {
        return hrefs.getOrDefault("upload", "");
      }
      return path.endsWith("/lfs-verify") ? hrefs.getOrDefault("verify", "") : path;
    }

    /// The body, with other weights where the recorded ones are not there.
    private byte[] body(Recording.Turn turn, String path) {
      if (path.startsWith("/lfs-put/") || path.startsWith("/lfs-part/")) {
        byte[] whole = Objects.requireNonNull(objects.values().iterator().next());
        if (path.startsWith("/lfs-put/")) {
          return whole;
        }
        int part = path.charAt(path.length() - 1) - '1';
        return Arrays.copyOfRange(
            whole, part * 100_000, Math.min(whole.length, (part + 1) * 100_000));
      }
      String body = turn.body();
      if (path.endsWith("/objects/batch") && objects.isEmpty()) {
        String oid = body.replaceAll("(?s).*\"oid\": ?\"([0-9a-f]{64})\".*", "$1");
        byte[] weights = new byte[WEIGHTS];
        Arrays.fill(weights, (byte) 7);
        if (!Digest.sha256(weights).hex().equals(oid)) {
          new Random(1).nextBytes(weights);
        }
        replaced.put(oid, Digest.sha256(weights).hex());
        objects.put(oid, weights);
      }
      for (Map.Entry<String, String> one : replaced.entrySet()) {
        body = body.replace(one.getKey(), one.getValue());
      }
      return HubHouse.text(body);
    }

    private void remember(String batch) throws Exception {
      JsonObject object =
          (JsonObject)
              ((JsonArray) ((JsonObject) Json.parse(batch, "batch")).members().get("objects"))
                  .elements()
                  .getFirst();
      if (!(object.get("actions") instanceof JsonObject actions)) {
        return;
      }
      for (String name : List.of("upload", "verify")) {
        JsonObject action = (JsonObject) actions.members().get(name);
        hrefs.put(name, local(String.valueOf(action.string("href"))));
        if (action.get("header") instanceof JsonObject headers) {
          headers
              .members()
              .forEach((key, value) -> hrefs.put(key, local(((JsonString) value).text())));
        }
      }
    }

    private String local(String href) {
      return href.replace(hub.house().address(), "");
    }

    private void compare(Recording.Turn turn, String path, HttpResponse<String> answer)
        throws Exception {
      String what = turn.method() + " " + path + " " + answer.body();
      assertThat(answer.statusCode()).as(what).isEqualTo(expected(turn, path));
      assertThat(HubHouse.header(answer, "X-Request-Id")).as(what).isNotEmpty();
      assertThat(HubHouse.header(answer, "Location")).as(what).isEmpty();
      if (answer.statusCode() >= 400) {
        if (turn.status() == answer.statusCode()) {
          assertThat(HubHouse.header(answer, "X-Error-Code"))
              .as(what)
              .isEqualTo(turn.header("x-error-code"));
        }
        if (!path.contains("xet-read-token")) {
          assertThat(HubHouse.header(answer, "X-Error-Message")).as(what).isNotEmpty();
        }
        return;
      }
      if (path.contains("/resolve/") || path.contains("/tree/") || path.contains("/revision/")) {
        String commit = turn.header("x-repo-commit");
        if (!path.startsWith("/toy-root") && !commit.isEmpty()) {
          assertThat(HubHouse.header(answer, "X-Repo-Commit")).as(what).isEqualTo(commit);
        }
      }
      boolean raw = path.contains("/raw/") && turn.status() == 302; // a pointer here
      boolean ofBig = path.contains("big.bin") || (withBig && path.startsWith("/cdn/"));
      boolean xet = turn.status() == 200 && turn.headers().containsKey("range");
      for (String header :
          List.of("etag", "x-linked-etag", "x-linked-size", "accept-ranges", "content-range")) {
        String recorded = turn.header(header);
        boolean isName = header.endsWith("etag");
        boolean upload = path.startsWith("/lfs-");
        if (!recorded.isEmpty() && !raw && !xet && !upload && !(ofBig && isName)) {
          assertThat(HubHouse.header(answer, header)).as(what + header).isEqualTo(recorded);
        }
      }
      if (path.startsWith("/lfs-")) {
        assertThat(HubHouse.header(answer, "ETag").isEmpty())
            .as(what)
            .isEqualTo(turn.header("etag").isEmpty());
      }
      shape(turn, path, answer, what);
    }

    /// What we answer, where it is something else.
    private static int expected(Recording.Turn turn, String path) {
      boolean listedNowhere = path.endsWith("/.gitattributes"); // no part of what was examined
      if (listedNowhere && path.contains("/resolve/")) {
        return 404;
      }
      if (path.contains("/revision/HEAD") && path.contains("acme/toy")) {
        return 200; // the recording hub did not know HEAD
      }
      if (path.contains("xet-read-token")) {
        return 404;
      }
      boolean part = turn.headers().containsKey("range");
      if (turn.status() == 302 || (turn.status() == 200 && part)) {
        return part && turn.method().equals("GET") ? 206 : 200; // the bytes at once, no redirect
      }
      return turn.status();
    }

    private void shape(Recording.Turn turn, String path, HttpResponse<String> answer, String what)
        throws Exception {
      if (turn.status() >= 400 || answer.statusCode() == 206) {
        return;
      }
      if (turn.header("content-type").contains("json") && !turn.answer().isEmpty()) {
        assertThat(HubHouse.header(answer, "Content-Type")).as(what).contains("json");
        includes(Json.parse(turn.answer(), "recorded"), Json.parse(answer.body(), "ours"), what);
        assertThat(answer.body()).as(what).doesNotContainIgnoringCase("xet");
      } else if (path.contains("/resolve/")
          && turn.method().equals("GET")
          && turn.status() == 200
          && !turn.answer().startsWith("<")
          && !turn.answer().contains("bytes]") // which was cut
          && answer.statusCode() == 200) {
        assertThat(answer.body()).as(what).isEqualTo(turn.answer());
      }
    }

    /// Every member that the recorded answer has is here, and of the same kind.
    private static void includes(JsonValue recorded, JsonValue ours, String what) {
      assertThat(ours.getClass()).as(what + recorded).isEqualTo(recorded.getClass());
      if (recorded instanceof JsonObject object) {
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
          boolean ofVerify = member.getKey().equals("header") && !ours.toString().contains("00001");
          if (!LEFT_OUT.contains(member.getKey()) && !ofVerify) {
            JsonValue mine = ((JsonObject) ours).members().get(member.getKey());
            assertThat(mine).as(what + " has " + member.getKey()).isNotNull();
            includes(member.getValue(), Objects.requireNonNull(mine), what);
          }
        }
      } else if (recorded instanceof JsonArray array) {
        for (JsonValue element : array.elements()) {
          JsonValue mine = same(element, (JsonArray) ours);
          if (mine != null) {
            includes(element, mine, what);
          }
        }
      }
    }

    /// The element of ours that is about the same file; the first, if it is about none. Pages are
    /// longer here, and `.gitattributes` is on none.
    private static @Nullable JsonValue same(JsonValue element, JsonArray ours) {
      for (String name : List.of("path", "rfilename")) {
        if (element instanceof JsonObject object && object.string(name) != null) {
          for (JsonValue one : ours.elements()) {
            if (object.string(name).equals(((JsonObject) one).string(name))) {
              return one;
            }
          }
          return null;
        }
      }
      return ours.elements().isEmpty() ? null : ours.elements().getFirst();
    }
  }

  /// What the clients of all versions make of the shapes that we send, as it was seen.
  @Test
  void theShapesThatWeSendMeanWhatWeWantToEveryClient() throws Exception {
    Path file = Fixtures.folder("hub").resolve("client-outcomes.json");
    JsonObject clients = (JsonObject) Json.parse(Files.readString(file), "outcomes");
    assertThat(clients.members()).hasSizeGreaterThanOrEqualTo(4);
    for (JsonValue client : clients.members().values()) {
      JsonObject refuse = (JsonObject) ((JsonObject) client).members().get("refuse");
      JsonObject cached = (JsonObject) ((JsonObject) client).members().get("revoked_cached");
      for (String call : List.of("hf_hub_download", "snapshot", "model_info")) {
        assertThat(refuse.string("403-GatedRepo " + call)).isEqualTo("GatedRepoError");
        assertThat(refuse.string("404-RevisionNotFound " + call))
            .isEqualTo("RevisionNotFoundError");
      }
      assertThat(refuse.string("404-EntryNotFound hf_hub_download")).endsWith("EntryNotFoundError");
      for (String call : List.of("file@main", "snapshot@main")) {
        assertThat(cached.string("cached+404/RevisionNotFound " + call))
            .isEqualTo("RevisionNotFoundError");
      }
    }
  }
}
