package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What something is made of, whatever format says so.
///
/// @param root the part that it is about; empty if it does not say
/// @param parts by their refs, in order
/// @param edges between them, in order
/// @param completeness in the words of CycloneDX: `complete`, `incomplete`, `unknown`, …
/// @param rest what else its document says, by the name of that document's format
public record Bill(
    String root, List<Part> parts, List<Edge> edges, String completeness, JsonObject rest) {
  /// That something is known to be left out.
  public static final String INCOMPLETE = "incomplete";

  public Bill {
    parts = parts.stream().sorted(Comparator.comparing(Part::ref)).toList();
    edges = new ArrayList<>(new LinkedHashSet<>(edges)).stream().sorted().toList();
  }

  /// What one part is to another.
  public enum Relation {
    CONTAINS,
    DEPENDS_ON,
    PROVIDES,
    /// Made from: an adapter of, fine-tuned, merged, quantized or converted from.
    DESCENDS_FROM,
    TRAINED_ON,
    TESTED_ON,
    CONFIGURED_BY;

    /// As outputs have it.
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static @Nullable Relation of(String word) {
      for (Relation relation : values()) {
        if (relation.word().equals(word)) {
          return relation;
        }
      }
      return null;
    }
  }

  /// What one part is to another, and how that is known.
  ///
  /// @param how the kind of descent, such as `adapter_of`; empty if it is not known
  public record Edge(String from, Relation relation, String to, String how, Known known)
      implements Comparable<Edge> {
    private static final Comparator<Edge> ORDER =
        Comparator.comparing(Edge::from)
            .thenComparing(Edge::relation)
            .thenComparing(Edge::to)
            .thenComparing(Edge::how)
            .thenComparing(Edge::known);

    /// An edge that somebody declares.
    public static Edge of(String from, Relation relation, String to) {
      return new Edge(from, relation, to, "", Known.DECLARED);
    }

    @Override
    public int compareTo(Edge other) {
      return ORDER.compare(this, other);
    }
  }

  /// The part of that ref, or null.
  public @Nullable Part part(String ref) {
    int low = 0;
    int high = parts.size() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int order = parts.get(middle).ref().compareTo(ref);
      if (order == 0) {
        return parts.get(middle);
      }
      low = order < 0 ? middle + 1 : low;
      high = order > 0 ? middle - 1 : high;
    }
    return null;
  }

  /// The edges of one kind that leave a part.
  public List<Edge> from(String ref, Relation relation) {
    return edges.stream()
        .filter(edge -> edge.relation() == relation && edge.from().equals(ref))
        .toList();
  }
}
