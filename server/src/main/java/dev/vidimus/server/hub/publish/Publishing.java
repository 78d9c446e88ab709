package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.digest.Exclusions;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.access.Token;
import dev.vidimus.registry.intake.Fetched;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.registry.intake.Staging;
import dev.vidimus.registry.statement.Intake;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.hub.RepositoryName;
import dev.vidimus.server.job.Job;
import dev.vidimus.server.job.Submissions;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Makes a version of a commit, and sends it into quarantine.
final class Publishing {
  private static final String USUAL = "internal";

  private final Submissions submissions;
  private final Heads heads;
  private final Uploads uploads;

  Publishing(Submissions submissions, Heads heads, Uploads uploads) {
    this.submissions = submissions;
    this.heads = heads;
    this.uploads = uploads;
  }

  /// Answers a commit.
  void commit(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    String name = repository.registryName();
    if (exchange.bodyLength() > Commit.LONGEST) {
      throw Problem.tooLarge("the commit has over " + Commit.LONGEST + " bytes");
    }
    Heads.Head base = heads.of(name);
    Commit commit = new Commit(name, uploads, base == null ? Tree.EMPTY : base.tree());
    Tree tree = commit.read(exchange.body());
    String last = base == null ? "" : base.commit();
    if (!commit.parent().isEmpty() && !commit.parent().equals(last)) {
      throw new Problem(
          412,
          "Precondition failed",
          "parentCommit is "
              + commit.parent()
              + ", and the last commit is "
              + (last.isEmpty() ? "none" : last),
          "look at what was committed meanwhile");
    }
    if (tree.files().keySet().stream()
        .allMatch(path -> Exclusions.covers(Exclusions.ofSnapshot(), path))) {
      throw Problem.badRequest("nothing would be left", "a version has at least one file");
    }
    if (tree.commit().equals(last)) {
      answer(exchange, repository, last, "nothing changed");
      return;
    }
    Job job = publish(exchange, name, base, tree);
    String see = exchange.origin() + "/submissions/" + job.id();
    answer(exchange, repository, tree.commit(), "quarantined: intake " + job.id() + " " + see);
  }

  private synchronized Job publish(
      Exchange exchange, String name, Heads.@Nullable Head base, Tree tree)
      throws IOException, FormatException, CheckFailed, Problem {
    Heads.Head now = heads.of(name);
    if (!Objects.equals(now == null ? null : now.commit(), base == null ? null : base.commit())) {
      throw new Problem(
          412, "Precondition failed", "somebody else committed at this moment", "commit again");
    }
    Token token = exchange.caller().token();
    String environment =
        token == null || token.environment().isEmpty() ? USUAL : token.environment();
    Job job =
        submissions.submit(
            exchange.caller().id(),
            "publication:" + name + "@" + tree.commit(),
            name,
            environment,
            staging -> fetch(name, tree, staging));
    heads.published(name, new Heads.Head(tree, tree.commit()), job.id());
    return job;
  }

  private static Fetched fetch(String name, Tree tree, Staging staging) throws IOException {
    NewTree folder = new NewTree(staging.tree());
    long bytes = 0;
    for (Map.Entry<String, Tree.Node> file : tree.files().entrySet()) {
      folder.announce(file.getKey());
      bytes += file.getValue().size();
    }
    Room.require(staging.tree(), bytes);
    for (Map.Entry<String, Tree.Node> file : tree.files().entrySet()) {
      Path target = folder.file(file.getKey());
      Files.createDirectories(Objects.requireNonNull(target.getParent()));
      bring(file.getValue().content(), target);
    }
    return new Fetched(
        folder.root(),
        new Intake.Source("folder", "publication:" + name, tree.commit(), List.of()),
        name,
        Map.of());
  }

  /// The same bytes under another name: whoever hashes them compares nothing else, and nobody
  /// writes to either.
  private static void bring(Path content, Path target) throws IOException {
    try {
      Files.createLink(target, content);
    } catch (UnsupportedOperationException | FileSystemException e) {
      Files.copy(content, target);
    }
  }

  private static void answer(
      Exchange exchange, RepositoryName repository, String commit, String words)
      throws IOException, Problem {
    String url = exchange.origin() + "/" + repository.registryName() + "/commit/" + commit;
    JsonWriter json = new JsonWriter().object().name("success").bool(true);
    json.name("commitOid").string(commit).name("commitUrl").string(url);
    if (exchange.query().text("create_pr").equals("1")) {
      json.name("pullRequestUrl").string(url); // everything is a request here
    }
    json.name("hookOutput").string("Vidimus: " + words).endObject();
    exchange.header("X-Repo-Commit", commit).header("X-HF-Warning", "vidimus; Vidimus: " + words);
    exchange.json(200, json);
  }
}
