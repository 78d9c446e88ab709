package dev.vidimus.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Every route, asked by somebody with the right role, with every wrong one, and by nobody.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutePermissionTest {
  private House house;
  private final Map<Role, String> secrets = new LinkedHashMap<>();
  private String puller = "";

  @BeforeAll
  void open(@TempDir Path folder) throws Exception {
    house = new House(folder);
    for (Role role : Role.values()) {
      secrets.put(role, house.person("p" + role.word(), role).secret());
    }
    puller = house.token("internal", List.of("*"));
  }

  @AfterAll
  void close() throws Exception {
    house.close();
  }

  /// Asks a route about things that are not there, so that nobody who may do it does anything.
  private HttpResponse<String> ask(Route route, String credential) throws Exception {
    String path = route.pattern().toString().replaceAll("\\{[^}]*}", "nothing");
    HttpRequest.Builder request =
        credential.isEmpty() ? house.request(path) : house.request(path, credential);
    boolean page = route.surface().name().equals("page");
    request.header("Content-Type", page ? "application/x-www-form-urlencoded" : "application/json");
    HttpRequest.BodyPublisher body =
        route.verb().isSafe()
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(page ? "" : "{\"unknown\":1}");
    return house.send(request.method(route.verb().name(), body));
  }

  private boolean refused(Route route, HttpResponse<String> answer) {
    boolean led =
        answer.statusCode() == 303
            && answer.headers().firstValue("Location").orElse("").startsWith("/login");
    return answer.statusCode() == 401 || answer.statusCode() == 403 || led;
  }

  @Test
  void nobodyGetsWhatIsNotPublic() throws Exception {
    List<String> open = new ArrayList<>();
    for (Route route : house.server().routes()) {
      boolean refused = refused(route, ask(route, ""));
      if (refused == (route.permission() == Permission.PUBLIC)
          && !route.pattern().toString().matches("/(login|join|logout)")
          // Which refuses whom it does not know in its own way, and takes signed addresses.
          && !(route.surface().name().equals("hub") && refused)) {
        open.add(route.verb() + " " + route.pattern() + " refused: " + refused);
      }
    }
    assertThat(open).isEmpty();
  }

  @Test
  void everyRoleGetsWhatItIsForAndNothingElse() throws Exception {
    List<String> wrong = new ArrayList<>();
    for (Route route : house.server().routes()) {
      if (route.permission() == Permission.PUBLIC || route.permission() == Permission.PULL) {
        continue;
      }
      for (Map.Entry<Role, String> one : secrets.entrySet()) {
        boolean may = route.permission().roles().contains(one.getKey());
        HttpResponse<String> answer = ask(route, one.getValue());
        boolean refused =
            answer.statusCode() == 401
                || (answer.statusCode() == 403 && answer.body().contains("needs one of the roles"));
        if (may == refused) {
          wrong.add(
              one.getKey()
                  + " "
                  + route.verb()
                  + " "
                  + route.pattern()
                  + " "
                  + answer.statusCode());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void aTokenWithoutRolesOnlyPulls() throws Exception {
    for (Route route : house.server().routes()) {
      Permission permission = route.permission();
      if (permission != Permission.PUBLIC && permission != Permission.PULL) {
        assertThat(ask(route, puller).statusCode())
            .as(route.verb() + " " + route.pattern())
            .isEqualTo(403);
      }
    }
  }

  @Test
  void anEndedOrExpiredOrForgedTokenOpensNothing() throws Exception {
    Instant now = Instant.now();
    String id = house.admin().id();
    Token old =
        new Token(
            "t-old",
            id,
            "old",
            List.of(Role.ADMIN),
            "",
            List.of("*"),
            now.minusSeconds(100),
            now.minusSeconds(1),
            false);
    assertThat(house.get("/api/v1/me", house.issue(old)).statusCode()).isEqualTo(401);
    Token ended = Token.fresh(id, "x", List.of(Role.ADMIN), "", List.of("*"), now, 1);
    String credential = house.issue(ended);
    assertThat(house.get("/api/v1/me", credential).statusCode()).isEqualTo(200);
    HttpResponse<String> end =
        house.send(house.request("/api/v1/tokens/" + ended.id(), credential).DELETE());
    assertThat(end.statusCode()).isEqualTo(200);
    assertThat(house.get("/api/v1/me", credential).statusCode()).isEqualTo(401);
    String forged = credential.substring(0, credential.length() - 1) + "!";
    assertThat(house.get("/api/v1/me", forged).statusCode()).isEqualTo(401);
  }

  @Test
  void aSessionActsFromItsOwnPagesOnly() throws Exception {
    House.Person sam = house.person("sessionsam", Role.SUBMITTER);
    String cookie = "vidimus_session=" + house.session(sam);
    String body = "{\"source\":\"test:none\"}";
    List<Integer> statuses = new ArrayList<>();
    for (String site : List.of("cross-site", "same-site", "", "same-origin")) {
      HttpRequest.Builder request =
          house
              .request("/api/v1/submissions")
              .header("Cookie", cookie)
              .POST(HttpRequest.BodyPublishers.ofString(body));
      if (!site.isEmpty()) {
        request.header("Sec-Fetch-Site", site);
      }
      statuses.add(house.send(request).statusCode());
    }
    assertThat(statuses).containsExactly(403, 403, 403, 202);
    HttpResponse<String> foreign =
        house.send(
            house
                .request("/api/v1/submissions")
                .header("Cookie", cookie)
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    assertThat(foreign.statusCode()).isEqualTo(403);
    assertThat(house.send(house.request("/queue").header("Cookie", cookie)).statusCode())
        .isEqualTo(200);
  }

  @Test
  void everyRouteNamesItsPermissionAndIsDocumented() {
    assertThat(house.server().routes()).hasSizeGreaterThan(60);
    for (Route route : house.server().routes()) {
      assertThat(route.operation().summary()).endsWith(".");
      assertThat(route.verb() == Verb.GET || route.permission() != Permission.READ)
          .as(route.verb() + " " + route.pattern() + " writes and asks for reading")
          .isTrue();
    }
  }
}
