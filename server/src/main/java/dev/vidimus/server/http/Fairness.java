package dev.vidimus.server.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Keeps one caller from taking what all need: so many requests of each at once, and so many failed
/// attempts of a peer in a while. Whoever wants more is told to come back.
final class Fairness {
  /// Requests of one caller that are answered at once.
  static final int MOST_AT_ONCE = 128;

  /// Credentials that open nothing, of one peer in [#WINDOW_NANOS].
  static final int MOST_FAILURES = 50;

  private static final long WINDOW_NANOS = 10_000_000_000L;
  private static final int MOST_PEERS = 100_000;

  private final Map<String, Integer> running = new ConcurrentHashMap<>();
  private final Map<String, Failures> failures = new ConcurrentHashMap<>();

  private record Failures(long since, int count) {}

  /// Begins a request.
  ///
  /// @param caller name of a caller, or the peer of one who is not known
  /// @throws Problem if too many of theirs run
  void begin(String caller) throws Problem {
    if (running.merge(caller, 1, Integer::sum) > MOST_AT_ONCE) {
      end(caller);
      throw tooMany("more than " + MOST_AT_ONCE + " requests at once");
    }
  }

  /// Ends a request that began.
  void end(String caller) {
    running.computeIfPresent(caller, (name, count) -> count == 1 ? null : count - 1);
  }

  /// A peer showed a credential that opens nothing. Others behind the same address, such as a
  /// proxy's, go on with theirs.
  ///
  /// @param refusal what it is told
  /// @return that, or to wait if it happened too often of late
  Problem failed(String peer, long now, Problem refusal) {
    if (failures.size() >= MOST_PEERS) {
      failures.values().removeIf(one -> now - one.since() >= WINDOW_NANOS);
    }
    Failures known =
        failures.merge(
            peer,
            new Failures(now, 1),
            (old, fresh) ->
                now - old.since() >= WINDOW_NANOS
                    ? fresh
                    : new Failures(old.since(), old.count() + 1));
    return known == null || known.count() <= MOST_FAILURES
        ? refusal
        : tooMany("too many credentials that open nothing");
  }

  private static Problem tooMany(String detail) {
    return new Problem(429, "Too many requests", detail, "come back in some seconds");
  }
}
