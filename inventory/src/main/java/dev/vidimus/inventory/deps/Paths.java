package dev.vidimus.inventory.deps;

import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.Listing;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// By which packages another one gets in: the shortest way from one that nobody needs.
public final class Paths {
  /// A lock may be a chain of very many; the nearest ones are shown then.
  private static final int MOST = 64;

  private final Map<String, String> parents = new HashMap<>();

  /// @param listing that says what its packages need
  public Paths(Listing listing) {
    Map<String, Set<String>> needs = new LinkedHashMap<>();
    Set<String> needed = new HashSet<>();
    for (Dependency one : listing.packages()) {
      Set<String> names = needs.computeIfAbsent(one.normalized(), name -> new HashSet<>());
      for (String required : one.requires()) {
        String name = one.ecosystem().normalized(required);
        names.add(name);
        if (!name.equals(one.normalized())) {
          needed.add(name);
        }
      }
    }
    Deque<String> waiting = new ArrayDeque<>();
    for (String name : needs.keySet()) {
      if (!needed.contains(name)) {
        parents.put(name, "");
        waiting.add(name);
      }
    }
    while (!waiting.isEmpty()) {
      String name = waiting.removeFirst();
      for (String next : needs.getOrDefault(name, Set.of()).stream().sorted().toList()) {
        if (needs.containsKey(next) && !parents.containsKey(next)) {
          parents.put(next, name);
          waiting.add(next);
        }
      }
    }
  }

  /// The packages on the way to one, outermost first, without itself; empty if nobody needs it.
  public List<String> to(Dependency one) {
    List<String> path = new ArrayList<>();
    String at = parents.getOrDefault(one.normalized(), "");
    while (!at.isEmpty() && path.size() < MOST) {
      path.addFirst(at);
      at = parents.getOrDefault(at, "");
    }
    return path;
  }
}
