package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.server.identity.Caller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Asks the gate at every request.
///
/// What the gate says follows from the ledger and the time in whole seconds, and from nothing else.
/// So an answer is remembered together with the ledger's checkpoint and the second, both read
/// before the question was put, and is used only by requests that read the same two. Whoever
/// promotes or revokes, in whichever process and over whichever database, signs a new checkpoint
/// first.
final class Gatekeeper {
  /// More than so many different questions in a second are not remembered.
  private static final int MOST = 10_000;

  private final Path checkpoint;
  private final InstantSource clock;
  private final Decisions decisions;
  private volatile Moment last = new Moment(new byte[0], Long.MIN_VALUE);

  Gatekeeper(Registry registry, InstantSource clock) {
    this.checkpoint = registry.home().ledger().resolve("checkpoint");
    this.clock = clock;
    this.decisions = new Decisions(registry);
  }

  private record Question(String environment, RepositoryName repository, String revision) {}

  /// One head of the ledger in one second, and what was answered at it.
  private static final class Moment {
    private final byte[] head;
    private final long second;
    private final Map<Question, Slot> answers = new ConcurrentHashMap<>();

    Moment(byte[] head, long second) {
      this.head = head;
      this.second = second;
    }

    boolean is(byte[] otherHead, long otherSecond) {
      return second == otherSecond && Arrays.equals(head, otherHead);
    }
  }

  /// One answer, which the first who needs it asks for while the others wait.
  private static final class Slot {
    private @Nullable Outcome outcome;
  }

  /// What a caller gets.
  ///
  /// @throws HubRefusal if it may not be had
  Outcome decide(Caller caller, RepositoryName repository, String revision)
      throws IOException, FormatException, CheckFailed, HubRefusal {
    if (caller.token() == null || !caller.token().covers(repository.registryName())) {
      throw Decisions.notCovered(repository, revision);
    }
    Outcome outcome = decide(new Question(caller.environment(), repository, revision));
    if (outcome instanceof Outcome.Closed(HubRefusal.Shape shape)) {
      throw new HubRefusal(shape);
    }
    return outcome;
  }

  private Outcome decide(Question question) throws IOException, FormatException, CheckFailed {
    Moment now = now();
    Slot slot;
    if (now.answers.size() < MOST) {
      slot = now.answers.computeIfAbsent(question, key -> new Slot());
    } else {
      slot = now.answers.getOrDefault(question, new Slot());
    }
    synchronized (slot) {
      Outcome known = slot.outcome;
      if (known == null) {
        known =
            decisions.of(
                question.repository(),
                question.revision(),
                question.environment(),
                Instant.ofEpochSecond(now.second));
        slot.outcome = known;
      }
      return known;
    }
  }

  private Moment now() throws IOException {
    long second = clock.instant().getEpochSecond();
    byte[] head = Files.readAllBytes(checkpoint);
    Moment moment = last;
    if (!moment.is(head, second)) {
      moment = new Moment(head, second);
      last = moment;
    }
    return moment;
  }
}
