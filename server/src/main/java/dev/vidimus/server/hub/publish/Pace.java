package dev.vidimus.server.hub.publish;

import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// How often somebody may publish: so many requests a minute, whatever they are about.
final class Pace {
  private static final int MOST = 1_200;
  private static final long MINUTE = 60;

  private final InstantSource clock;
  private final Map<String, Integer> counts = new HashMap<>();
  private long minute;

  Pace(InstantSource clock) {
    this.clock = clock;
  }

  /// Counts a request.
  ///
  /// @throws Problem if it is one too many
  synchronized void count(Exchange exchange) throws Problem {
    long now = clock.instant().getEpochSecond();
    if (now / MINUTE != minute) {
      minute = now / MINUTE;
      counts.clear();
    }
    if (counts.merge(exchange.caller().name(), 1, Integer::sum) > MOST) {
      exchange.header("Retry-After", Long.toString(MINUTE - now % MINUTE));
      throw new Problem(429, "Too many requests", MOST + " a minute are taken", "wait");
    }
  }
}
