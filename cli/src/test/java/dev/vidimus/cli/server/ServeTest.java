package dev.vidimus.cli.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Main;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.TestHub;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `vidimus serve` as a process, and what it refuses before it is one.
class ServeTest {
  @TempDir Path folder;

  private Process serve(Path log) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "--home",
            folder.resolve("home").toString(),
            "--listen",
            "127.0.0.1:0")
        .redirectOutput(log.toFile())
        .start();
  }

  @Test
  void aFirstStartPrintsATokenAndSigtermEndsItWell() throws Exception {
    Path log = folder.resolve("access.log");
    Process server = serve(log);
    try (BufferedReader errors =
            new BufferedReader(
                new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String address = after(errors, "serves at ");
      String token = after(errors, "shown this once: ");
      HttpResponse<String> me =
          client.send(
              HttpRequest.newBuilder(URI.create(address + "/api/v1/me"))
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(me.statusCode()).isEqualTo(200);
      assertThat(me.body()).contains("\"admin\"");
      server.destroy();
      assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(log)).contains("\"path\":\"/api/v1/me\"").doesNotContain(token);
    }
    Recorded verify = new Recorded(folder);
    assertThat(
            CommandLine.run(verify, List.of("doctor", "--home", folder.resolve("home").toString())))
        .as(verify.output())
        .isEqualTo(ExitCode.YES);
  }

  private static String after(BufferedReader lines, String words) throws Exception {
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      int at = line.indexOf(words);
      if (at >= 0) {
        return line.substring(at + words.length());
      }
    }
    throw new AssertionError("the server never says " + words);
  }

  @Test
  void whoeverHasAKeySignsInWithIt() throws Exception {
    Recorded host = new Recorded(folder);
    String home = folder.resolve("home").toString();
    CommandLine.run(host, List.of("init", "--home", home));
    CommandLine.run(host, List.of("key", "new", "me.pem"));
    List<String> add =
        List.of(
            "person", "add", "rita", "--home", home, "--role", "reviewer", "--key", "me.pem.pub");
    assertThat(CommandLine.run(host, add)).as(host.errors()).isEqualTo(ExitCode.YES);
    Recorded person = new Recorded(folder);
    Process server = serve(folder.resolve("access.log"));
    try (BufferedReader errors =
            new BufferedReader(
                new InputStreamReader(server.getErrorStream(), StandardCharsets.UTF_8));
        HttpClient client = HttpClient.newHttpClient()) {
      String address = after(errors, "serves at ");
      assertThat(CommandLine.run(person, List.of("login", address, "--key", "me.pem")))
          .as(person.errors())
          .isEqualTo(ExitCode.YES);
      String link = person.output().strip();
      assertThat(link).startsWith(address + "/login?ticket=");
      HttpResponse<String> page =
          client.send(
              HttpRequest.newBuilder(URI.create(link)).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(page.body()).contains("Sign in as rita");
      CommandLine.run(person, List.of("key", "new", "other.pem"));
      Recorded stranger = new Recorded(folder);
      assertThat(CommandLine.run(stranger, List.of("login", address, "--key", "other.pem")))
          .isEqualTo(ExitCode.NO);
      assertThat(stranger.errors()).contains("a person who is known here");
    } finally {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void aServerThatAsksToSignInElsewhereGetsNothing() throws Exception {
    Recorded host = new Recorded(folder);
    CommandLine.run(host, List.of("key", "new", "me.pem"));
    String challenge = "{\\\"origin\\\":\\\"https://models.example.com\\\"}";
    try (TestHub relay = new TestHub()) {
      relay.on("/api/v1/login", TestHub.text(200, "{\"challenge\":\"" + challenge + "\"}"));
      Recorded person = new Recorded(folder);
      List<String> login = List.of("login", "http://127.0.0.1:" + relay.port(), "--key", "me.pem");
      assertThat(CommandLine.run(person, login)).as(person.errors()).isEqualTo(ExitCode.NO);
      assertThat(person.errors())
          .contains("asks to sign in at https://models.example.com; nothing was signed");
      assertThat(relay.requests).hasSize(1);
    }
    Recorded nobody = new Recorded(folder);
    assertThat(CommandLine.run(nobody, List.of("login", "http://127.0.0.1:1", "--key", "me.pem")))
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(nobody.errors()).contains("http://127.0.0.1:1: cannot be connected to");
    Recorded plain = new Recorded(folder);
    assertThat(CommandLine.run(plain, List.of("login", "http://hub.test", "--key", "me.pem")))
        .isEqualTo(ExitCode.USAGE);
  }

  @Test
  void othersAreServedWithTlsOnly() {
    Recorded host = new Recorded(folder);
    assertThat(CommandLine.run(host, List.of("serve", "--listen", "0.0.0.0:0")))
        .isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("could read every token").contains("--tls-certificate");
  }

  @Test
  void tokensAreMadeListedAndEnded() {
    Recorded begin = new Recorded(folder);
    assertThat(CommandLine.run(begin, List.of("init"))).isEqualTo(ExitCode.YES);
    Recorded add = new Recorded(folder);
    List<String> words = List.of("token", "add", "ci", "--env", "production", "--days", "3");
    assertThat(CommandLine.run(add, words)).as(add.errors()).isEqualTo(ExitCode.YES);
    assertThat(add.output()).matches("hf_[A-Za-z0-9]{40}\n");
    String id = add.errors().replaceAll("(?s).*it is (t-[A-Za-z0-9]+),.*", "$1");
    Recorded list = new Recorded(folder);
    CommandLine.run(list, List.of("token", "list"));
    assertThat(list.output()).contains(id + "  ci").contains("pulls production");
    assertThat(list.output()).doesNotContain(add.output().strip());
    assertThat(CommandLine.run(new Recorded(folder), List.of("token", "end", id)))
        .isEqualTo(ExitCode.YES);
    assertThat(CommandLine.run(new Recorded(folder), List.of("token", "end", id)))
        .isEqualTo(ExitCode.NO);
    Recorded nowhere = new Recorded(folder);
    assertThat(CommandLine.run(nowhere, List.of("token", "add", "x", "--env", "moon")))
        .isEqualTo(ExitCode.NO);
    assertThat(nowhere.errors()).contains("environment").contains("production");
  }

  @Test
  void anInvitationIsPrintedOnce() {
    CommandLine.run(new Recorded(folder), List.of("init"));
    Recorded invite = new Recorded(folder);
    assertThat(
            CommandLine.run(
                invite, List.of("person", "add", "eve", "--role", "reviewer", "--invite")))
        .as(invite.errors())
        .isEqualTo(ExitCode.YES);
    assertThat(invite.output()).matches("vi_[A-Za-z0-9]{40}\n");
  }
}
