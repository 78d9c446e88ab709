package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Licences.Condition;
import dev.vidimus.inventory.bom.Part.Licence;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Conditions of licences along edges: what is made from a model takes over its conditions and
/// those of everything that it was made from.
public final class Inheritance {
  private static final int SHOWN = 400;

  private final Bill bill;
  private final Map<String, List<String>> children = new HashMap<>();

  /// By condition: what takes it over, and from which part, the nearest that has it.
  private final Map<Condition, Map<String, Part>> origins = new EnumMap<>(Condition.class);

  private Inheritance(Bill bill) {
    this.bill = bill;
    for (Edge edge : bill.edges()) {
      boolean isOrigin =
          edge.relation() == Relation.DESCENDS_FROM
              || (edge.relation() == Relation.DEPENDS_ON
                  && isModel(edge.from())
                  && isModel(edge.to()));
      if (isOrigin) {
        children.computeIfAbsent(edge.to(), ref -> new ArrayList<>()).add(edge.from());
      }
    }
    Map<Condition, List<Part>> carriers = new EnumMap<>(Condition.class);
    for (Part part : bill.parts()) {
      for (Condition condition : conditions(part)) {
        carriers.computeIfAbsent(condition, one -> new ArrayList<>()).add(part);
      }
    }
    carriers.forEach((condition, parts) -> origins.put(condition, spread(parts)));
  }

  /// That a part is under the condition of another, or has it itself.
  private record Reached(String ref, Part origin) {}

  /// Each edge is followed once: a part hands on what the nearest above it has.
  private Map<String, Part> spread(List<Part> carriers) {
    Map<String, Part> inherited = new HashMap<>();
    Set<String> seen = new HashSet<>();
    Deque<Reached> waiting = new ArrayDeque<>();
    for (Part carrier : carriers) {
      seen.add(carrier.ref());
      waiting.add(new Reached(carrier.ref(), carrier));
    }
    while (!waiting.isEmpty()) {
      Reached at = waiting.removeFirst();
      for (String child : children.getOrDefault(at.ref(), List.of())) {
        if (!child.equals(at.origin().ref())) {
          inherited.putIfAbsent(child, at.origin());
        }
        if (seen.add(child)) {
          waiting.add(new Reached(child, at.origin()));
        }
      }
    }
    return inherited;
  }

  private boolean isModel(String ref) {
    Part part = bill.part(ref);
    return part != null && part.type().equals(Part.MODEL);
  }

  /// What a part takes over, and from which part each condition comes, the nearest that has it.
  public static Map<Condition, Part> inherited(Bill bill, String ref) {
    return new Inheritance(bill).inherited(ref);
  }

  private Map<Condition, Part> inherited(String ref) {
    Map<Condition, Part> conditions = new EnumMap<>(Condition.class);
    origins.forEach(
        (condition, from) -> {
          Part origin = from.get(ref);
          if (origin != null) {
            conditions.put(condition, origin);
          }
        });
    return conditions;
  }

  private static Set<Condition> conditions(Part part) {
    Set<Condition> conditions = new TreeSet<>();
    for (Licence licence : part.licences()) {
      conditions.addAll(Licences.conditions(licence.text()));
    }
    return conditions;
  }

  /// A finding for each part that has a licence and drops what it takes over.
  ///
  /// @param file the document or folder that the bill is of
  public static List<Finding> findings(Bill bill, Location file) {
    Inheritance inheritance = new Inheritance(bill);
    List<Finding> findings = new ArrayList<>();
    for (Part part : bill.parts()) {
      if (part.licences().isEmpty()) {
        continue;
      }
      Map<Condition, Part> lost = new LinkedHashMap<>(inheritance.inherited(part.ref()));
      lost.keySet().removeAll(conditions(part));
      Map<String, Set<Condition>> byParent = new LinkedHashMap<>();
      lost.forEach(
          (condition, parent) ->
              byParent.computeIfAbsent(parent.label(), label -> new TreeSet<>()).add(condition));
      byParent.forEach(
          (parent, conditions) ->
              findings.add(
                  BomRule.WIDER_LICENCE.at(
                      file,
                      Printable.of(
                          "derived licence wider than parent: "
                              + part.label()
                              + " drops "
                              + conditions
                              + " of "
                              + parent,
                          SHOWN),
                      "")));
    }
    return findings;
  }
}
