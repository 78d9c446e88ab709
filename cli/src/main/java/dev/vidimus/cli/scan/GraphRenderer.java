package dev.vidimus.cli.scan;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.cli.host.Host;
import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.whole.PackageGraph;
import dev.vidimus.scan.whole.Role;
import dev.vidimus.scan.whole.Whole;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// `--graph`: what each PATH is made of and what refers to what, in place of the findings.
///
/// Names come from whoever made the repository: in every language they are quoted, and no character
/// that the language gives a meaning is left as it is.
final class GraphRenderer implements Renderer {
  private final Host host;
  private final String language;
  private final JsonWriter document = new JsonWriter();
  private PackageGraph graph = PackageGraph.EMPTY;

  /// @param language dot, json or mermaid
  GraphRenderer(Host host, String language) {
    this.host = host;
    this.language = language;
  }

  @Override
  public void begin() {
    document.object().name("schema").string("vidimus.scan-graph/1").name("results").array();
  }

  @Override
  public void beginPath(Source source) {
    graph = PackageGraph.EMPTY;
  }

  @Override
  public void file(FileOutcome outcome) {
    // The verdict is all that is said of it.
  }

  @Override
  public void whole(Whole whole) {
    graph = whole.graph();
  }

  @Override
  public void endPath(PathResult result) throws IOException {
    switch (language) {
      case "dot" -> host.print(dot(result.source().path()));
      case "mermaid" -> host.print(mermaid());
      default -> json(result);
    }
  }

  @Override
  public void end() throws IOException {
    if (language.equals("json")) {
      host.print(document.endArray().endObject() + "\n");
    }
  }

  private void json(PathResult result) {
    document.object().name("path").string(result.source().path());
    document.name("verdict").string(result.verdict().word());
    document.name("complete").bool(graph.complete()).name("nodes").array();
    for (PackageGraph.Node node : graph.nodes()) {
      document.object().name("id").string(node.id()).name("role").string(node.role().word());
      if (node.isHere()) {
        document.name("format").string(node.format()).name("bytes").number(node.size());
      }
      document.endObject();
    }
    document.endArray().name("edges").array();
    for (PackageGraph.Edge edge : graph.edges()) {
      document.object().name("from").string(edge.from()).name("to").string(edge.to());
      document.name("kind").string(edge.kind().word()).name("by").string(edge.by()).endObject();
    }
    document.endArray().endObject();
  }

  private String dot(String path) {
    StringBuilder text = new StringBuilder("digraph ").append(quoted(path)).append(" {\n");
    text.append("  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
    for (PackageGraph.Node node : graph.nodes()) {
      text.append("  ").append(quoted(node.id())).append(" [label=");
      text.append(quoted(label(node))).append(", ").append(look(node.role())).append("];\n");
    }
    for (PackageGraph.Edge edge : graph.edges()) {
      text.append("  ").append(quoted(edge.from())).append(" -> ").append(quoted(edge.to()));
      text.append(" [label=").append(quoted(edge.kind().word() + ": " + edge.by()));
      text.append(edge.kind() == PackageGraph.Edge.Kind.REFERS_TO ? ", style=dashed" : "");
      text.append("];\n");
    }
    return text.append("}\n").toString();
  }

  private static String label(PackageGraph.Node node) {
    return node.id() + " (" + node.role().word() + ")";
  }

  private static String look(Role role) {
    return switch (role) {
      case CODE, EXECUTABLE -> "style=filled, fillcolor=\"#ffd9b3\"";
      case WEIGHTS, SHARD, ADAPTER -> "style=filled, fillcolor=\"#cfe8ff\"";
      case REPOSITORY, DEPENDENCY, ADDRESS -> "shape=ellipse";
      case MISSING -> "style=dotted";
      case INDEX, CONFIGURATION, TEMPLATE, TOKENIZER, PROCESSOR, REQUIREMENTS, DOCUMENT, OTHER ->
          "style=solid";
    };
  }

  /// A string of the language of Graphviz, in which a backslash begins an escape.
  private static String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\');
      }
      out.append(c < ' ' ? ' ' : c);
    }
    return out.append('"').toString();
  }

  private String mermaid() {
    Map<String, String> names = new HashMap<>();
    StringBuilder text = new StringBuilder("flowchart LR\n");
    for (PackageGraph.Node node : graph.nodes()) {
      String name = "n" + names.size();
      names.put(node.id(), name);
      text.append("  ").append(name).append("[\"").append(entities(label(node))).append("\"]\n");
    }
    for (PackageGraph.Edge edge : graph.edges()) {
      text.append("  ").append(names.get(edge.from()));
      text.append(edge.kind() == PackageGraph.Edge.Kind.REFERS_TO ? " -.->" : " -->");
      text.append("|\"").append(entities(edge.kind().word() + ": " + edge.by())).append("\"| ");
      text.append(names.get(edge.to())).append('\n');
    }
    return text.toString();
  }

  /// Mermaid reads its labels as HTML; everything but plain characters is written by its number.
  private static String entities(String text) {
    StringBuilder out = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              boolean isPlain =
                  (c >= 'a' && c <= 'z')
                      || (c >= 'A' && c <= 'Z')
                      || (c >= '0' && c <= '9')
                      || " -_./:,()+=".indexOf(c) >= 0;
              if (isPlain) {
                out.appendCodePoint(c);
              } else {
                out.append('#').append(c).append(';');
              }
            });
    return out.toString();
  }
}
