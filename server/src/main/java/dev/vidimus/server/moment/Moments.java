package dev.vidimus.server.moment;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Answers that many ask for at once, such as what the gate says of a model.
///
/// They follow from the ledger and the time in whole seconds, and from nothing else. So an answer
/// is remembered together with the ledger's checkpoint and the second, both read before the
/// question was put, and is used only by requests that read the same two. Whoever promotes or
/// revokes, in whichever process and over whichever database, signs a new checkpoint first.
///
/// @param <K> a question
/// @param <V> its answer
public final class Moments<K, V> {
  /// More than so many different questions in a second are not remembered.
  private static final int MOST = 10_000;

  private final Path checkpoint;
  private final InstantSource clock;
  private final Asking<K, V> asking;
  private volatile Moment<K, V> last = new Moment<>(new byte[0], Long.MIN_VALUE);

  /// Finds an answer.
  @FunctionalInterface
  public interface Asking<K, V> {
    /// @param now in whole seconds
    V ask(K question, Instant now) throws IOException, FormatException, CheckFailed;
  }

  /// @param asking is asked once for each question of a moment
  public Moments(Registry registry, InstantSource clock, Asking<K, V> asking) {
    this.checkpoint = registry.home().ledger().resolve("checkpoint");
    this.clock = clock;
    this.asking = asking;
  }

  /// One head of the ledger in one second, and what was answered at it.
  private static final class Moment<K, V> {
    private final byte[] head;
    private final long second;
    private final Map<K, Slot<V>> answers = new ConcurrentHashMap<>();

    Moment(byte[] head, long second) {
      this.head = head;
      this.second = second;
    }

    boolean is(byte[] otherHead, long otherSecond) {
      return second == otherSecond && Arrays.equals(head, otherHead);
    }
  }

  /// One answer, which the first who needs it asks for while the others wait.
  private static final class Slot<V> {
    private @Nullable V answer;
  }

  /// The answer of this moment.
  public V answer(K question) throws IOException, FormatException, CheckFailed {
    Moment<K, V> now = now();
    Slot<V> slot =
        now.answers.size() < MOST
            ? now.answers.computeIfAbsent(question, key -> new Slot<>())
            : now.answers.getOrDefault(question, new Slot<>());
    synchronized (slot) {
      V known = slot.answer;
      if (known == null) {
        known = asking.ask(question, Instant.ofEpochSecond(now.second));
        slot.answer = known;
      }
      return known;
    }
  }

  private Moment<K, V> now() throws IOException {
    long second = clock.instant().getEpochSecond();
    byte[] head = Files.readAllBytes(checkpoint);
    Moment<K, V> moment = last;
    if (!moment.is(head, second)) {
      moment = new Moment<>(head, second);
      last = moment;
    }
    return moment;
  }
}
