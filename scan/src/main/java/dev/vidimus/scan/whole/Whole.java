package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.NotExamined;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/// What a repository is as one thing.
///
/// @param graph what refers to what
/// @param code files of code that loaders would run, in the order in which they are reached
/// @param findings that no single file shows
/// @param notExamined what files refer to and what is not here
public record Whole(
    PackageGraph graph, List<String> code, List<Finding> findings, List<NotExamined> notExamined) {
  /// Of nothing, and of a single file.
  public static final Whole NOTHING =
      new Whole(PackageGraph.EMPTY, List.of(), List.of(), List.of());

  public Whole {
    code = List.copyOf(code);
    findings = List.copyOf(findings);
    notExamined = List.copyOf(notExamined);
  }

  /// Examines a folder, all files of which were scanned.
  ///
  /// @param parts the files, in their order
  /// @param beside paths that are there and were not scanned
  /// @throws IOException if an index or a shard cannot be read
  public static Whole of(Collection<Part> parts, Collection<String> beside) throws IOException {
    Places places = new Places(parts, beside);
    GraphBuilder builder = new GraphBuilder(places);
    PackageGraph graph = builder.build();
    Verdicts verdicts = new Verdicts();
    GraphJudge judge = new GraphJudge(places, graph, verdicts);
    judge.judge(builder.outside(), builder.missing());
    new ShardIndexes(places, graph, verdicts).judge();
    return new Whole(graph, judge.code(), verdicts.findings(), verdicts.notExamined());
  }
}
