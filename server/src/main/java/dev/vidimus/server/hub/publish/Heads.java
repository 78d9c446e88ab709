package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.Registry;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.shelf.Revisions;
import dev.vidimus.registry.shelf.Shelf;
import dev.vidimus.registry.shelf.ShelfFile;
import dev.vidimus.server.job.Job;
import dev.vidimus.server.job.Submissions;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The version that a commit is made against: the one that was published last, while its intake
/// runs; else the last one that came in, whoever brought it and wherever it stands.
final class Heads {
  private static final int MOST = 1_000;

  private final Registry registry;
  private final Submissions submissions;
  private final Map<String, Pending> pending =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
          return size() > MOST;
        }
      };

  private record Pending(Head head, String job) {}

  /// A version.
  ///
  /// @param tree its files
  /// @param commit by which clients know it
  record Head(Tree tree, String commit) {}

  Heads(Registry registry, Submissions submissions) {
    this.registry = registry;
    this.submissions = submissions;
  }

  /// The version of a repository, or null if it has none.
  synchronized @Nullable Head of(String repository)
      throws IOException, FormatException, CheckFailed {
    Pending one = pending.get(repository);
    if (one != null) {
      Job job = submissions.job(one.job());
      if (job != null && !job.state().isOver()) {
        return one.head();
      }
      pending.remove(repository);
    }
    return registry.ask(
        sql -> {
          Revisions revisions = new Revisions(sql);
          Artifact latest = revisions.latest(repository);
          if (latest == null) {
            return null;
          }
          Map<String, Tree.Node> files = new HashMap<>();
          for (ShelfFile file : Shelf.of(sql, registry.blobs(), latest.snapshot()).files()) {
            files.put(file.path(), new Tree.Node(file.digest(), file.size(), file.content()));
          }
          return new Head(new Tree(files), revisions.commit(repository, latest.snapshot()));
        });
  }

  /// A version that an intake works at.
  synchronized void published(String repository, Head head, String job) {
    pending.put(repository, new Pending(head, job));
  }
}
