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
  private static final int MOST_STEPS = 1_000_000;

  private final Bill bill;
  private final Map<String, List<String>> parents = new HashMap<>();
  private int steps;

  private Inheritance(Bill bill) {
    this.bill = bill;
    for (Edge edge : bill.edges()) {
      boolean isOrigin =
          edge.relation() == Relation.DESCENDS_FROM
              || (edge.relation() == Relation.DEPENDS_ON
                  && isModel(edge.from())
                  && isModel(edge.to()));
      if (isOrigin) {
        parents.computeIfAbsent(edge.from(), ref -> new ArrayList<>()).add(edge.to());
      }
    }
  }

  private boolean isModel(String ref) {
    Part part = bill.part(ref);
    return part != null && part.type().equals(Part.MODEL);
  }

  /// What a part takes over, and from which part each condition comes; nearest first.
  public static Map<Condition, Part> inherited(Bill bill, String ref) {
    return new Inheritance(bill).inherited(ref);
  }

  private Map<Condition, Part> inherited(String ref) {
    Map<Condition, Part> conditions = new EnumMap<>(Condition.class);
    Set<String> seen = new HashSet<>(Set.of(ref));
    Deque<String> waiting = new ArrayDeque<>(parents.getOrDefault(ref, List.of()));
    while (!waiting.isEmpty() && steps++ < MOST_STEPS) {
      String at = waiting.removeFirst();
      Part part = bill.part(at);
      if (part != null && seen.add(at)) {
        conditions(part).forEach(condition -> conditions.putIfAbsent(condition, part));
        waiting.addAll(parents.getOrDefault(at, List.of()));
      }
    }
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
    for (String ref : new TreeSet<>(inheritance.parents.keySet())) {
      Part part = bill.part(ref);
      if (part == null || part.licences().isEmpty()) {
        continue;
      }
      Map<Condition, Part> lost = new LinkedHashMap<>(inheritance.inherited(ref));
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
