package dev.vidimus.server.hub;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.hub.HubAddress;
import dev.vidimus.registry.hub.HubLimits;
import dev.vidimus.registry.hub.HubSource;
import dev.vidimus.registry.keep.Doctor;
import dev.vidimus.testkit.TestHub;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/// A server over a small file system that is filled, emptied, and filled while it writes. Prints
/// what its clients are answered.
final class FullDisk {
  private static final long PATIENCE = 20_000;
  private static final int PART = 1 << 20;
  private static final byte[] CHUNK = new byte[1 << 16];
  private static final String COMMIT = "/api/models/acme/own/commit/main";

  private final Path rest;
  private final Path uploads;
  private final HubHouse hub;
  private final String token;

  private FullDisk(Path disk, HubHouse hub) throws Exception {
    this.rest = disk.resolve("rest");
    this.uploads = disk.resolve("home/tmp/uploads");
    this.hub = hub;
    this.token = hub.publisher();
  }

  /// The folder of the small file system.
  public static void main(String[] args) throws Exception {
    Path disk = Path.of(args[0]);
    byte[] weights = new byte[6 << 20];
    new Random(3).nextBytes(weights);
    try (TestHub upstream = new TestHub().large("data.npy", weights);
        HubHouse hub =
            new HubHouse(
                disk,
                new HubSettings("hf://", List.of("*"), "", 64 << 20, PART),
                (source, progress) ->
                    staging ->
                        HubSource.fetch(
                            HubAddress.of(source, upstream.endpoint(), false),
                            "",
                            true,
                            progress,
                            staging,
                            HubLimits.DEFAULT))) {
      FullDisk disks = new FullDisk(disk, hub);
      disks.work();
      disks.fillWhileUploading();
      disks.fillWhileFetching(upstream, weights);
      print(
          "doctor",
          Doctor.examine(hub.house().registry(), true).stream()
              .filter(check -> !check.ok())
              .toList()
              .toString());
      hub.house().troubles().forEach(System.out::println);
    }
  }

  private static void print(String what, String answer) {
    System.out.println(what + " => " + answer.replaceAll("[\\r\\n]", " "));
  }

  private static void print(String what, HttpResponse<String> answer) {
    print(what, answer.statusCode() + " " + answer.body());
  }

  /// Writes until nothing more can be written.
  private void fill() throws IOException {
    try (OutputStream out = Files.newOutputStream(rest)) {
      while (true) {
        out.write(CHUNK);
      }
    } catch (IOException e) {
      try (OutputStream out = Files.newOutputStream(rest.resolveSibling("last"))) {
        while (true) {
          out.write(1);
        }
      } catch (IOException full) {
        return;
      }
    }
  }

  private void empty() throws IOException {
    Files.delete(rest);
    Files.delete(rest.resolveSibling("last"));
  }

  /// Uploads that are there, whole or not.
  private String left() throws IOException {
    try (Stream<Path> files = Files.walk(uploads)) {
      return files.filter(Files::isRegularFile).map(Path::getFileName).toList().toString();
    }
  }

  private static byte[] random(int seed, int size) {
    byte[] bytes = new byte[size];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  private String batch(byte[] object) throws Exception {
    return hub.house()
        .post(
            "/acme/own.git/info/lfs/objects/batch",
            token,
            "{\"operation\":\"upload\",\"transfers\":[\"basic\",\"multipart\"],\"objects\":[{\"oid\":\""
                + Digest.sha256(object).hex()
                + "\",\"size\":"
                + object.length
                + "}]}")
        .body();
  }

  private static String address(String batch, String name) {
    return batch.replaceAll("(?s).*?\"" + name + "\":\"([^\"]*)\".*", "$1");
  }

  private HttpResponse<String> put(String href, HttpRequest.BodyPublisher body) throws Exception {
    return hub.house().send(hub.house().request(href.replace(hub.house().address(), "")).PUT(body));
  }

  private HttpResponse<String> put(String href, byte[] body) throws Exception {
    return put(href, HttpRequest.BodyPublishers.ofByteArray(body));
  }

  private HttpResponse<String> commit(byte[] object) throws Exception {
    String lines =
        "{\"key\":\"header\",\"value\":{\"summary\":\"s\"}}\n"
            + "{\"key\":\"file\",\"value\":{\"path\":\"a.json\",\"encoding\":\"base64\",\"content\":\"e30=\"}}\n"
            + "{\"key\":\"lfsFile\",\"value\":{\"path\":\"b.npy\",\"algo\":\"sha256\",\"size\":"
            + object.length
            + ",\"oid\":\""
            + Digest.sha256(object).hex()
            + "\"}}\n";
    return hub.house().post(COMMIT, token, lines);
  }

  private HttpResponse<String> submit() throws Exception {
    return hub.house()
        .post(
            "/api/v1/submissions",
            token,
            "{\"source\":\"hf://acme/toy\",\"name\":\"acme/sent\",\"environment\":\"sandbox\"}");
  }

  private HttpResponse<String> awaited(String path, String words) throws Exception {
    HttpResponse<String> answer = hub.get(path, token);
    for (long end = System.currentTimeMillis() + PATIENCE;
        !(answer.statusCode() + answer.body()).contains(words)
            && System.currentTimeMillis() < end; ) {
      Thread.sleep(50);
      answer = hub.get(path, token);
    }
    return answer;
  }

  private void work() throws Exception {
    hub.promoteToy("acme/here");
    byte[] small = random(1, 1 << 19);
    byte[] large = random(2, PART + 10);
    String object = address(batch(small), "href");
    String parts = batch(large);
    fill();
    print("full: object", put(object, small));
    print("full: part", put(address(parts, "00001"), Arrays.copyOf(large, PART)));
    print("full: commit", commit(small));
    print("full: submission", submit());
    String upstream = "/acme/toy/resolve/main/data.npy";
    print("full: upstream", hub.get(upstream, token));
    print("full: here", hub.get("/acme/here/resolve/main/config.json", token));
    print("full: left", left());
    empty();
    print("room: object", put(object, small));
    print("room: part", put(address(parts, "00001"), Arrays.copyOf(large, PART)));
    print("room: commit", commit(small));
    HttpResponse<String> pulled = awaited("/acme/own/resolve/main/a.json", "200");
    print("room: commit", pulled.statusCode() + " " + pulled.body());
    print("room: upstream", awaited("/api/models/acme/toy", "200"));
  }

  private void awaitComing() throws IOException {
    for (long end = System.currentTimeMillis() + PATIENCE;
        !left().contains("coming-") && System.currentTimeMillis() < end; ) {
      Thread.onSpinWait();
    }
  }

  /// The disk fills up while all but the first byte is on its way.
  private void fillWhileUploading() throws Exception {
    byte[] object = random(4, PART - 1);
    String href = address(batch(object), "href");
    URI address = URI.create(href);
    String answer;
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      OutputStream out = socket.getOutputStream();
      String head =
          "PUT "
              + address.getRawPath()
              + "?"
              + address.getRawQuery()
              + " HTTP/1.1\r\nHost: "
              + address.getAuthority()
              + "\r\nContent-Length: "
              + object.length
              + "\r\nConnection: close\r\n\r\n";
      out.write(HubHouse.text(head));
      out.write(object, 0, 1);
      out.flush();
      awaitComing(); // there was room when the server looked
      fill();
      try {
        out.write(object, 1, object.length - 1);
        out.flush();
      } catch (IOException e) {
        // It does not want the rest any more, and said why.
      }
      answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
    print("filled meanwhile: object", answer.replaceFirst("HTTP/1.1 ", ""));
    List<String> names =
        new ArrayList<>(List.of(left().replaceAll("[\\[\\] ]", "").split(",", -1)));
    names.removeIf(name -> !name.startsWith("coming-"));
    print("filled meanwhile: left", names.toString());
    print(
        "filled meanwhile: object is there",
        Boolean.toString(!batch(object).contains("\"upload\"")));
    empty();
    print("room: object of before", put(href, object));
  }

  /// The disk fills up while the upstream sends.
  private void fillWhileFetching(TestHub upstream, byte[] weights) throws Exception {
    String again = "/api/models/acme/again";
    upstream.on(
        again + "/revision/main", TestHub.text(200, "{\"sha\": \"" + TestHub.COMMIT + "\"}"));
    upstream.on(
        again + "/tree/" + TestHub.COMMIT + "?recursive=true",
        TestHub.text(
            200,
            "[" + TestHub.large("data.npy", weights.length, Digest.sha256(weights).hex()) + "]"));
    upstream.on(
        "/acme/again/resolve/" + TestHub.COMMIT + "/data.npy",
        exchange -> {
          exchange.sendResponseHeaders(200, weights.length);
          exchange.getResponseBody().write(weights, 0, CHUNK.length);
          exchange.getResponseBody().flush();
          fill();
          exchange.getResponseBody().write(weights, CHUNK.length, weights.length - CHUNK.length);
        });
    print("filled meanwhile: upstream", awaited(again, "intake failed"));
    empty();
    upstream.on("/acme/again/resolve/" + TestHub.COMMIT + "/data.npy", TestHub.bytes(weights));
    print("room: upstream of before", awaited(again, "200"));
  }
}
