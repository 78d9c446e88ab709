package dev.vidimus.server.http;

import dev.vidimus.artifact.json.JsonWriter;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One JSON object a request: who asked what, what was answered, how long it took.
final class AccessLog {
  /// An address of an upload opens itself, and so does a link to sign in: with its signature or
  /// ticket anybody could use it from the log.
  private static final Pattern SECRET = Pattern.compile("(\\b(?:signature|ticket)=)[^&]*");

  private final Consumer<String> lines;

  /// @param lines takes whole lines without their end, from many threads
  AccessLog(Consumer<String> lines) {
    this.lines = lines;
  }

  void write(Exchange exchange, @Nullable Route route, Instant begin, long nanos) {
    JsonWriter json = new JsonWriter().object().name("time").string(begin.toString());
    json.name("request").string(exchange.id()).name("peer").string(exchange.peer());
    json.name("caller").string(exchange.caller().name());
    json.name("method").string(exchange.verb().name()).name("path").string(exchange.path());
    if (!exchange.rawQuery().isEmpty()) {
      json.name("query").string(SECRET.matcher(exchange.rawQuery()).replaceAll("$1…"));
    }
    json.name("route").string(route == null ? "" : route.pattern().toString());
    json.name("status").number(exchange.status()).name("bytes").number(exchange.sent());
    json.name("micros").number(nanos / 1_000);
    String agent = exchange.header("User-Agent");
    json.name("agent").string(agent == null ? "" : agent);
    if (!exchange.note().isEmpty()) {
      json.name("note").string(exchange.note());
    }
    lines.accept(json.endObject().toString());
  }
}
