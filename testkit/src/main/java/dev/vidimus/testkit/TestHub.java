package dev.vidimus.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A real HTTP server on this machine that answers as a hub does, honest or not.
public final class TestHub implements AutoCloseable {
  public static final String COMMIT = "d560e612a2f750f1e37e7596114e55cd060218f6";
  public static final String REPOSITORY = "acme/toy";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Handler> handlers = new ConcurrentHashMap<>();
  private final List<String> items = new CopyOnWriteArrayList<>();
  public final List<String> requests = new CopyOnWriteArrayList<>();
  public final List<String> tokens = new CopyOnWriteArrayList<>();

  /// Answers one request.
  public interface Handler {
    void answer(HttpExchange exchange) throws IOException;
  }

  public TestHub() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    on(
        "/api/models/acme/toy/revision/main",
        text(200, "{\"id\": \"acme/toy\", \"sha\": \"" + COMMIT + "\", \"tags\": []}"));
    on(tree(), exchange -> text(200, "[" + String.join(",", items) + "]").answer(exchange));
  }

  public static String tree() {
    return "/api/models/acme/toy/tree/" + COMMIT + "?recursive=true";
  }

  public static String resolve(String path) {
    return "/acme/toy/resolve/" + COMMIT + "/" + path;
  }

  /// Where it listens.
  public int port() {
    return server.getAddress().getPort();
  }

  /// How a submission names the repository.
  public String source() {
    return "hub://127.0.0.1:" + port() + "/" + REPOSITORY;
  }

  /// As `HF_ENDPOINT` names it.
  public String endpoint() {
    return "http://127.0.0.1:" + port() + "/";
  }

  public TestHub on(String pathAndQuery, Handler handler) {
    handlers.put(pathAndQuery, handler);
    return this;
  }

  /// A file of the list and behind it, as git keeps small ones.
  public TestHub small(String path, byte... content) {
    return item(small(path, content.length, gitHash(content))).on(resolve(path), bytes(content));
  }

  /// A file of the list and behind it, as it is kept outside git.
  public TestHub large(String path, byte... content) {
    String hash = Digest.sha256(content).hex();
    return item(large(path, content.length, hash)).on(resolve(path), bytes(content));
  }

  public TestHub item(String json) {
    items.add(json);
    return this;
  }

  public static String small(String path, long size, String oid) {
    return """
    {"type": "file", "oid": "%s", "size": %d, "path": "%s"}\
    """
        .formatted(oid, size, path);
  }

  public static String large(String path, long size, String sha256) {
    return """
    {"type": "file", "oid": "%s", "size": %d, "path": "%s",
     "lfs": {"oid": "%s", "size": %d, "pointerSize": 130}, "xetHash": "x"}\
    """
        .formatted("0".repeat(40), size, path, sha256, size);
  }

  public static String gitHash(byte... content) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
      return HexFormat.of().formatHex(sha1.digest(content));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static Handler text(int status, String body, String... headers) {
    return exchange -> {
      for (int i = 0; i < headers.length; i += 2) {
        exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
      }
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    };
  }

  public static Handler redirect(String location) {
    return text(302, "", "Location", location);
  }

  /// Honours ranges.
  public static Handler bytes(byte... content) {
    return exchange -> {
      String asked = exchange.getRequestHeaders().getFirst("Range");
      int from = from(exchange);
      String end = asked == null ? "" : asked.substring(asked.indexOf('-') + 1);
      int last = end.isEmpty() ? content.length - 1 : Integer.parseInt(end);
      exchange.getResponseHeaders().add("X-Repo-Commit", COMMIT);
      if (asked != null) {
        String range = "bytes " + from + "-" + last + "/" + content.length;
        exchange.getResponseHeaders().add("Content-Range", range);
      }
      byte[] rest = Arrays.copyOfRange(content, from, last + 1);
      exchange.sendResponseHeaders(asked == null ? 200 : 206, rest.length == 0 ? -1 : rest.length);
      exchange.getResponseBody().write(rest);
    };
  }

  public static int from(HttpExchange exchange) {
    String range = exchange.getRequestHeaders().getFirst("Range");
    return range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=|-.*", ""));
  }

  /// Sends a part of what it declares, and cuts the connection.
  public static void cut(HttpExchange exchange, int status, byte[] content, int from, int to)
      throws IOException {
    exchange.sendResponseHeaders(status, content.length - from);
    OutputStream body = exchange.getResponseBody();
    body.write(content, from, to - from);
    body.flush();
    throw new IOException("cut");
  }

  private void answer(HttpExchange exchange) throws IOException {
    String url = exchange.getRequestURI().toString();
    requests.add(url);
    String token = exchange.getRequestHeaders().getFirst("Authorization");
    tokens.add(token == null ? "" : token);
    Handler handler = handlers.get(url);
    try {
      (handler == null ? text(404, "{}", "X-Error-Code", "EntryNotFound") : handler)
          .answer(exchange);
    } finally {
      exchange.close();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow(); // a handler may stall for ever
  }
}
