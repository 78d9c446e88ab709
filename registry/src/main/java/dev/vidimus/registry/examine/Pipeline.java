package dev.vidimus.registry.examine;

import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Runs every examiner over one artifact, side by side. One that fails is an incomplete report,
/// and hides nothing of the others.
public final class Pipeline {
  private final List<ArtifactExaminer> examiners;
  private final InstantSource clock;

  public Pipeline(List<ArtifactExaminer> examiners, InstantSource clock) {
    this.examiners = List.copyOf(examiners);
    this.clock = clock;
  }

  /// What one examiner did.
  ///
  /// @param examiner who
  /// @param found what it found
  /// @param startedOn when it began
  /// @param finishedOn when it ended
  public record Outcome(
      ArtifactExaminer examiner, Found found, Instant startedOn, Instant finishedOn) {}

  /// Examines.
  ///
  /// @param meter counts while it happens
  /// @return one outcome for each examiner, in their order
  /// @throws InterruptedIOException if the thread is interrupted; the examiners are, too
  public List<Outcome> examine(Quarantined subject, Meter meter) throws IOException {
    List<Outcome> outcomes = new ArrayList<>();
    // Daemon threads: an examiner that does not notice an interruption must not hold the process.
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().daemon().name("examiner-", 0).factory());
    try {
      List<Future<Outcome>> running = new ArrayList<>();
      for (ArtifactExaminer examiner : examiners) {
        running.add(threads.submit(() -> run(examiner, subject, meter)));
      }
      for (Future<Outcome> one : running) {
        outcomes.add(one.get());
      }
      return outcomes;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the examination was interrupted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("an examiner escaped", e);
    } finally {
      threads.shutdownNow();
    }
  }

  private Outcome run(ArtifactExaminer examiner, Quarantined subject, Meter meter) {
    Instant begin = clock.instant();
    Found found;
    try {
      found = examiner.examine(subject, meter);
    } catch (IOException | RuntimeException | Error e) {
      found = Found.failed(e);
    }
    return new Outcome(examiner, found, begin, clock.instant());
  }
}
