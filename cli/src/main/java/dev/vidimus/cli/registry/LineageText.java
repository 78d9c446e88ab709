package dev.vidimus.cli.registry;

import dev.vidimus.artifact.Printable;
import dev.vidimus.lineage.graph.Direction;
import dev.vidimus.lineage.graph.EdgeKind;
import dev.vidimus.registry.question.Downstream;
import dev.vidimus.registry.question.LineageNode;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.question.LineageTree;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A lineage for people: trees of shortest ways, each node once.
final class LineageText {
  private static final int MOST = 200;
  private static final int PRINTED = 160;

  private LineageText() {}

  static String of(LineageStory story, @Nullable Direction only) {
    StringBuilder text = new StringBuilder();
    text.append(label(story.start()))
        .append("  ")
        .append(Printable.of(story.start().key(), PRINTED));
    String state = story.state(story.start());
    text.append(state.isEmpty() ? "" : "  " + state).append('\n');
    if (only != Direction.DOWN) {
      way(text, story, story.up(), "made from", "nothing that is known");
    }
    if (only != Direction.UP) {
      way(text, story, story.down(), "made from it", "nothing that is known");
    }
    if (!story.plan().isEmpty()) {
      text.append("to take it out of use, in this order:\n");
      int place = 1;
      for (LineageNode node : story.plan()) {
        text.append(place > MOST ? "" : "  " + place + "  " + label(node) + '\n');
        place++;
      }
      if (place > MOST + 1) {
        text.append("  … and ").append(place - 1 - MOST).append(" more\n");
      }
    }
    return text.toString();
  }

  private static void way(
      StringBuilder text, LineageStory story, LineageStory.Way way, String title, String none) {
    long proven = way.hits().stream().filter(LineageTree.Hit::isProven).count();
    text.append(title).append(": ");
    if (way.count() == 0) {
      text.append(none).append('\n');
      return;
    }
    text.append(way.count()).append(", ").append(proven).append(" of them proven\n");
    Map<String, List<LineageTree.Hit>> below = new LinkedHashMap<>();
    for (LineageTree.Hit hit : way.hits()) {
      String from = hit.via().get(hit.via().size() - 2);
      below.computeIfAbsent(from, key -> new ArrayList<>()).add(hit);
    }
    int left = lines(text, story, below, MOST);
    if (left == 0 && way.count() > MOST) {
      text.append("  … and ").append(way.count() - MOST).append(" more; --format json has them\n");
    }
  }

  /// Depth first, without recursion: a chain may be longer than a stack.
  private static int lines(
      StringBuilder text, LineageStory story, Map<String, List<LineageTree.Hit>> below, int most) {
    List<LineageTree.Hit> stack = new ArrayList<>();
    push(stack, below.getOrDefault(story.start().key(), List.of()));
    int left = most;
    while (!stack.isEmpty() && left > 0) {
      LineageTree.Hit hit = stack.removeLast();
      int depth = Math.min(20, hit.distance());
      text.append("  ".repeat(depth)).append(label(hit.node())).append("  ");
      text.append(edge(hit)).append(hit.isProven() ? "" : way(hit));
      String state = story.state(hit.node());
      text.append(state.isEmpty() ? "" : "  " + state).append('\n');
      push(stack, below.getOrDefault(hit.node().key(), List.of()));
      left--;
    }
    return left;
  }

  private static void push(List<LineageTree.Hit> stack, List<LineageTree.Hit> hits) {
    stack.addAll(hits.reversed());
  }

  private static String edge(LineageTree.Hit hit) {
    return hit.kind() == EdgeKind.DEPLOYED_AS
        ? "runs it"
        : hit.status().word() + " " + hit.kind().word();
  }

  /// What the way is worth, if the last edge is stronger than it.
  private static String way(LineageTree.Hit hit) {
    return hit.weakest() == hit.status()
        ? ""
        : " (by a way that is only " + hit.weakest().word() + ")";
  }

  /// What follows from artifacts, and what of that is proven.
  static void downstream(StringBuilder text, Downstream downstream) {
    if (downstream.reached().isEmpty()) {
      return;
    }
    text.append(downstream.reached().size() - downstream.workloads())
        .append(" were made from them, and ");
    text.append(downstream.workloads()).append(" workloads run one of those; ");
    text.append(downstream.proven()).append(" of all these are proven\n");
    int left = MOST;
    for (Downstream.Reached one : downstream.reached()) {
      if (left-- == 0) {
        text.append("  … and ").append(downstream.reached().size() - MOST).append(" more\n");
        break;
      }
      text.append("  ").append(label(one.hit().node())).append("  ");
      text.append(one.hit().isProven() ? "proven" : "only " + one.hit().weakest().word());
      text.append(one.state().isEmpty() ? "" : "  " + one.state()).append("  by ");
      text.append(Printable.of(String.join(" > ", one.way()), 2 * PRINTED)).append('\n');
    }
  }

  static String label(LineageNode node) {
    return Printable.of(
        node.isArtifact() ? node.label() : node.kind().word() + " " + node.label(), PRINTED);
  }
}
