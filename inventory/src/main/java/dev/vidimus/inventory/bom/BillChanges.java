package dev.vidimus.inventory.bom;

import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Part.Licence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What changed between two bills of materials. Parts are the same if they have one type and one
/// name (of a package: one address without its version); of several versions each is compared with
/// the same one first.
///
/// @param changes in the order of parts
public record BillChanges(List<Change> changes) {
  public BillChanges {
    changes = List.copyOf(changes);
  }

  /// What may change.
  public enum Kind {
    ADDED("added"),
    REMOVED("removed"),
    VERSION("version"),
    /// The same version has other bytes.
    HASH("hash"),
    LICENCE("licence"),
    KNOWN("known"),
    EDGE_ADDED("edge-added"),
    EDGE_REMOVED("edge-removed"),
    /// An origin is known less surely than before, or more surely.
    EDGE_STATUS("edge-status");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    /// As outputs have it.
    public String word() {
      return word;
    }
  }

  /// One change.
  ///
  /// @param part type and name
  /// @param before empty for what was added
  /// @param after empty for what was removed
  public record Change(Kind kind, String part, String before, String after) {
    /// Whether somebody should look at it: bytes, licences, or what is known less surely.
    public boolean isSerious() {
      return switch (kind) {
        case HASH, LICENCE -> true;
        case KNOWN, EDGE_STATUS -> Known.of(after).compareTo(Known.of(before)) < 0;
        case ADDED, REMOVED, VERSION, EDGE_ADDED, EDGE_REMOVED -> false;
      };
    }
  }

  /// Compares.
  public static BillChanges between(Bill before, Bill after) {
    List<Change> changes = new ArrayList<>();
    Map<String, List<Part>> old = byKey(before);
    Map<String, List<Part>> now = byKey(after);
    Set<String> keys = new TreeSet<>(old.keySet());
    keys.addAll(now.keySet());
    for (String key : keys) {
      pair(key, old.getOrDefault(key, List.of()), now.getOrDefault(key, List.of()), changes);
    }
    edges(before, after, changes);
    return new BillChanges(changes);
  }

  /// Whether any change is serious.
  public boolean isSerious() {
    return changes.stream().anyMatch(Change::isSerious);
  }

  private static Map<String, List<Part>> byKey(Bill bill) {
    Map<String, List<Part>> parts = new TreeMap<>();
    for (Part part : bill.parts()) {
      parts.computeIfAbsent(key(bill, part), key -> new ArrayList<>()).add(part);
    }
    parts.values().forEach(some -> some.sort(Comparator.comparing(Part::version)));
    return parts;
  }

  /// What a part is whatever its version. The subject of a bill is that of the other, too.
  private static String key(Bill bill, Part part) {
    if (part.ref().equals(bill.root())) {
      return "";
    }
    String purl = part.purl();
    int question = purl.indexOf('?');
    String base = question < 0 ? purl : purl.substring(0, question);
    int at = base.lastIndexOf('@');
    base = at < 0 ? base : base.substring(0, at);
    return part.type() + " " + (base.isEmpty() ? part.name() : base);
  }

  private static void pair(String key, List<Part> old, List<Part> now, List<Change> changes) {
    Map<String, Integer> byVersion = new HashMap<>();
    for (int i = old.size() - 1; i >= 0; i--) {
      byVersion.put(old.get(i).version(), i);
    }
    boolean[] isPaired = new boolean[old.size()];
    List<Part> fresh = new ArrayList<>();
    for (Part part : now) {
      Integer same = byVersion.remove(part.version());
      if (same == null) {
        fresh.add(part);
      } else {
        isPaired[same] = true;
        facts(key, old.get(same), part, changes);
      }
    }
    int next = 0;
    for (int i = 0; i < old.size(); i++) {
      Part part = old.get(i);
      if (isPaired[i]) {
        continue;
      }
      if (next < fresh.size()) {
        Part later = fresh.get(next++);
        changes.add(new Change(Kind.VERSION, named(key, later), part.version(), later.version()));
        facts(key, part, later, changes);
      } else {
        changes.add(new Change(Kind.REMOVED, named(key, part), part.label(), ""));
      }
    }
    for (Part part : fresh.subList(next, fresh.size())) {
      changes.add(new Change(Kind.ADDED, named(key, part), "", part.label()));
    }
  }

  private static String named(String key, Part part) {
    return key.isEmpty() ? part.type() + " " + part.name() : key;
  }

  private static void facts(String key, Part before, Part after, List<Change> changes) {
    String part = named(key, after);
    boolean isSameVersion = before.version().equals(after.version());
    if (isSameVersion && isOther(before.hashes(), after.hashes())) {
      changes.add(
          new Change(
              Kind.HASH,
              part,
              String.join(" ", before.hashes()),
              String.join(" ", after.hashes())));
    }
    if (!before.licences().equals(after.licences())) {
      changes.add(
          new Change(Kind.LICENCE, part, licences(before.licences()), licences(after.licences())));
    }
    if (before.known() != after.known()) {
      changes.add(new Change(Kind.KNOWN, part, before.known().word(), after.known().word()));
    }
  }

  /// Hashes may be added; one that disappears or becomes another is a change.
  private static boolean isOther(List<String> before, List<String> after) {
    return !new HashSet<>(after).containsAll(before);
  }

  private static String licences(List<Licence> licences) {
    return licences.stream().map(Licence::text).distinct().collect(Collectors.joining(", "));
  }

  /// Edges of origin and training; what needs what follows from the parts.
  private static void edges(Bill before, Bill after, List<Change> changes) {
    Map<String, Edge> old = origins(before);
    Map<String, Edge> now = origins(after);
    now.forEach(
        (key, edge) -> {
          Edge same = old.get(key);
          if (same == null) {
            changes.add(new Change(Kind.EDGE_ADDED, key, "", edge.known().word()));
          } else if (same.known() != edge.known()) {
            changes.add(
                new Change(Kind.EDGE_STATUS, key, same.known().word(), edge.known().word()));
          }
        });
    old.forEach(
        (key, edge) -> {
          if (!now.containsKey(key)) {
            changes.add(new Change(Kind.EDGE_REMOVED, key, edge.known().word(), ""));
          }
        });
  }

  private static Map<String, Edge> origins(Bill bill) {
    Map<String, Edge> edges = new TreeMap<>();
    for (Edge edge : bill.edges()) {
      boolean isOrigin =
          switch (edge.relation()) {
            case DESCENDS_FROM, TRAINED_ON, TESTED_ON -> true;
            case CONTAINS, DEPENDS_ON, PROVIDES, CONFIGURED_BY -> false;
          };
      if (isOrigin) {
        String how = edge.how().isEmpty() ? edge.relation().word() : edge.how();
        edges.merge(
            name(bill, edge.from()) + " " + how + " " + name(bill, edge.to()),
            edge,
            (one, other) -> one.known().compareTo(other.known()) >= 0 ? one : other);
      }
    }
    return edges;
  }

  private static String name(Bill bill, String ref) {
    Part part = bill.part(ref);
    return part == null ? ref : part.name();
  }
}
