package dev.vidimus.server.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.House;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What people do in a browser, from a refused model to a revoked one. Every page on the way is
/// looked at by axe-core, and nothing may violate the content security policy.
@Tag("client")
class JourneyTest {
  private static final Path PICTURES = Path.of("target", "pictures");

  private final List<String> problems = new ArrayList<>();
  private String axe = "";

  @Test
  void aModelIsRefusedFixedApprovedPromotedAndRevoked(@TempDir Path folder, @TempDir Path profile)
      throws Exception {
    axe =
        Npm.file(
            "axe-core",
            "4.10.3",
            "axe.min.js",
            "880970c081707360e64f34cea25ff91892f5bc95675b0776925b9709dd8a68bb");
    Files.createDirectories(PICTURES);
    Path evil = Files.createDirectory(folder.resolve("evil"));
    Files.write(
        evil.resolve("model.pkl"),
        "cposix\nsystem\n(S'id'\ntR.".getBytes(StandardCharsets.US_ASCII));
    Path good = Files.createDirectory(folder.resolve("good"));
    Files.writeString(good.resolve("config.json"), "{\"model_type\": \"toy\"}");
    Files.writeString(
        good.resolve("README.md"), "---\nbase_model: acme/absent\ndatasets: [acme/corpus]\n---\n");
    try (House house = new House(folder);
        Browser browser = new Browser(profile)) {
      House.Person sam = house.person("Sam Submitter", Role.SUBMITTER, Role.RELEASE);
      House.Person alice = house.person("Alice Reviewer", Role.REVIEWER);
      House.Person bob = house.person("Bob Security", Role.SECURITY);

      signIn(house, browser, sam);
      submit(house, browser, "test:evil");
      assertThat(browser.waitFor("failed")).contains("Outcome");
      look(browser);
      browser.click("main p a.button:nth-of-type(2)");
      assertThat(browser.waitFor("To pass")).contains("fail");
      look(browser);
      browser.picture(PICTURES.resolve("decision.png"));
      browser.open(house.address() + "/artifacts");
      look(browser);
      browser.click("tbody th a");
      assertThat(browser.waitFor("Findings")).contains("model.pkl at byte");
      look(browser);

      submit(house, browser, "test:good");
      browser.waitFor("awaiting-approval");
      browser.click("main p a.button");
      browser.waitFor("Identity");
      String artifact = browser.url();

      for (House.Person person : List.of(alice, bob)) {
        signIn(house, browser, person);
        browser.open(artifact + "/approve");
        look(browser);
        assertThat(browser.text()).contains("https://vidimus.dev/approval/v1");
        browser.type("#reason", "looked at it");
        browser.type("#secret", person.secret());
        browser.click("main button");
        browser.waitFor("Answers of people");
        assertThat(browser.text()).contains("looked at it");
      }
      browser.picture(PICTURES.resolve("artifact.png"));

      signIn(house, browser, sam);
      browser.open(artifact + "/promote");
      look(browser);
      browser.click("main button");
      assertThat(browser.waitFor("Promotions")).contains("internal");
      String reader = house.token("internal", List.of("acme/*"));
      assertThat(house.get("/acme/toy/resolve/main/config.json", reader).body())
          .isEqualTo("{\"model_type\": \"toy\"}");

      signIn(house, browser, bob);
      browser.open(house.address() + "/revoke?selector=acme/toy");
      assertThat(browser.waitFor("What it reaches")).contains("acme/toy@2");
      look(browser);
      browser.type("#reason", "found a trigger");
      browser.type("#secret", bob.secret());
      browser.click("button.danger");
      assertThat(browser.waitFor("Revoked")).contains("found a trigger");
      look(browser);
      assertThat(house.get("/acme/toy/resolve/main/config.json", reader).statusCode())
          .isEqualTo(404);

      for (String page :
          List.of("/", "/queue", "/deployments", "/policy", "/people", "/ledger", "/ledger/3")) {
        browser.open(house.address() + page);
        look(browser);
      }
      browser.open(house.address() + "/artifacts/acme%2Ftoy%402");
      assertThat(browser.waitFor("Made from")).contains("dataset acme/corpus");
      look(browser);
      browser.picture(PICTURES.resolve("lineage.png"));
      browser.open(house.address() + "/");
      browser.picture(PICTURES.resolve("overview.png"));
      assertThat(problems).isEmpty();
      assertThat(browser.complaints()).isEmpty();
      assertThat(house.troubles()).isEmpty();
    }
  }

  private void signIn(House house, Browser browser, House.Person person) throws Exception {
    browser.open(house.address() + "/login");
    browser.forget();
    browser.open(house.address() + "/login");
    look(browser);
    browser.type("#credential", person.secret());
    browser.click("main button");
    browser.waitFor("Sign out");
  }

  private static void submit(House house, Browser browser, String source) throws Exception {
    browser.open(house.address() + "/submit");
    browser.type("#source", source);
    browser.type("#name", "acme/toy");
    browser.choose("#environment", "internal");
    browser.click("main button");
  }

  /// Asks axe-core about the page that is open.
  private void look(Browser browser) throws Exception {
    JsonNode found =
        browser.asynchronous(
            axe
                + ";const done = arguments[arguments.length - 1];"
                + "axe.run(document, {resultTypes: ['violations']}).then(r => done("
                + "r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.html).join(' | '))));");
    String url = browser.url();
    found.forEach(violation -> problems.add(url + " " + violation.asText()));
  }
}
