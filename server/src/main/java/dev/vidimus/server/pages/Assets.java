package dev.vidimus.server.pages;

import dev.vidimus.artifact.Digest;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// Style, script and icon of the pages.
final class Assets {
  private static final Map<String, String> TYPES =
      Map.of(
          "style.css", "text/css; charset=utf-8",
          "vidimus.js", "text/javascript; charset=utf-8",
          "icon.svg", "image/svg+xml");

  private record Asset(String text, String tag) {}

  private final Map<String, Asset> assets = new TreeMap<>();

  Assets() {
    for (String name : TYPES.keySet()) {
      try (InputStream in =
          Assets.class.getResourceAsStream("/dev/vidimus/server/assets/" + name)) {
        if (in == null) {
          throw new IllegalStateException("this build lacks " + name);
        }
        byte[] content = in.readAllBytes();
        String tag = "\"" + Digest.sha256(content).hex() + "\"";
        assets.put(name, new Asset(new String(content, StandardCharsets.UTF_8), tag));
      } catch (IOException e) {
        throw new IllegalStateException("this build lacks " + name, e);
      }
    }
  }

  void send(Exchange exchange) throws IOException, Problem {
    String name = exchange.segment("name");
    Asset asset = assets.get(name);
    if (asset == null) {
      throw Problem.notFound("there is no " + name, "");
    }
    exchange.header("ETag", asset.tag()).header("Cache-Control", "no-cache");
    exchange.header("X-Content-Type-Options", "nosniff");
    if (asset.tag().equals(exchange.header("If-None-Match"))) {
      exchange.send(304);
    } else {
      exchange.send(200, TYPES.getOrDefault(name, ""), asset.text());
    }
  }
}
