package dev.vidimus.server.pages;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Parameters;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.job.Job;
import dev.vidimus.server.job.Submissions;
import dev.vidimus.server.pages.jte.JtesubmissionGenerated;
import dev.vidimus.server.pages.jte.JtesubmitGenerated;
import java.io.IOException;
import java.util.List;

/// Bringing something in, and watching how it goes.
final class SubmitPages {
  private static final int LISTED = 20;

  private final Submissions submissions;
  private final Pages pages;
  private final ArtifactPages artifacts;

  SubmitPages(Submissions submissions, Pages pages, ArtifactPages artifacts) {
    this.submissions = submissions;
    this.pages = pages;
    this.artifacts = artifacts;
  }

  void form(Exchange exchange) throws IOException, FormatException, CheckFailed {
    List<String> environments = artifacts.environments();
    List<Job> jobs = submissions.last(LISTED);
    pages.show(
        exchange,
        pages.frame(exchange, "Submit", "Submit"),
        (out, frame) -> JtesubmitGenerated.render(out, null, frame, environments, jobs));
  }

  void submit(Exchange exchange) throws IOException, Problem {
    Parameters form = exchange.form();
    Job job =
        submissions.submit(
            exchange.caller().id(),
            form.text("source").strip(),
            form.text("name").strip(),
            form.text("environment"));
    exchange.redirect(303, "/submissions/" + job.id());
  }

  void submission(Exchange exchange) throws IOException, FormatException, CheckFailed, Problem {
    Job job = submissions.job(exchange.segment("id"));
    if (job == null) {
      throw Problem.notFound("no submission " + exchange.segment("id"), "");
    }
    pages.show(
        exchange,
        pages.frame(exchange, "Submission " + job.id(), "Submit"),
        (out, frame) -> JtesubmissionGenerated.render(out, null, frame, job));
  }
}
