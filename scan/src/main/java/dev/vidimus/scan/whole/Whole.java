package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.scan.inspection.Reference;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// What a repository is as one thing.
///
/// @param graph what refers to what
/// @param code files of code that loaders would run, in the order in which they are reached
/// @param card licences, and what else files say of the model
/// @param findings that no single file shows
/// @param notExamined what files refer to and what is not here
public record Whole(
    PackageGraph graph,
    List<String> code,
    List<Reference> card,
    List<Finding> findings,
    List<NotExamined> notExamined) {
  private static final int LONGEST_CARD = 1_000;

  /// Of nothing, and of a single file.
  public static final Whole NOTHING =
      new Whole(PackageGraph.EMPTY, List.of(), List.of(), List.of(), List.of());

  public Whole {
    code = List.copyOf(code);
    card = List.copyOf(card);
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
    return new Whole(graph, judge.code(), card(parts), verdicts.findings(), verdicts.notExamined());
  }

  private static List<Reference> card(Collection<Part> parts) {
    List<Reference> card = new ArrayList<>();
    for (Part part : parts) {
      for (Reference one : part.references()) {
        boolean isSaid = one.kind() == Reference.Kind.LICENCE || one.kind() == Reference.Kind.FACT;
        if (isSaid && card.size() < LONGEST_CARD) {
          card.add(one);
        }
      }
    }
    return card;
  }
}
