package dev.vidimus.server.pages.model;

import dev.vidimus.artifact.Printable;
import dev.vidimus.lineage.graph.EdgeStatus;
import dev.vidimus.registry.question.LineageNode;
import dev.vidimus.registry.question.LineageStory;
import dev.vidimus.registry.question.LineageTree;
import dev.vidimus.server.http.PercentCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The lineage of an artifact as a picture: what it was made from to the left, what was made from
/// it to the right, in columns by distance; and the same as nested lists.
///
/// @param width of the picture, in its own units
/// @param height likewise
/// @param boxes what there is
/// @param lines what follows from what
/// @param up what it was made from, in the order of nested lists
/// @param down what was made from it, likewise
/// @param hidden how many are not shown
public record Drawing(
    int width,
    int height,
    List<Box> boxes,
    List<Line> lines,
    List<Step> up,
    List<Step> down,
    int hidden) {
  /// In one direction; a picture of more is none.
  public static final int MOST = 60;

  private static final int COLUMN = 260;
  private static final int ROW = 56;
  private static final int BOX_WIDTH = 190;
  private static final int BOX_HEIGHT = 40;
  private static final int MARGIN = 20;
  private static final int LONGEST = 26;
  private static final int PRINTED = 120;

  public Drawing {
    boxes = List.copyOf(boxes);
    lines = List.copyOf(lines);
    up = List.copyOf(up);
    down = List.copyOf(down);
  }

  /// Something in the picture.
  ///
  /// @param x of its left upper corner
  /// @param y likewise
  /// @param label short
  /// @param title the whole label with kind and state
  /// @param href its page, or empty
  /// @param style class of the box
  public record Box(int x, int y, String label, String title, String href, String style) {}

  /// An edge from what was there to what was made of it.
  ///
  /// @param path of the curve
  /// @param words how it is known, and its kind
  /// @param x of the words
  /// @param y likewise
  /// @param style class of the curve: `verified`, `declared`, `attested` or `refuted`
  public record Line(String path, String words, int x, int y, String style) {}

  /// An entry of the nested lists.
  ///
  /// @param label what
  /// @param href its page, or empty
  /// @param words how it is known
  /// @param why who says so, and what was computed
  /// @param next what follows from it, or what it was made from
  public record Step(String label, String href, String words, List<String> why, List<Step> next) {
    public Step {
      why = List.copyOf(why);
      next = List.copyOf(next);
    }
  }

  /// Whether there is nothing to draw.
  public boolean isEmpty() {
    return up.isEmpty() && down.isEmpty();
  }

  /// The part of the picture that is seen, as the attribute `viewBox`.
  public String viewBox() {
    return "0 0 " + width + " " + height;
  }

  /// Draws.
  public static Drawing of(LineageStory story) {
    Map<String, Integer> columns = new LinkedHashMap<>();
    Map<String, LineageNode> nodes = new LinkedHashMap<>();
    nodes.put(story.start().key(), story.start());
    columns.put(story.start().key(), 0);
    for (LineageTree.Hit hit : story.up().hits()) {
      nodes.putIfAbsent(hit.node().key(), hit.node());
      columns.putIfAbsent(hit.node().key(), -hit.distance());
    }
    for (LineageTree.Hit hit : story.down().hits()) {
      nodes.putIfAbsent(hit.node().key(), hit.node());
      columns.putIfAbsent(hit.node().key(), hit.distance());
    }
    TreeMap<Integer, List<String>> byColumn = new TreeMap<>();
    columns.forEach(
        (key, column) -> byColumn.computeIfAbsent(column, one -> new ArrayList<>()).add(key));
    int first = byColumn.firstKey();
    int tallest = byColumn.values().stream().mapToInt(List::size).max().orElse(1);
    int height = 2 * MARGIN + tallest * ROW;
    int width = 2 * MARGIN + (byColumn.lastKey() - first) * COLUMN + BOX_WIDTH;
    Map<String, Box> boxes = new LinkedHashMap<>();
    byColumn.forEach(
        (column, keys) -> {
          int top = MARGIN + (tallest - keys.size()) * ROW / 2;
          for (int i = 0; i < keys.size(); i++) {
            LineageNode node = nodes.get(keys.get(i));
            if (node != null) {
              int x = MARGIN + (column - first) * COLUMN;
              boxes.put(node.key(), box(story, node, x, top + i * ROW));
            }
          }
        });
    int hidden =
        story.up().count()
            - story.up().hits().size()
            + story.down().count()
            - story.down().hits().size();
    return new Drawing(
        width,
        height,
        List.copyOf(boxes.values()),
        lines(story, boxes),
        steps(story, story.up(), true),
        steps(story, story.down(), false),
        hidden);
  }

  private static Box box(LineageStory story, LineageNode node, int x, int y) {
    String label = plain(node.label());
    String shown = label.length() > LONGEST ? label.substring(0, LONGEST - 1) + "…" : label;
    String state = story.state(node);
    String title = node.kind().word() + " " + label + (state.isEmpty() ? "" : ", " + state);
    String style = node.equals(story.start()) ? "box start" : "box " + node.kind().word();
    return new Box(x, y, shown, title, href(node), state.isEmpty() ? style : style + " " + state);
  }

  private static String plain(String label) {
    return Printable.of(label, PRINTED);
  }

  private static String href(LineageNode node) {
    return node.isArtifact() ? "/artifacts/" + PercentCode.encode(node.key()) : "";
  }

  private static List<Line> lines(LineageStory story, Map<String, Box> boxes) {
    List<Line> lines = new ArrayList<>();
    for (LineageTree.Edge edge : story.edges()) {
      Box from = boxes.get(edge.parent());
      Box to = boxes.get(edge.child());
      if (from != null && to != null) {
        int x1 = from.x() + BOX_WIDTH;
        int y1 = from.y() + BOX_HEIGHT / 2;
        int x2 = to.x();
        int y2 = to.y() + BOX_HEIGHT / 2;
        int bend = Math.max(30, Math.abs(x2 - x1) / 2);
        String path =
            "M"
                + x1
                + " "
                + y1
                + " C"
                + (x1 + bend)
                + " "
                + y1
                + " "
                + (x2 - bend)
                + " "
                + y2
                + " "
                + x2
                + " "
                + y2;
        lines.add(
            new Line(
                path,
                edge.status().word() + " " + edge.kind().word(),
                (x1 + x2) / 2,
                (y1 + y2) / 2 - 4,
                style(edge.status())));
      }
    }
    return lines;
  }

  private static String style(EdgeStatus status) {
    return switch (status) {
      case VERIFIED -> "verified";
      case REFUTED -> "refuted";
      case DECLARED, OBSERVED, ATTESTED -> "declared";
    };
  }

  private static List<Step> steps(LineageStory story, LineageStory.Way way, boolean isUp) {
    Map<String, List<LineageTree.Hit>> below = new HashMap<>();
    for (LineageTree.Hit hit : way.hits()) {
      below.computeIfAbsent(from(hit), key -> new ArrayList<>()).add(hit);
    }
    return steps(story, story.start().key(), below, isUp);
  }

  private static String from(LineageTree.Hit hit) {
    return hit.via().get(hit.via().size() - 2);
  }

  /// It recurses no deeper than there are nodes in the picture.
  private static List<Step> steps(
      LineageStory story, String key, Map<String, List<LineageTree.Hit>> below, boolean isUp) {
    List<Step> steps = new ArrayList<>();
    for (LineageTree.Hit hit : below.getOrDefault(key, List.of())) {
      String to = hit.node().key();
      LineageTree.Edge edge =
          isUp
              ? new LineageTree.Edge(key, to, hit.kind(), hit.status())
              : new LineageTree.Edge(to, key, hit.kind(), hit.status());
      String state = story.state(hit.node());
      steps.add(
          new Step(
              hit.node().kind().word()
                  + " "
                  + plain(hit.node().label())
                  + (state.isEmpty() ? "" : " (" + state + ")"),
              href(hit.node()),
              hit.status().word()
                  + " "
                  + hit.kind().word()
                  + (hit.isProven() ? "" : ", not proven all the way"),
              story.why(edge).stream().map(Drawing::plain).toList(),
              steps(story, to, below, isUp)));
    }
    return steps;
  }
}
