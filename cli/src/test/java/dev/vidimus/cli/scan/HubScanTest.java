package dev.vidimus.cli.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidimus.artifact.Digest;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.SafetensorsForger;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Scans of a model on a hub that is a real HTTP server of this machine.
class HubScanTest {
  private static final String COMMIT = "d560e612a2f750f1e37e7596114e55cd060218f6";
  private static final int SIZE = 8 << 20;
  private static final byte[] WEIGHTS =
      SafetensorsForger.file(
          "{'w':{'dtype':'U8','shape':[%d],'data_offsets':[0,%d]}}".formatted(SIZE, SIZE), SIZE);

  @TempDir Path folder;
  private final Map<String, byte[]> files = new TreeMap<>();
  private HttpServer hub;

  @BeforeEach
  void begin() throws IOException {
    hub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext("/", this::answer);
    hub.start();
    files.put("config.json", "{\"model_type\": \"toy\"}".getBytes(UTF_8));
    files.put("model.safetensors", WEIGHTS);
  }

  @AfterEach
  void end() {
    hub.stop(0);
  }

  private String source() {
    return "hub://127.0.0.1:" + hub.getAddress().getPort() + "/acme/toy@v1";
  }

  private Recorded run(ExitCode expected, String... words) {
    Recorded host = new Recorded(folder);
    ExitCode code = CommandLine.run(host, List.of(words));
    assertThat(code).as(host.output() + host.errors()).isEqualTo(expected);
    return host;
  }

  @Test
  void onlyWhatIsExaminedIsFetchedAndTheRestIsSaid() {
    Recorded run = run(ExitCode.YES, "scan", source());
    assertThat(run.output())
        .contains("2 files: 2 clean; 8.3 MB in")
        .contains("at " + COMMIT + ": 131 kB were fetched, 8.2 MB were not needed");
    String json = run(ExitCode.YES, "scan", "--format", "json", source()).output();
    assertThat(json)
        .contains("\"hub\":{\"commit\":\"" + COMMIT + "\",\"fetched\":131166,\"saved\":");
  }

  @Test
  void attackOnAHubIsFoundWithItsPath() {
    files.put("a/evil.pkl", "cos\nsystem\n(S'id'\ntR.".getBytes(UTF_8));
    assertThat(run(ExitCode.NO, "scan", source()).output())
        .contains("MALICIOUS  " + source() + "/a/evil.pkl")
        .contains("VID-PICKLE-001");
  }

  @Test
  void filesOfAHubAreOneThingToo() {
    files.put("config.json", "{\"auto_map\": {\"AutoModel\": \"net.Net\"}}".getBytes(UTF_8));
    assertThat(run(ExitCode.NO, "scan", source()).output())
        .contains("net.py is not here, which auto_map.AutoModel names");
    files.put("net.py", "x = 1\n".getBytes(UTF_8));
    assertThat(run(ExitCode.NO, "scan", "--graph", "json", source()).output())
        .contains("\"from\":\"config.json\",\"to\":\"net.py\",\"kind\":\"loads\"");
  }

  @Test
  void fileThatDoesNotComeIsNotTold() {
    files.put("broken.json", new byte[0]);
    Recorded run = run(ExitCode.COULD_NOT_TELL, "scan", source());
    assertThat(run.output()).contains("INCOMPLETE").contains("cannot be read: broken.json");
  }

  @Test
  void absentModelIsNotTold() {
    Recorded run = run(ExitCode.COULD_NOT_TELL, "scan", source().replace("v1", "v2"));
    assertThat(run.output()).contains("status 404");
    assertThat(run.errors()).contains("hint: ");
  }

  @Test
  void whatIsLeftOutIsNotFetched() {
    Recorded run = run(ExitCode.YES, "scan", "--exclude", "*.safetensors", source());
    assertThat(run.output()).contains("21 bytes were fetched");
  }

  @Test
  void changedSinceIsForFoldersOfThisMachine() {
    Recorded run = run(ExitCode.USAGE, "scan", "--changed-since", "main", source());
    assertThat(run.errors()).contains("are for folders of this machine");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String url = exchange.getRequestURI().toString();
    String content = "/acme/toy/resolve/" + COMMIT + "/";
    if (url.equals("/api/models/acme/toy/revision/v1")) {
      send(exchange, 200, ("{\"sha\": \"" + COMMIT + "\"}").getBytes(UTF_8));
    } else if (url.equals("/api/models/acme/toy/tree/" + COMMIT + "?recursive=true")) {
      send(exchange, 200, list().getBytes(UTF_8));
    } else if (url.startsWith(content) && !url.endsWith("broken.json")) {
      byte[] file = files.get(url.substring(content.length()));
      String range = exchange.getRequestHeaders().getFirst("Range").substring("bytes=".length());
      int from = Integer.parseInt(range.substring(0, range.indexOf('-')));
      int last = Integer.parseInt(range.substring(range.indexOf('-') + 1));
      exchange.getResponseHeaders().add("Content-Range", "bytes " + range + "/" + file.length);
      send(exchange, 206, Arrays.copyOfRange(file, from, last + 1));
    } else {
      send(exchange, 404, "{}".getBytes(UTF_8));
    }
  }

  private String list() {
    return files.entrySet().stream()
        .map(
            file -> {
              long size = Math.max(file.getValue().length, 1); // an absent file has one byte
              return ("{'type':'file','path':'%s','size':%d,'oid':'%s',"
                      + "'lfs':{'oid':'%s','size':%d}}")
                  .formatted(
                      file.getKey(), size, COMMIT, Digest.sha256(file.getValue()).hex(), size)
                  .replace('\'', '"');
            })
        .collect(Collectors.joining(",", "[", "]"));
  }

  private static void send(HttpExchange exchange, int status, byte[] content) throws IOException {
    exchange.sendResponseHeaders(status, content.length);
    exchange.getResponseBody().write(content);
    exchange.close();
  }
}
