package dev.vidimus.server.api;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Operation;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Route;
import dev.vidimus.server.http.Verb;
import dev.vidimus.server.identity.Permission;
import dev.vidimus.server.job.Job;
import dev.vidimus.server.job.Submissions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Submissions: sources that are taken in, examined and decided about in the background.
final class SubmissionResources {
  private static final int LISTED = 100;
  private static final long BETWEEN_EVENTS = 300;

  private final Submissions submissions;

  SubmissionResources(Submissions submissions) {
    this.submissions = submissions;
  }

  void addTo(Api api) {
    api.write(
        Verb.POST,
        "/submissions",
        Permission.SUBMIT,
        Operation.of("Takes a source into quarantine, examines it, decides.", "Submission")
            .takes("NewSubmission"),
        this::submit);
    api.read(
        "/submissions",
        Permission.READ,
        Operation.of("The last submissions, the newest first.", "Submissions"),
        this::list);
    api.read(
        "/submissions/{id}",
        Permission.READ,
        Operation.of("How far a submission is.", "Submission"),
        exchange -> Reply.ok(json(job(exchange))));
    api.raw(
        Route.of(
            Verb.GET,
            Api.BASE + "/submissions/{id}/events",
            Permission.READ,
            api.surface(),
            Operation.of("The same as server-sent events, until it is over.", ""),
            this::events));
  }

  private Reply submit(Exchange exchange) throws IOException, Problem {
    Body body = Body.of(exchange, "source", "name", "environment");
    String name = body.textOrNull("name");
    String environment = body.textOrNull("environment");
    Job job =
        submissions.submit(
            exchange.caller().id(),
            body.text("source"),
            name == null ? "" : name,
            environment == null ? "internal" : environment);
    return Reply.accepted(Api.BASE + "/submissions/" + job.id(), json(job));
  }

  private Reply list(Exchange exchange) throws IOException, FormatException, CheckFailed {
    List<Job> jobs = submissions.last(LISTED);
    JsonWriter json = new JsonWriter().object().name("submissions").array();
    jobs.forEach(job -> json.written(json(job)));
    return Reply.ok(json.endArray().endObject());
  }

  private Job job(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Job job = submissions.job(exchange.segment("id"));
    if (job == null) {
      throw Problem.notFound(
          "no submission " + exchange.segment("id"), "GET /api/v1/submissions lists them");
    }
    return job;
  }

  private JsonWriter json(Job job) {
    JsonWriter json = new JsonWriter().object().name("id").string(job.id());
    json.name("submitter").string(job.person()).name("source").string(job.source());
    json.name("name").string(job.name()).name("environment").string(job.environment());
    json.name("state").string(job.state().word()).name("created").string(job.created().toString());
    json.name("finished").string(job.finished()).name("artifact").string(job.snapshot());
    json.name("outcome").string(job.outcome()).name("problem").string(job.problem());
    Submissions.Progressed progress = submissions.progress(job.id());
    json.name("arrivedBytes").number(progress == null ? 0 : progress.arrived());
    json.name("expectedBytes").number(progress == null ? 0 : progress.expected());
    json.name("examinedBytes").number(progress == null ? 0 : progress.examined());
    return json.endObject();
  }

  private void events(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Job job = job(exchange);
    exchange.header("Cache-Control", "no-store");
    try (OutputStream out = exchange.stream(200, "text/event-stream", -1)) {
      String last = "";
      while (true) {
        String now = json(job).toString();
        if (!now.equals(last)) {
          String event = "event: submission\ndata: " + now + "\n\n";
          out.write(event.getBytes(StandardCharsets.UTF_8));
        } else {
          out.write(":\n\n".getBytes(StandardCharsets.UTF_8)); // finds out who is gone
        }
        out.flush();
        last = now;
        if (job.state().isOver()) {
          return;
        }
        Thread.sleep(BETWEEN_EVENTS);
        job = job(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // the server ends
    }
  }
}
