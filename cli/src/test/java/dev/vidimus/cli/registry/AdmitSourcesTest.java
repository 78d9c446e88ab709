package dev.vidimus.cli.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.vidimus.artifact.Digest;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.SafetensorsForger;
import dev.vidimus.testkit.TarForger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdmitSourcesTest {
  private static final String COMMIT = "d560e612a2f750f1e37e7596114e55cd060218f6";
  private static final byte[] MODEL =
      SafetensorsForger.file("{'w':{'dtype':'U8','shape':[1],'data_offsets':[0,1]}}", 1);

  @TempDir Path folder;

  private Recorded run(ExitCode expected, String... words) {
    Recorded host = new Recorded(folder);
    ExitCode code = CommandLine.run(host, List.of(words));
    assertThat(code).as(host.output() + host.errors()).isEqualTo(expected);
    return host;
  }

  @Test
  void modelOfAHubIsAdmittedAndKnownByItsCommit() throws IOException {
    Map<String, byte[]> answers = new HashMap<>();
    answers.put(
        "/api/models/acme/toy/revision/v1", ("{\"sha\": \"" + COMMIT + "\"}").getBytes(UTF_8));
    answers.put(
        "/api/models/acme/toy/tree/" + COMMIT + "?recursive=true",
        """
        [{"type": "file", "path": "model.safetensors", "size": %d, "oid": "%s",
          "lfs": {"oid": "%s", "size": %d}}]
        """
            .formatted(MODEL.length, COMMIT, Digest.sha256(MODEL).hex(), MODEL.length)
            .getBytes(UTF_8));
    answers.put("/acme/toy/resolve/" + COMMIT + "/model.safetensors", MODEL);
    HttpServer hub =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        exchange -> {
          byte[] answer = answers.get(exchange.getRequestURI().toString());
          exchange.sendResponseHeaders(
              answer == null ? 404 : 200, answer == null ? -1 : answer.length);
          if (answer != null) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    hub.start();
    try {
      String source = "hub://127.0.0.1:" + hub.getAddress().getPort() + "/acme/toy@";
      Recorded missing = run(ExitCode.COULD_NOT_TELL, "admit", source + "v2");
      assertThat(missing.errors()).contains("status 404").contains("hint: check the name");
      run(ExitCode.YES, "admit", "--tier", "sandbox", source + "v1");
      Recorded trace = run(ExitCode.YES, "trace", "gitCommit:" + COMMIT);
      assertThat(trace.output()).contains(source + "v1 at " + COMMIT);
    } finally {
      hub.stop(0);
    }
  }

  @Test
  void archiveIsAdmittedAsItsTreeOnlyIfAskedFor() throws IOException {
    byte[] tar = new TarForger().file("model.safetensors", MODEL).end().bytes();
    Files.write(folder.resolve("model.tar"), tar);
    Files.createDirectories(folder.resolve("tree"));
    Files.write(folder.resolve("tree/model.safetensors"), MODEL);
    String whole = digest(run(ExitCode.YES, "admit", "--tier", "sandbox", "model.tar"));
    String tree = digest(run(ExitCode.YES, "admit", "--tier", "sandbox", "--unpack", "model.tar"));
    String same = digest(run(ExitCode.YES, "admit", "--tier", "sandbox", "tree"));
    assertThat(tree).isEqualTo(same).isNotEqualTo(whole);
  }

  private static String digest(Recorded host) {
    return host.output()
        .lines()
        .filter(line -> line.startsWith("sha256:"))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void unpackTakesNoHub() {
    Recorded host = run(ExitCode.COULD_NOT_TELL, "admit", "--unpack", "hf://acme/toy");
    assertThat(host.errors()).contains("is no archive");
  }
}
