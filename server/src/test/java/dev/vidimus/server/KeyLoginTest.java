package dev.vidimus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.hub.HubSettings;
import dev.vidimus.server.identity.KeyLogin;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing in with a key of one's own.
class KeyLoginTest {
  @TempDir Path folder;
  private final AtomicReference<Duration> later = new AtomicReference<>(Duration.ZERO);
  private final InstantSource clock = () -> Instant.now().plus(later.get());
  private House house;
  private SigningKey key;
  private String person = "";

  @BeforeEach
  void open() throws Exception {
    house = new House(folder.resolve("home"), folder, HubSettings.CLOSED, House.none(), "", clock);
    key = SigningKey.generate(Scheme.ED25519);
    person = enrol("rita", key, false);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(house.troubles()).isEmpty();
    house.close();
  }

  private String enrol(String name, SigningKey its, boolean service) throws Exception {
    return house
        .registry()
        .enrol(house.admin(), name, List.of(Role.REVIEWER), service, its.verifying(), null);
  }

  private static String member(HttpResponse<String> answer, String name) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isIn(200, 201);
    JsonObject object = (JsonObject) Json.parse(answer.body(), "answer");
    return Objects.requireNonNull(object.string(name));
  }

  private String challenge() throws Exception {
    return member(house.send(house.request("/api/v1/login")), "challenge");
  }

  private static byte[] sign(SigningKey by, String type, String challenge) {
    return by.sign(Envelope.pae(type, challenge.getBytes(StandardCharsets.UTF_8)));
  }

  private HttpResponse<String> answer(String challenge, SigningKey claimed, byte[] signature)
      throws Exception {
    String body =
        "{\"challenge\":"
            + new dev.vidimus.artifact.json.JsonWriter().string(challenge)
            + ",\"key\":\""
            + claimed.verifying().hint()
            + "\",\"signature\":\""
            + Base64.getEncoder().encodeToString(signature)
            + "\"}";
    return house.send(
        house
            .request("/api/v1/login")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpResponse<String> answer(String challenge) throws Exception {
    return answer(challenge, key, sign(key, KeyLogin.TYPE, challenge));
  }

  private String ticket() throws Exception {
    String link = member(answer(challenge()), "link");
    assertThat(link).startsWith(house.address() + "/login?ticket=");
    return link.substring(link.indexOf('=') + 1);
  }

  private HttpResponse<String> enter(String ticket, String from) throws Exception {
    return house.send(
        house
            .request("/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Origin", from)
            .POST(HttpRequest.BodyPublishers.ofString("ticket=" + ticket)));
  }

  private static void refused(HttpResponse<String> answer, String why) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
    assertThat(answer.body()).contains(why);
  }

  @Test
  void aKeyOpensASessionOfItsPerson() throws Exception {
    String ticket = ticket();
    HttpResponse<String> page = house.send(house.request("/login?ticket=" + ticket));
    assertThat(page.body()).contains("Sign in as rita");
    assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    HttpResponse<String> entered = enter(ticket, house.address());
    assertThat(entered.statusCode()).isEqualTo(303);
    String cookie = entered.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
    HttpResponse<String> me = house.send(house.request("/api/v1/me").header("Cookie", cookie));
    assertThat(me.body()).contains(person, "\"reviewer\"");
  }

  @Test
  void aChallengeIsAnsweredOnce() throws Exception {
    String challenge = challenge();
    assertThat(answer(challenge).statusCode()).isEqualTo(201);
    refused(answer(challenge), "one that was not answered before");
  }

  @Test
  void aTicketOpensOnceAndNotForLong() throws Exception {
    String ticket = ticket();
    assertThat(enter(ticket, house.address()).statusCode()).isEqualTo(303);
    refused(enter(ticket, house.address()), "opens nothing");
    String late = ticket();
    later.set(KeyLogin.TICKET);
    refused(enter(late, house.address()), "opens nothing");
    refused(house.send(house.request("/login?ticket=" + late)), "opens nothing");
  }

  @Test
  void anotherSitesPageSignsNobodyIn() throws Exception {
    refused(enter(ticket(), "https://evil.example"), "not sent from here");
  }

  @Test
  void aChallengeExpires() throws Exception {
    String challenge = challenge();
    later.set(KeyLogin.CHALLENGE);
    refused(answer(challenge), "one that did not expire");
  }

  @Test
  void aChallengeForAnotherOriginIsRefused() throws Exception {
    String challenge = challenge();
    String forged = challenge.replace("127.0.0.1", "models.example.com");
    refused(answer(forged), "one of this server");
    // The same server under another of its names, by which somebody in between could be known.
    HttpResponse<String> other =
        house.send(
            house
                .request("/api/v1/login")
                .uri(
                    java.net.URI.create(
                        house.address().replace("127.0.0.1", "localhost") + "/api/v1/login")));
    refused(answer(member(other, "challenge")), "one for http://127.0.0.1");
  }

  @Test
  void anotherPersonsKeyIsRefused() throws Exception {
    SigningKey bob = SigningKey.generate(Scheme.ED25519);
    enrol("bob", bob, false);
    String challenge = challenge();
    refused(answer(challenge, key, sign(bob, KeyLogin.TYPE, challenge)), "signature");
    refused(
        answer(challenge, SigningKey.generate(Scheme.ED25519), new byte[64]),
        "a person who is known here");
  }

  @Test
  void aKeyOfTwoPeopleIsNobodys() throws Exception {
    enrol("rita's other self", key, false);
    refused(answer(challenge()), "one of one person");
  }

  @Test
  void aServiceOrSomebodyWhoLeftIsRefused() throws Exception {
    SigningKey machine = SigningKey.generate(Scheme.ED25519);
    enrol("robot", machine, true);
    String challenge = challenge();
    refused(
        answer(challenge, machine, sign(machine, KeyLogin.TYPE, challenge)),
        "a person who is known here");
    house.registry().dismiss(house.admin(), person);
    refused(answer(challenge), "a person who is known here");
  }

  @Test
  void whatWasSignedAsAStatementIsNoAnswer() throws Exception {
    String challenge = challenge();
    refused(answer(challenge, key, sign(key, Envelope.IN_TOTO, challenge)), "signature");
  }

  @Test
  void noTicketIsInTheLog() throws Exception {
    String ticket = ticket();
    house.send(house.request("/login?ticket=" + ticket));
    assertThat(String.join("\n", house.log())).contains("/login").doesNotContain(ticket);
  }
}
