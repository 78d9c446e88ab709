package dev.vidimus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.lifecycle.Acts;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.testkit.SafetensorsForger;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The pages, without a browser.
class PagesTest {
  private static final String EVIL = "<script>alert(1)</script>'\"><img src=x onerror=alert(2)>";

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

  private HttpResponse<String> page(String path, String session) throws Exception {
    return house.send(house.request(path).header("Cookie", "vidimus_session=" + session));
  }

  private HttpResponse<String> form(String path, String session, String body) throws Exception {
    return house.send(
        house
            .request(path)
            .header("Cookie", "vidimus_session=" + session)
            .header("Sec-Fetch-Site", "same-origin")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  @Test
  void whoIsNotSignedInIsLedThere() throws Exception {
    HttpResponse<String> answer = house.send(house.request("/queue"));
    assertThat(answer.statusCode()).isEqualTo(303);
    assertThat(answer.headers().firstValue("Location")).contains("/login?to=%2Fqueue");
  }

  @Test
  void anInvitationOpensOnceAndGivesASecret() throws Exception {
    String invitation = house.registry().invite(house.admin(), "eve", List.of(Role.REVIEWER));
    HttpResponse<String> joined = form("/join", "", "invitation=" + invitation);
    assertThat(joined.body()).containsPattern("vs_[A-Za-z0-9]{40}");
    assertThat(form("/join", "", "invitation=" + invitation).statusCode()).isEqualTo(403);
    String secret = joined.body().replaceAll("(?s).*(vs_[A-Za-z0-9]{40}).*", "$1");
    HttpResponse<String> in = form("/login", "", "credential=" + secret + "&to=%2F%2Fevil.example");
    assertThat(in.statusCode()).isEqualTo(303);
    assertThat(in.headers().firstValue("Location")).contains("/");
    assertThat(in.headers().firstValue("Set-Cookie").orElseThrow())
        .contains("HttpOnly")
        .contains("SameSite=Strict");
    assertThat(form("/login", "", "credential=vs_wrong").statusCode()).isEqualTo(403);
  }

  @Test
  void whatAnArtifactSaysIsTextEverywhere() throws Exception {
    Path model = folder.resolve("evil");
    Files.createDirectory(model);
    Files.writeString(model.resolve(EVIL.replace("/", "_") + ".json"), "{}");
    Files.writeString(model.resolve("model.pkl"), "cos\nsystem\n(S'" + EVIL + "'\ntR.");
    Files.writeString(
        model.resolve("README.md"),
        "---\nbase_model:\n- |-\n  " + EVIL + "\ndatasets: ['\"><b>evil']\n---\n");
    Artifact artifact = house.admit("acme/<b>evil", "internal", model);
    House.Person all = house.person("eve " + EVIL.substring(0, 20), Role.values());
    String session = house.session(all);
    house
        .registry()
        .make(
            Acts.revoke(
                house.admin(), List.of(artifact.snapshot()), true, "because " + EVIL, false));
    String ref = "/artifacts/" + artifact.snapshot();
    for (String path :
        List.of(
            "/",
            "/queue",
            "/artifacts?name=%3Cscript%3E",
            ref,
            ref + "/decision",
            ref + "/approve",
            ref + "/reject",
            ref + "/promote",
            "/revoke?selector=" + artifact.snapshot(),
            "/revoke?selector=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/deployments",
            "/policy",
            "/people",
            "/submit",
            "/ledger",
            "/ledger/0",
            "/artifacts/%3Cscript%3Ealert(1)%3C%2Fscript%3E",
            "/submissions/%3Cscript%3E")) {
      HttpResponse<String> answer = page(path, session);
      assertThat(answer.statusCode()).as(path).isIn(200, 404);
      assertThat(answer.body())
          .as(path)
          .contains("<!DOCTYPE html>")
          .doesNotContain("<script>")
          .doesNotContain("<img")
          .doesNotContain("<b>evil")
          .doesNotContain("style=");
      assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'")
          .doesNotContain("unsafe");
    }
    assertThat(page(ref, session).body())
        .contains("&lt;script&gt;")
        .contains("Revoked as malicious");
    assertThat(house.troubles()).isEmpty();
  }

  @Test
  void lineageIsAPictureWithTheSameInLists() throws Exception {
    Path base = Files.createDirectory(folder.resolve("base"));
    Files.write(base.resolve("model.safetensors"), tensors(1));
    Artifact parent = house.admit("acme/base", "internal", base);
    Path copy = Files.createDirectory(folder.resolve("copy"));
    Files.write(copy.resolve("model.safetensors"), tensors(1));
    Files.writeString(
        copy.resolve("README.md"),
        "---\nbase_model: acme/base\ndatasets: [acme/corpus]\n---\n# x\n");
    Artifact child = house.admit("acme/copy", "internal", copy);
    String session = house.session(house.person("lin", Role.values()));
    String page = page("/artifacts/" + child.snapshot(), session).body();
    assertThat(page)
        .contains("<svg viewBox=\"0 0 ")
        .contains("<path class=\"edge verified\"")
        .contains("<path class=\"edge declared\"")
        .contains("artifact acme/base@1 (inspected)</a>: <strong>verified repackage</strong>")
        .contains("dataset acme/corpus: <strong>declared trained-on, not proven all the way")
        .contains("says acme/base (README.md: base_model)")
        .contains("same-weights: VERIFIED BIT_EXACT");
    assertThat(page.split("<section", -1)).hasSameSizeAs(page.split("</section>", -1));
    assertThat(page("/artifacts/" + parent.snapshot(), session).body())
        .contains("artifact acme/copy@1 (inspected)</a>: <strong>verified repackage</strong>");
  }

  private static byte[] tensors(int fill) {
    byte[] data = new byte[64];
    java.util.Arrays.fill(data, (byte) fill);
    return SafetensorsForger.file("{'w':{'dtype':'U8','shape':[8,8],'data_offsets':[0,64]}}", data);
  }

  @Test
  void whatIsSignedIsWhatWasShown() throws Exception {
    Artifact artifact = house.admit("acme/toy", "internal", "{}");
    House.Person alice = house.person("alice", Role.REVIEWER);
    String session = house.session(alice);
    String ref = "/artifacts/" + artifact.snapshot();
    String shown = page(ref + "/approve", session).body();
    String policy = shown.replaceAll("(?s).*name=\"policy\" value=\"([^\"]*)\".*", "$1");
    String evidence = shown.replaceAll("(?s).*name=\"evidence\" value=\"([^\"]*)\".*", "$1");
    assertThat(shown).contains("https://vidimus.dev/approval/v1").contains(policy);
    String body =
        "environment=internal&policy="
            + policy
            + "&evidence="
            + evidence
            + "&reason=seen&secret="
            + alice.secret();
    house.admit("acme/toy", "internal", "{}"); // examined again: there is new evidence
    HttpResponse<String> late = form(ref + "/approve", session, body);
    assertThat(late.statusCode()).isEqualTo(409);
    assertThat(late.body()).contains("look again before you answer");
    String now = house.registry().seen(artifact.snapshot()).evidence();
    HttpResponse<String> signed = form(ref + "/approve", session, body.replace(evidence, now));
    assertThat(signed.statusCode()).as(signed.body()).isEqualTo(303);
    assertThat(page(ref, session).body()).contains("approved").contains("seen");
    HttpResponse<String> wrong =
        form(ref + "/approve", session, body.replace(alice.secret(), "vs_other"));
    assertThat(wrong.statusCode()).isEqualTo(403);
  }
}
