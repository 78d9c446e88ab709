package dev.vidimus.server.job;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.hub.Progress;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NoRoom;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.scan.Meter;
import dev.vidimus.server.http.Problem;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Intakes in the background. Some bring bytes at once, and few of them are examined at once, so
/// that they leave the processors to whoever pulls.
public final class Submissions implements AutoCloseable {
  private static final int ARRIVING = 16;
  private static final int EXAMINED = 2;
  private static final int MOST_WAITING = 1_000;
  private static final long GRACE_SECONDS = 20;

  private static final long TEND_SECONDS = 2;

  private final Registry registry;
  private final Sources sources;
  private final Living living;
  private final InstantSource clock;
  private final Consumer<String> troubles;
  private final ExecutorService workers =
      Executors.newFixedThreadPool(ARRIVING, new GivingWay("submission-"));
  private final Semaphore processors = new Semaphore(EXAMINED, true);
  private final Lanes lanes = new Lanes(workers);
  private final Map<String, Running> running = new ConcurrentHashMap<>();
  /// Jobs that ended, until the database has it.
  private final Map<String, Job> unsaid = new ConcurrentHashMap<>();

  private final ScheduledExecutorService tending =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("tending").daemon().factory());
  private volatile boolean closing;
  private final AtomicInteger waiting = new AtomicInteger();

  /// How far a running intake is, in bytes.
  ///
  /// @param arrived from the source
  /// @param expected from the source; 0 if it is not known
  /// @param examined by the examiners
  public record Progressed(long arrived, long expected, long examined) {}

  private static final class Running implements Progress {
    private final Meter meter = new Meter();
    private volatile long arrived;
    private volatile long expected;

    @Override
    public void arrived(long done, long all) {
      arrived = done;
      expected = all;
    }
  }

  private Submissions(
      Registry registry,
      Sources sources,
      Living living,
      InstantSource clock,
      Consumer<String> troubles) {
    this.registry = registry;
    this.sources = sources;
    this.living = living;
    this.clock = clock;
    this.troubles = troubles;
  }

  /// Begins, and ends what servers left half done that are gone, now and from time to time.
  public static Submissions begin(
      Registry registry, Sources sources, InstantSource clock, Consumer<String> troubles)
      throws IOException, FormatException, CheckFailed {
    Submissions submissions =
        new Submissions(registry, sources, Living.begin(registry.temporary()), clock, troubles);
    submissions.living.collect();
    submissions.recover();
    ScheduledFuture<?> _ = // which never fails: what is thrown is reported and tried again
        submissions.tending.scheduleWithFixedDelay(
            submissions::tend, TEND_SECONDS, TEND_SECONDS, TimeUnit.SECONDS);
    return submissions;
  }

  /// What another server works at goes on.
  private void recover() throws IOException, FormatException, CheckFailed {
    for (String owner : registry.ask(sql -> new JobTable(sql).owners())) {
      if (!living.isAlive(owner)) {
        update(table -> table.interrupt(owner, clock.instant()));
      }
    }
  }

  /// Takes something in, later.
  ///
  /// @return the job, which waits
  public Job submit(String person, String source, String name, String environment)
      throws IOException, Problem {
    Running progress = new Running();
    Registry.Source opened = sources.open(source, progress);
    return submit(person, source, name, environment, opened, progress);
  }

  /// Takes in what a source of the server's own gives, such as a publication.
  public Job submit(
      String person, String source, String name, String environment, Registry.Source opened)
      throws IOException, Problem {
    return submit(person, source, name, environment, opened, new Running());
  }

  private Job submit(
      String person,
      String source,
      String name,
      String environment,
      Registry.Source opened,
      Running progress)
      throws IOException, Problem {
    if (waiting.incrementAndGet() > MOST_WAITING) {
      waiting.decrementAndGet();
      throw new Problem(503, "Service unavailable", "too many submissions wait", "try later");
    }
    Job job =
        new Job(
            Credential.id("s"),
            person,
            source,
            name,
            environment,
            Job.State.WAITING,
            clock.instant(),
            "",
            "",
            "",
            "");
    registry.keep(
        sql -> {
          new JobTable(sql).add(job, living.id());
          return job;
        });
    running.put(job.id(), progress);
    try {
      lanes.execute(job.name(), () -> work(job, opened, progress));
    } catch (RejectedExecutionException e) {
      throw new Problem(503, "Service unavailable", "this server ends", "try again");
    }
    return job;
  }

  private void work(Job job, Registry.Source source, Running progress) {
    waiting.decrementAndGet();
    if (closing) {
      return; // still waits, as the next process will find it
    }
    Job end;
    try (Turn turn = new Turn(processors)) {
      update(table -> table.begin(job.id()));
      Registry.Admitted admitted =
          registry.admit(
              new Registry.Request(job.person(), job.name(), job.environment()),
              staging -> {
                Fetched fetched = source.fetch(staging);
                turn.take();
                return fetched;
              },
              progress.meter);
      end =
          job.ended(
              Job.State.DONE,
              admitted.artifact().snapshot(),
              admitted.decision().decision().outcome().word(),
              "",
              clock.instant());
    } catch (NoRoom e) {
      end = job.withoutRoom(e.what(), clock.instant());
    } catch (IOException | FormatException | CheckFailed e) {
      end =
          Room.isMissing(e)
              ? job.withoutRoom("no room is left", clock.instant())
              : failed(job, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      troubles.accept("submission " + job.id() + ": " + e);
      end = failed(job, "internal error");
    }
    unsaid.put(job.id(), end);
    running.remove(job.id());
    say(end);
  }

  private Job failed(Job job, String problem) {
    return job.ended(Job.State.FAILED, "", "", problem, clock.instant());
  }

  /// Writes down how a job ended; if the database takes nothing now, later.
  private void say(Job end) {
    try {
      update(table -> table.end(end));
      unsaid.remove(end.id());
    } catch (IOException e) {
      troubles.accept("submission " + end.id() + " " + end.state().word() + "; not written: " + e);
    }
  }

  private void tend() {
    try {
      unsaid.values().forEach(this::say);
      recover();
    } catch (IOException | FormatException | CheckFailed | RuntimeException e) {
      troubles.accept("submissions: " + e); // and again in a while
    }
  }

  private interface Update {
    void on(JobTable table) throws IOException;
  }

  private void update(Update update) throws IOException {
    registry.keep(
        sql -> {
          update.on(new JobTable(sql));
          return true;
        });
  }

  /// A job, or null.
  public @Nullable Job job(String id) throws IOException, FormatException, CheckFailed {
    Job known = registry.ask(sql -> new JobTable(sql).byId(id));
    return unsaid.getOrDefault(id, known);
  }

  /// The last jobs, the newest first.
  public List<Job> last(int limit) throws IOException, FormatException, CheckFailed {
    return registry.ask(sql -> new JobTable(sql).last(limit));
  }

  /// How far a job is; null if it does not run.
  public @Nullable Progressed progress(String id) {
    Running one = running.get(id);
    return one == null ? null : new Progressed(one.arrived, one.expected, one.meter.bytes());
  }

  /// Lets what runs come to its end for a while, and stops it then; what waits stays undone.
  @Override
  public void close() throws IOException {
    closing = true;
    tending.shutdown();
    workers.shutdown();
    try {
      tending.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
      if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
        workers.shutdownNow();
        workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    } finally {
      living.close();
    }
  }
}
