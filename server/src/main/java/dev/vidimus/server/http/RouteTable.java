package dev.vidimus.server.http;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// All routes, by the first segment of their path; of several that match, the one with most
/// literals is meant.
final class RouteTable {
  private final Map<String, List<Route>> byHead = new HashMap<>();

  RouteTable(List<Route> routes) {
    Set<String> seen = new LinkedHashSet<>();
    for (Route route : routes) {
      if (!seen.add(route.verb() + " " + route.pattern())) {
        throw new IllegalArgumentException("two routes " + route.verb() + " " + route.pattern());
      }
      byHead.computeIfAbsent(route.pattern().head(), head -> new ArrayList<>()).add(route);
    }
    byHead
        .values()
        .forEach(
            list ->
                list.sort(
                    Comparator.comparingInt((Route route) -> route.pattern().literals())
                        .reversed()));
  }

  /// What a path means.
  ///
  /// @param route that answers it; null if there is none
  /// @param values of the pattern
  /// @param others verbs that the path understands; empty if there is no such path
  record Match(@Nullable Route route, Map<String, String> values, Set<Verb> others) {}

  Match find(Verb verb, List<String> path) {
    Set<Verb> others = new LinkedHashSet<>();
    String head = path.isEmpty() ? "" : path.getFirst();
    Match match = find(byHead.getOrDefault(head, List.of()), verb, path, others);
    if (match == null && !head.isEmpty()) {
      match = find(byHead.getOrDefault("", List.of()), verb, path, others);
    }
    return match != null ? match : new Match(null, Map.of(), others);
  }

  private static @Nullable Match find(
      List<Route> routes, Verb verb, List<String> path, Set<Verb> others) {
    for (Route route : routes) {
      Map<String, String> values = route.pattern().match(path);
      if (values == null) {
        continue;
      }
      if (route.verb() == verb) {
        return new Match(route, values, Set.of());
      }
      others.add(route.verb());
    }
    return null;
  }
}
