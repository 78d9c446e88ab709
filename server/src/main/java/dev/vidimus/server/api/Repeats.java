package dev.vidimus.server.api;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.registry.question.UnknownReference;
import dev.vidimus.registry.store.Sql;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/// Does a write once, however often its caller sends it under one `Idempotency-Key`, and gives the
/// first answer again. What was begun and never answered (the server was killed) is not done again:
/// nobody knows whether it was.
final class Repeats {
  private static final Duration REMEMBERED = Duration.ofDays(1);
  private static final int LONGEST_KEY = 200;

  private final Registry registry;
  private final InstantSource clock;

  Repeats(Registry registry, InstantSource clock) {
    this.registry = registry;
    this.clock = clock;
  }

  private record Known(String request, long status, String body) {}

  Reply once(Exchange exchange, Resource resource)
      throws IOException, FormatException, CheckFailed, Problem {
    String key = exchange.header("Idempotency-Key");
    if (key == null) {
      return resource.answer(exchange);
    }
    if (key.isEmpty() || key.length() > LONGEST_KEY) {
      throw Problem.badRequest("Idempotency-Key has 1 to " + LONGEST_KEY + " characters", "");
    }
    String caller = exchange.caller().name();
    String request = request(exchange);
    Known known = registry.keep(sql -> claim(sql, caller, key, request, clock.instant()));
    if (known != null) {
      return again(known, request);
    }
    boolean answered = false;
    try {
      Reply reply = resource.answer(exchange);
      registry.keep(sql -> remember(sql, caller, key, reply));
      answered = true;
      return reply;
    } catch (CheckFailed | FormatException | Problem | UnknownReference | Refusal e) {
      answered = true; // refused before anything was done: it may be sent again
      registry.keep(sql -> forget(sql, caller, key));
      throw e;
    } finally {
      if (!answered) {
        exchange.note("what became of Idempotency-Key " + key + " is not known");
      }
    }
  }

  private static Reply again(Known known, String request) throws Problem {
    if (!known.request().equals(request)) {
      throw new Problem(
          422,
          "Unprocessable content",
          "this Idempotency-Key came with another request",
          "take a new key for every write");
    }
    if (known.status() == 0) {
      throw Problem.conflict(
          "the request of this Idempotency-Key has no answer yet, or lost it",
          "look at the state of things before it is sent under a new key");
    }
    return new Reply((int) known.status(), known.body(), "");
  }

  private static String request(Exchange exchange) throws IOException, Problem {
    String what = exchange.verb() + " " + exchange.path() + "?" + exchange.rawQuery() + "\n";
    String body = exchange.hasBody() ? Json.text(exchange.json()) : "";
    return Digest.sha256((what + body).getBytes(StandardCharsets.UTF_8)).hex();
  }

  private static @Nullable Known claim(
      Sql sql, String caller, String key, String request, Instant now) throws IOException {
    sql.run("DELETE FROM answered WHERE time < ?", now.minus(REMEMBERED));
    Known known =
        sql.first(
            "SELECT request, status, body FROM answered WHERE caller = ? AND name = ?",
            row -> new Known(row.text(1), row.number(2), row.text(3)),
            caller,
            key);
    if (known == null) {
      sql.run(
          "INSERT INTO answered (caller, name, request, status, body, time)"
              + " VALUES (?, ?, ?, 0, '', ?)",
          caller,
          key,
          request,
          now);
    }
    return known;
  }

  private static boolean remember(Sql sql, String caller, String key, Reply reply)
      throws IOException {
    return sql.run(
            "UPDATE answered SET status = ?, body = ? WHERE caller = ? AND name = ?",
            (long) reply.status(),
            reply.body(),
            caller,
            key)
        > 0;
  }

  private static boolean forget(Sql sql, String caller, String key) throws IOException {
    return sql.run("DELETE FROM answered WHERE caller = ? AND name = ?", caller, key) > 0;
  }
}
