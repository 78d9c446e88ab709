package dev.vidimus.server.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Debian's Chromium without a window, by [WebDriver](https://www.w3.org/TR/webdriver2/).
final class Browser implements AutoCloseable {
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process driver;
  private final HttpClient client = HttpClient.newHttpClient();
  private final String address;
  private final String session;

  /// @param profile an empty folder
  Browser(Path profile) throws Exception {
    driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(driver.getInputStream(), StandardCharsets.UTF_8));
    String port = "";
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        port = started.group(1);
        break;
      }
    }
    address = "http://127.0.0.1:" + port;
    ObjectNode options = JSON.createObjectNode();
    List.of(
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
            "--window-size=1280,1000",
            "--user-data-dir=" + profile)
        .forEach(options.withArray("args")::add);
    ObjectNode always = JSON.createObjectNode();
    always.put("browserName", "chrome").set("goog:chromeOptions", options);
    always.putObject("goog:loggingPrefs").put("browser", "ALL");
    ObjectNode body = JSON.createObjectNode();
    body.putObject("capabilities").set("alwaysMatch", always);
    session = ask("POST", "/session", body).get("sessionId").asText();
  }

  private JsonNode ask(String verb, String path, JsonNode body) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(Duration.ofSeconds(60))
            .method(
                verb,
                verb.equals("POST")
                    ? HttpRequest.BodyPublishers.ofString(body.toString())
                    : HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> answer;
    try {
      answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    JsonNode value = JSON.readTree(answer.body()).get("value");
    if (answer.statusCode() != 200) {
      throw new IOException(path + ": " + value);
    }
    return value;
  }

  private JsonNode post(String path, JsonNode body) throws Exception {
    return ask("POST", "/session/" + session + path, body);
  }

  /// Opens a page.
  void open(String url) throws Exception {
    post("/url", JSON.createObjectNode().put("url", url));
  }

  /// The address of the page that is open.
  String url() throws Exception {
    return ask("GET", "/session/" + session + "/url", JSON.nullNode()).asText();
  }

  /// The text of the page as a person sees it.
  String text() throws Exception {
    return script("return document.body.innerText").asText();
  }

  private String find(String css) throws Exception {
    return post("/element", JSON.createObjectNode().put("using", "css selector").put("value", css))
        .get(ELEMENT)
        .asText();
  }

  /// Types into a field.
  void type(String css, String text) throws Exception {
    String element = find(css);
    post("/element/" + element + "/clear", JSON.createObjectNode());
    post("/element/" + element + "/value", JSON.createObjectNode().put("text", text));
  }

  /// Chooses from a list.
  void choose(String css, String value) throws Exception {
    find(css + " option[value='" + value + "']");
    post(
        "/element/" + find(css + " option[value='" + value + "']") + "/click",
        JSON.createObjectNode());
  }

  void click(String css) throws Exception {
    post("/element/" + find(css) + "/click", JSON.createObjectNode());
  }

  /// Runs a function's body in the page.
  JsonNode script(String body) throws Exception {
    ObjectNode call = JSON.createObjectNode().put("script", body);
    call.putArray("args");
    return post("/execute/sync", call);
  }

  /// Runs a function's body that calls its last argument with the answer.
  JsonNode asynchronous(String body) throws Exception {
    ObjectNode call = JSON.createObjectNode().put("script", body);
    call.putArray("args");
    return post("/execute/async", call);
  }

  /// Waits until the page shows a text.
  String waitFor(String text) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    String shown = text();
    while (!shown.contains(text)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(url() + " does not show " + text + ":\n" + shown);
      }
      Thread.sleep(100);
      shown = text();
    }
    return shown;
  }

  /// Forgets who is signed in.
  void forget() throws Exception {
    ask("DELETE", "/session/" + session + "/cookie", JSON.nullNode());
  }

  /// What the browser complained about since the last time.
  List<String> complaints() throws Exception {
    List<String> all = new ArrayList<>();
    for (JsonNode line : post("/se/log", JSON.createObjectNode().put("type", "browser"))) {
      if (!line.get("level").asText().equals("DEBUG")) { // advice about forms
        all.add(line.get("level").asText() + " " + line.get("message").asText());
      }
    }
    return all;
  }

  /// Takes a picture of the window.
  void picture(Path file) throws Exception {
    String picture = ask("GET", "/session/" + session + "/screenshot", JSON.nullNode()).asText();
    Files.write(file, Base64.getDecoder().decode(picture));
  }

  @Override
  public void close() throws IOException {
    ask("DELETE", "/session/" + session, JSON.nullNode());
    driver.destroy();
    client.close();
  }
}
