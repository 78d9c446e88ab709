package dev.vidimus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server as its callers see it.
class ServerTest {
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

  @Test
  void whoIsNotKnownIsToldSo() throws Exception {
    HttpResponse<String> answer = house.send(house.request("/api/v1/queue"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
    assertThat(answer.body()).contains("\"status\":401").contains("Authorization: Bearer");
    assertThat(house.send(house.request("/healthz")).body()).isEqualTo("ok\n");
    assertThat(house.send(house.request("/readyz")).body()).isEqualTo("ok\n");
  }

  @Test
  void aCredentialThatOpensNothingIsRefusedEvenWhereNoneIsNeeded() throws Exception {
    assertThat(house.get("/healthz", "hf_nobodyEverIssuedThisToken0123456789abcd").statusCode())
        .isEqualTo(401);
  }

  @Test
  void twoPeopleApproveAndAThirdPromotes() throws Exception {
    House.Person sam = house.person("sam", Role.SUBMITTER, Role.RELEASE);
    House.Person alice = house.person("alice", Role.REVIEWER);
    House.Person bob = house.person("bob", Role.REVIEWER, Role.SECURITY);
    Artifact artifact = house.admit("acme/toy", "internal", "{\"a\": 1}");
    String ref = "/api/v1/artifacts/" + artifact.snapshot();
    assertThat(house.post(ref + "/promotions", sam.secret(), "{}").body())
        .contains("\"outcome\":\"awaiting-approval\"");
    assertThat(house.post(ref + "/approvals", sam.secret(), "{}").statusCode()).isEqualTo(403);
    assertThat(house.post(ref + "/approvals", alice.secret(), "{}").statusCode()).isEqualTo(201);
    assertThat(house.post(ref + "/approvals", alice.secret(), "{}").statusCode()).isEqualTo(409);
    assertThat(house.post(ref + "/approvals", bob.secret(), "{}").statusCode()).isEqualTo(201);
    assertThat(house.post(ref + "/promotions", sam.secret(), "{}").body())
        .contains("\"outcome\":\"passed\",\"promoted\":true");
    assertThat(house.get(ref + "/gate?environment=internal", alice.secret()).body())
        .contains("\"open\":true");
    HttpResponse<String> byName = house.get("/api/v1/artifacts/acme%2Ftoy@1/gate", alice.secret());
    assertThat(byName.statusCode()).as(byName.body()).isEqualTo(200);
    String revocation = "{\"selectors\":[\"acme/toy\"],\"reason\":\"bad\"}";
    assertThat(house.post("/api/v1/revocations", bob.secret(), revocation).statusCode())
        .isEqualTo(201);
    assertThat(house.get(ref + "/gate", alice.secret()).body()).contains("\"open\":false");
    assertThat(house.troubles()).isEmpty();
  }

  @Test
  void headHasTheHeadersOfGetAndNoBody() throws Exception {
    HttpResponse<String> head =
        house.send(house.request("/healthz").method("HEAD", HttpRequest.BodyPublishers.noBody()));
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).contains("3");
    assertThat(head.body()).isEmpty();
  }

  @Test
  void submissionRunsInTheBackgroundAndTellsHowFarItIs() throws Exception {
    House.Person sam = house.person("sam", Role.SUBMITTER);
    String source = house.source("{\"a\": 2}");
    HttpResponse<String> answer =
        house.post(
            "/api/v1/submissions",
            sam.secret(),
            "{\"source\":\"" + source + "\",\"name\":\"acme/two\",\"environment\":\"sandbox\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    String location = answer.headers().firstValue("Location").orElseThrow();
    String events = house.get(location + "/events", sam.secret()).body();
    assertThat(events).contains("event: submission").contains("\"state\":\"done\"");
    assertThat(house.get(location, sam.secret()).body()).contains("\"outcome\":\"passed\"");
    assertThat(house.get("/api/v1/names/acme%2Ftwo", sam.secret()).body())
        .contains("\"promoted\":[\"sandbox\"]");
  }

  @Test
  void aRepeatedWriteIsAnsweredAndNotDoneAgain() throws Exception {
    House.Person sam = house.person("sam", Role.SUBMITTER);
    String body = "{\"source\":\"" + house.source("{}") + "\",\"environment\":\"sandbox\"}";
    List<String> answers = new java.util.ArrayList<>();
    for (int i = 0; i < 2; i++) {
      answers.add(
          house
              .send(
                  house
                      .request("/api/v1/submissions", sam.secret())
                      .header("Idempotency-Key", "k1")
                      .POST(HttpRequest.BodyPublishers.ofString(body)))
              .body());
    }
    assertThat(answers.get(1)).isEqualTo(answers.get(0));
    HttpResponse<String> other =
        house.send(
            house
                .request("/api/v1/submissions", sam.secret())
                .header("Idempotency-Key", "k1")
                .POST(HttpRequest.BodyPublishers.ofString("{\"source\":\"test:other\"}")));
    assertThat(other.statusCode()).isEqualTo(422);
  }

  @Test
  void aWriteThatWasRefusedOrHasNoBodyMayBeRepeated() throws Exception {
    String admin =
        house.issue(
            dev.vidimus.registry.access.Token.fresh(
                house.admin().id(),
                "admin",
                List.of(Role.values()),
                "",
                List.of("*"),
                java.time.Instant.now(),
                1));
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> unknown =
          house.send(
              house
                  .request("/api/v1/artifacts/nothing/promotions", admin)
                  .header("Idempotency-Key", "k2")
                  .POST(HttpRequest.BodyPublishers.ofString("{}")));
      assertThat(unknown.statusCode()).as(unknown.body()).isEqualTo(404);
      HttpResponse<String> gone =
          house.send(
              house
                  .request("/api/v1/tokens/t-nothing", admin)
                  .header("Idempotency-Key", "k3")
                  .DELETE());
      assertThat(gone.statusCode()).as(gone.body()).isEqualTo(404);
    }
  }

  @Test
  void whatOpensAnAddressIsNotLogged() throws Exception {
    house.send(house.request("/lfs/object/x?size=1&signature=c0ffee&part=0"));
    for (int i = 0; i < 1_000 && house.log().isEmpty(); i++) {
      Thread.sleep(10); // a line is written when its request is over, which its client knows first
    }
    assertThat(house.log().getLast()).contains("signature=…&part=0").doesNotContain("c0ffee");
  }
}
