package dev.vidimus.cli.registry;

import dev.vidimus.artifact.Printable;
import dev.vidimus.lineage.graph.EdgeStatus;
import dev.vidimus.registry.question.LineageNode;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.question.LineageTree;
import java.util.LinkedHashMap;
import java.util.Map;

/// A lineage in the languages of tools that draw graphs. Names are hostile: nothing but letters,
/// digits and a few marks reaches them as it is.
final class LineageDrawing {
  private static final int PRINTED = 120;

  private LineageDrawing() {}

  /// For [Graphviz](https://graphviz.org/doc/info/lang.html).
  static String dot(LineageStory story) {
    StringBuilder text =
        new StringBuilder("digraph lineage {\n  rankdir=LR;\n  node [shape=box];\n");
    Map<String, String> names = names(story);
    nodes(story)
        .forEach(
            (key, node) ->
                text.append("  ")
                    .append(names.get(key))
                    .append(" [label=\"")
                    .append(quoted(label(story, node)))
                    .append(node.equals(story.start()) ? "\", penwidth=3];\n" : "\"];\n"));
    for (LineageTree.Edge edge : story.edges()) {
      text.append("  ").append(names.get(edge.parent())).append(" -> ");
      text.append(names.get(edge.child())).append(" [label=\"").append(words(edge));
      text.append("\", style=").append(style(edge.status())).append("];\n");
    }
    return text.append("}\n").toString();
  }

  /// For [Mermaid](https://mermaid.js.org/syntax/flowchart.html).
  static String mermaid(LineageStory story) {
    StringBuilder text = new StringBuilder("flowchart LR\n");
    Map<String, String> names = names(story);
    nodes(story)
        .forEach(
            (key, node) ->
                text.append("  ")
                    .append(names.get(key))
                    .append("[\"")
                    .append(entities(label(story, node)))
                    .append("\"]\n"));
    for (LineageTree.Edge edge : story.edges()) {
      String arrow =
          switch (edge.status()) {
            case VERIFIED -> " ==>|";
            case REFUTED -> " --x|";
            case DECLARED, OBSERVED, ATTESTED -> " -.->|";
          };
      text.append("  ").append(names.get(edge.parent())).append(arrow).append(words(edge));
      text.append("| ").append(names.get(edge.child())).append('\n');
    }
    return text.toString();
  }

  private static Map<String, LineageNode> nodes(LineageStory story) {
    Map<String, LineageNode> nodes = new LinkedHashMap<>();
    nodes.put(story.start().key(), story.start());
    story.up().hits().forEach(hit -> nodes.put(hit.node().key(), hit.node()));
    story.down().hits().forEach(hit -> nodes.put(hit.node().key(), hit.node()));
    return nodes;
  }

  /// Names of our own, which no hostile text can end.
  private static Map<String, String> names(LineageStory story) {
    Map<String, String> names = new LinkedHashMap<>();
    nodes(story).keySet().forEach(key -> names.put(key, "n" + names.size()));
    return names;
  }

  private static String label(LineageStory story, LineageNode node) {
    String state = story.state(node);
    return Printable.of(LineageText.label(node), PRINTED) + (state.isEmpty() ? "" : ", " + state);
  }

  private static String words(LineageTree.Edge edge) {
    return edge.status().word() + " " + edge.kind().word();
  }

  private static String style(EdgeStatus status) {
    return switch (status) {
      case VERIFIED -> "bold";
      case REFUTED -> "dotted, color=red";
      case DECLARED, OBSERVED, ATTESTED -> "dashed";
    };
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }

  private static String entities(String text) {
    StringBuilder safe = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (Character.isLetterOrDigit(c) || " @./_-:,".indexOf(c) >= 0) {
                safe.appendCodePoint(c);
              } else {
                safe.append('#').append(c).append(';');
              }
            });
    return safe.toString();
  }
}
