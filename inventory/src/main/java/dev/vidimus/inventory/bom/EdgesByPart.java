package dev.vidimus.inventory.bom;

import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The edges of a bill by where they begin, and the hierarchy that they make.
final class EdgesByPart {
  private static final int DEEPEST = 24;

  private final Map<String, List<Edge>> from = new HashMap<>();
  private final Map<String, Edge> nesting = new HashMap<>();

  EdgesByPart(Bill bill) {
    for (Edge edge : bill.edges()) {
      from.computeIfAbsent(edge.from(), ref -> new ArrayList<>()).add(edge);
    }
    for (Edge edge : bill.edges()) {
      boolean isFirst =
          edge.relation() == Relation.CONTAINS
              && !edge.to().equals(bill.root())
              && isOneKind(bill.part(edge.from()), bill.part(edge.to()))
              && !nesting.containsKey(edge.to());
      if (isFirst && !isInside(edge.from(), edge.to())) {
        nesting.put(edge.to(), edge);
      }
    }
    for (Part part : bill.parts()) {
      if (depth(part.ref()) > DEEPEST) {
        nesting.remove(part.ref());
      }
    }
  }

  /// Services lie in services, components in components.
  private static boolean isOneKind(@Nullable Part outer, @Nullable Part inner) {
    return outer != null
        && inner != null
        && outer.type().equals(Part.SERVICE) == inner.type().equals(Part.SERVICE);
  }

  /// Whether a part is another one, or nested in it, or too deep for anything to be nested in it.
  private boolean isInside(String ref, String other) {
    String at = ref;
    for (int depth = 0; depth < DEEPEST && !at.equals(other); depth++) {
      Edge up = nesting.get(at);
      if (up == null) {
        return false;
      }
      at = up.from();
    }
    return true;
  }

  private int depth(String ref) {
    int depth = 0;
    for (Edge up = nesting.get(ref); up != null && depth <= DEEPEST; up = nesting.get(up.from())) {
      depth++;
    }
    return depth;
  }

  List<Edge> from(String ref) {
    return from.getOrDefault(ref, List.of());
  }

  List<Edge> from(String ref, Relation relation) {
    return from(ref).stream().filter(edge -> edge.relation() == relation).toList();
  }

  /// Whether an edge is the one by which its target is nested: formats with a hierarchy have one
  /// place for each part. Nothing is nested in what lies inside of it.
  boolean isNesting(Edge edge) {
    return edge.equals(nesting.get(edge.to()));
  }

  boolean isNested(String ref) {
    return nesting.containsKey(ref);
  }
}
