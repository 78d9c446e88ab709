package dev.vidimus.server.hub;

import static dev.vidimus.server.hub.HubHouse.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.House;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a hub client gets of a promoted repository.
class ReadTest {
  @TempDir Path folder;
  private HubHouse hub;
  private String token;
  private Artifact toy;
  private String commit;

  @BeforeEach
  void open() throws Exception {
    hub = new HubHouse(folder);
    token = hub.token();
    toy = hub.promoteToy("acme/toy");
    commit = toy.snapshot().substring("sha256:".length(), "sha256:".length() + 40);
  }

  @AfterEach
  void close() throws Exception {
    assertThat(hub.house().troubles()).isEmpty();
    hub.close();
  }

  @Test
  void mainIsWhatIsPromotedAndNamesItsCommit() throws Exception {
    HttpResponse<String> info = hub.get("/api/models/acme/toy", token);
    assertThat(info.statusCode()).as(info.body()).isEqualTo(200);
    assertThat(info.body())
        .contains("\"id\":\"acme/toy\"", "\"sha\":\"" + commit + "\"")
        .contains("\"rfilename\":\"sub/tokenizer.json\"")
        .contains("\"cardData\":{\"license\":\"apache-2.0\"}");
    assertThat(header(info, "X-Repo-Commit")).isEqualTo(commit);
    assertThat(hub.get("/api/models/acme/toy/revision/HEAD", token).body()).isEqualTo(info.body());
    assertThat(hub.get("/api/models/acme/toy/revision/" + commit, token).body())
        .isEqualTo(info.body());
  }

  @Test
  void regularFilesHaveTheNamesOfGitAndLargeOnesTheirSha256() throws Exception {
    HttpResponse<String> config = hub.head("/acme/toy/resolve/main/config.json", token);
    assertThat(header(config, "ETag")).isEqualTo("\"ba9f78a6915875c86132e6e3d5ce98d33f02c457\"");
    assertThat(header(config, "Content-Length")).isEqualTo("45");
    assertThat(header(config, "X-Linked-Etag")).isEmpty();
    HttpResponse<String> model = hub.head("/acme/toy/resolve/main/model.safetensors", token);
    String sha256 = "fe7f433de601d114b0e9acc9c609792e0f6351876ac7c7dbf7ed85e099c1e7be";
    assertThat(header(model, "ETag")).isEqualTo("\"" + sha256 + "\"");
    assertThat(header(model, "X-Linked-Etag")).isEqualTo("\"" + sha256 + "\"");
    assertThat(header(model, "X-Linked-Size")).isEqualTo("262222");
    assertThat(hub.get("/api/models/acme/toy/tree/main?recursive=true", token).body())
        .contains("\"oid\":\"1cd2626ecf07879697a777965bbda9e86e589daa\"", "\"pointerSize\":131");
  }

  @Test
  void aRangeIsAnsweredExactlyAndOneBeyondTheEndIsRefused() throws Exception {
    String path = "/acme/toy/resolve/main/config.json";
    HttpResponse<String> part =
        hub.house().send(hub.house().request(path, token).header("Range", "bytes=1-4"));
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(part.body()).isEqualTo("\"mod");
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 1-4/45");
    HttpResponse<String> rest =
        hub.house().send(hub.house().request(path, token).header("Range", "bytes=43-"));
    assertThat(rest.body()).isEqualTo("}\n");
    HttpResponse<String> beyond =
        hub.house().send(hub.house().request(path, token).header("Range", "bytes=45-"));
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */45");
  }

  @Test
  void aFileThatIsNotThereNamesTheCommitSoThatClientsRememberIt() throws Exception {
    HttpResponse<String> answer = hub.get("/acme/toy/resolve/main/nope.json", token);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("EntryNotFound");
    assertThat(header(answer, "X-Repo-Commit")).isEqualTo(commit);
  }

  @Test
  void whatIsRevokedIsARevisionThatIsNotThere() throws Exception {
    assertThat(hub.get("/acme/toy/resolve/main/config.json", token).statusCode()).isEqualTo(200);
    hub.revoke(toy.snapshot());
    for (String revision : List.of("main", commit)) {
      HttpResponse<String> answer =
          hub.get("/acme/toy/resolve/" + revision + "/config.json", token);
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(header(answer, "X-Error-Code")).isEqualTo("RevisionNotFound");
      assertThat(header(answer, "X-Error-Message"))
          .startsWith("Vidimus: acme/toy@" + revision + " is REVOKED: it was an attack");
      assertThat(header(answer, "X-HF-Warning")).startsWith("vidimus; Vidimus: acme/toy@");
      assertThat(header(answer, "Cache-Control")).isEqualTo("no-store");
    }
  }

  @Test
  void whatWaitsIsGatedAndSaysWhoCanHelp() throws Exception {
    hub.admit("acme/waits", "internal", Map.of("config.json", HubHouse.text("{\"b\": 1}")));
    String internal = hub.house().token("internal", List.of("acme/*"));
    HttpResponse<String> answer = hub.head("/acme/waits/resolve/main/config.json", internal);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("GatedRepo");
    assertThat(header(answer, "X-Error-Message"))
        .contains("acme/waits@main is QUARANTINED: 0 of 2 approvals", "decision=sha256:")
        .hasSizeLessThanOrEqualTo(300);
  }

  @Test
  void whatIsPromotedElsewhereIsNotThereInThisEnvironment() throws Exception {
    String production = hub.house().token("production", List.of("*"));
    HttpResponse<String> answer = hub.get("/api/models/acme/toy/revision/main", production);
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(header(answer, "X-Error-Code")).isEqualTo("RevisionNotFound");
    assertThat(answer.body()).contains("not promoted to production");
  }

  @Test
  void whatNobodyKnowsIsNotFetchedUnlessItIsOnTheList() throws Exception {
    HttpResponse<String> answer = hub.get("/api/models/acme/other", token);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).contains("not on the intake allow-list");
  }

  @Test
  void aTokenReachesItsRepositoriesOnly() throws Exception {
    String other = hub.house().token("sandbox", List.of("beta/*"));
    HttpResponse<String> answer = hub.get("/api/models/acme/toy", other);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(header(answer, "X-Error-Message")).contains("this token is not for this repository");
  }

  @Test
  void whoeverShowsNothingKeepsTheStatus401() throws Exception {
    HttpResponse<String> answer =
        hub.house().send(hub.house().request("/acme/toy/resolve/main/config.json"));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(header(answer, "X-Error-Message"))
        .isEqualTo("Invalid credentials in Authorization header");
    House.Person reviewer = hub.house().person("rita", Role.REVIEWER);
    HttpResponse<String> person = hub.get("/acme/toy/resolve/main/config.json", reviewer.secret());
    assertThat(person.statusCode()).isEqualTo(403);
    assertThat(header(person, "X-Error-Code")).isEqualTo("GatedRepo");
  }

  @Test
  void datasetsAreGatedUnderTheirOwnNames() throws Exception {
    hub.admit("datasets/acme/toy", "sandbox", Map.of("train.json", HubHouse.text("[1]")));
    assertThat(hub.get("/datasets/acme/toy/resolve/main/train.json", token).body())
        .isEqualTo("[1]");
    assertThat(hub.get("/api/datasets/acme/toy", token).body()).contains("\"train.json\"");
    assertThat(hub.get("/acme/toy/resolve/main/train.json", token).statusCode()).isEqualTo(404);
  }

  @Test
  void gitAndOthersAreToldAtOnceThatThereIsNothing() throws Exception {
    HttpResponse<String> git = hub.get("/acme/toy.git/info/refs?service=git-upload-pack", token);
    assertThat(git.statusCode()).isEqualTo(403);
    assertThat(git.body()).isEqualTo("git is disabled; use hf download\n");
    assertThat(hub.get("/api/agent-harnesses", token).statusCode()).isEqualTo(404);
    assertThat(hub.get("/api/models/acme/toy/xet-read-token/main", token).body())
        .isEqualTo("{\"error\":\"not found\"}");
    assertThat(hub.get("/api/whoami-v2", token).body()).contains("\"role\":\"read\"");
  }
}
