package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.statement.Role;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.identity.Caller;
import dev.vidimus.server.job.Job;
import dev.vidimus.server.job.Submissions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings in from upstream what somebody asks for and nobody brought in yet, if it is on the list:
/// in the background, once, however many ask.
final class FirstTouch {
  /// A failed intake is tried again after this.
  private static final Duration PAUSE = Duration.ofMinutes(5);

  /// One that found no room, after this.
  private static final Duration BRIEF = Duration.ofSeconds(2);

  private static final int MOST = 10_000;
  private static final String GATED = "GatedRepo";

  private final HubSettings settings;
  private final Submissions submissions;
  private final Path staging;
  private final InstantSource clock;
  private final Map<String, Job> begun =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Job> eldest) {
          return size() > MOST;
        }
      };

  /// @param staging where what comes is put together
  FirstTouch(HubSettings settings, Submissions submissions, Path staging, InstantSource clock) {
    this.settings = settings;
    this.submissions = submissions;
    this.staging = staging;
    this.clock = clock;
  }

  /// What whoever asks is told: that it comes, or why not.
  HubRefusal refusal(Caller caller, Outcome.Absent absent)
      throws IOException, FormatException, CheckFailed, Problem {
    String about = absent.name() + "@" + absent.revision();
    if (!settings.mayFetch(absent.name())) {
      return refusal(
          about, "unknown", "it is not on the intake allow-list", "vidimus admit brings it in", "");
    }
    String submitter = settings.submitter();
    if (submitter.isEmpty()) {
      if (!caller.roles().contains(Role.SUBMITTER)) {
        return refusal(about, "unknown", "nobody brought it in yet", "ask a submitter for it", "");
      }
      submitter = caller.id();
    }
    Job job;
    synchronized (begun) {
      String source = settings.upstream() + absent.name() + "@" + absent.revision();
      Job known = begun.get(source);
      job = known == null ? null : submissions.job(known.id());
      if (job == null || mayBeTriedAgain(job)) {
        if (Room.free(staging) == 0) {
          throw noRoom(about, "no room is left on the disk of this server", "");
        }
        job = submissions.submit(submitter, source, absent.name(), caller.environment());
        begun.put(source, job);
      }
    }
    return switch (job.state()) {
      case WAITING, RUNNING, DONE ->
          refusal(about, "quarantined", "intake started", "Try again later", job.id());
      case FAILED, INTERRUPTED -> {
        String reason = "intake failed: " + job.problem();
        yield job.lacksRoom()
            ? noRoom(about, reason, job.id())
            : refusal(about, "not here", reason, "Try again later", job.id());
      }
    };
  }

  private boolean mayBeTriedAgain(Job job) {
    Duration pause = job.lacksRoom() ? BRIEF : PAUSE;
    return job.state().isOver() && job.created().plus(pause).isBefore(clock.instant());
  }

  private static HubRefusal noRoom(String about, String reason, String job) {
    return refusal(507, about, "not here", reason, "Tell an admin, and try again later", job);
  }

  private static HubRefusal refusal(
      String about, String state, String reason, String next, String job) {
    return refusal(403, about, state, reason, next, job);
  }

  private static HubRefusal refusal(
      int status, String about, String state, String reason, String next, String job) {
    return new HubRefusal(
        new HubRefusal.Shape(
            status,
            GATED,
            about,
            state,
            List.of(reason),
            next,
            "",
            job.isEmpty() ? "" : "/submissions/" + job,
            "",
            ""));
  }
}
