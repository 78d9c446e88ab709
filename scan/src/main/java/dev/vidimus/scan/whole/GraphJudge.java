package dev.vidimus.scan.whole;

import dev.vidimus.scan.inspection.Reference;
import dev.vidimus.scan.whole.PackageGraph.Edge;
import dev.vidimus.scan.whole.PackageGraph.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Says what the edges of a graph mean for whoever loads the repository.
final class GraphJudge {
  private static final int SHOWN = 5;

  private final Places places;
  private final PackageGraph graph;
  private final Verdicts verdicts;
  private final Map<String, Role> roles = new HashMap<>();
  private final Map<String, List<Edge>> from = new HashMap<>();
  private final Set<String> referred = new HashSet<>();

  /// Code that loaders run, and what makes them.
  private final Map<String, String> run = new LinkedHashMap<>();

  GraphJudge(Places places, PackageGraph graph, Verdicts verdicts) {
    this.places = places;
    this.graph = graph;
    this.verdicts = verdicts;
    for (Node node : graph.nodes()) {
      roles.put(node.id(), node.role());
    }
    for (Edge edge : graph.edges()) {
      from.computeIfAbsent(edge.from(), id -> new ArrayList<>()).add(edge);
      referred.add(edge.to());
    }
  }

  void judge(List<GraphBuilder.Loose> outside, List<GraphBuilder.Loose> missing) {
    if (!graph.complete()) {
      verdicts.missing(".", "the files refer to more than is followed");
    }
    reach();
    run.forEach((path, why) -> verdicts.report(GraphRule.LOADED_CODE, path, path + " " + why));
    fetched();
    otherModels();
    undeclared();
    executables();
    shadowing();
    outside.forEach(this::leadsOut);
    missing.forEach(this::isMissing);
  }

  /// Code that loaders would run.
  List<String> code() {
    return List.copyOf(run.keySet());
  }

  /// What configurations declare and names imply, and what that imports.
  private void reach() {
    Deque<String> open = new ArrayDeque<>();
    for (Edge edge : graph.edges()) {
      boolean isDeclared = edge.kind() == Edge.Kind.LOADS && isCode(edge.to());
      if (isDeclared && !isCode(edge.from())) {
        String loader = Conventions.loader(edge.by());
        String why = "is run by " + loader + " (" + edge.by() + " in " + edge.from() + ")";
        if (run.putIfAbsent(edge.to(), why) == null) {
          open.add(edge.to());
        }
      }
    }
    for (Part part : places.all()) {
      Conventions.Runner runner = Conventions.runner(part);
      if (runner != null
          && isCode(part.path())
          && run.putIfAbsent(part.path(), "is run by " + runner.who()) == null) {
        open.add(part.path());
      }
    }
    while (!open.isEmpty()) {
      String path = open.remove();
      for (Edge edge : from.getOrDefault(path, List.of())) {
        if (isCode(edge.to())
            && run.putIfAbsent(edge.to(), "is imported by " + path + ", which loaders run")
                == null) {
          open.add(edge.to());
        }
      }
    }
  }

  private boolean isCode(String id) {
    return roles.get(id) == Role.CODE;
  }

  private void fetched() {
    for (String path : run.keySet()) {
      for (Edge edge : from.getOrDefault(path, List.of())) {
        Role role = roles.get(edge.to());
        boolean isElsewhere = role == Role.REPOSITORY || role == Role.ADDRESS;
        if (isElsewhere && edge.kind() == Edge.Kind.LOADS) {
          String message = path + ", which loaders run, gets " + name(edge.to());
          verdicts.report(GraphRule.CODE_FETCHES, path, message + ": " + edge.by());
        }
      }
    }
  }

  private void otherModels() {
    for (Edge edge : graph.edges()) {
      boolean isElsewhere = roles.get(edge.to()) == Role.REPOSITORY;
      if (isElsewhere && edge.kind() == Edge.Kind.LOADS && !isCode(edge.from())) {
        verdicts.report(
            GraphRule.OTHER_MODEL,
            edge.from(),
            edge.from() + " needs " + name(edge.to()) + " (" + edge.by() + ")");
      }
    }
  }

  /// One finding, because repositories of sources have thousands of such files.
  private void undeclared() {
    List<String> all = new ArrayList<>();
    for (Part part : places.all()) {
      boolean isPython = part.format().equals("python") || part.format().equals("script");
      if (isPython && !run.containsKey(part.path()) && !referred.contains(part.path())) {
        all.add(part.path());
      }
    }
    if (!all.isEmpty() && !places.isPartial()) {
      String names = String.join(", ", all.subList(0, Math.min(SHOWN, all.size())));
      String more = all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "";
      verdicts.report(
          GraphRule.UNDECLARED_CODE, all.getFirst(), "nothing refers to " + names + more);
    }
  }

  private void executables() {
    for (Part part : places.all()) {
      if (roles.get(part.path()) == Role.EXECUTABLE
          && !referred.contains(part.path())
          && !places.isPartial()) {
        verdicts.report(
            GraphRule.ORPHAN_EXECUTABLE, part.path(), "nothing refers to " + part.path());
      }
    }
    for (Edge edge : graph.edges()) {
      if (roles.get(edge.to()) == Role.EXECUTABLE && isCode(edge.from())) {
        verdicts.report(
            GraphRule.NATIVE_LIBRARY,
            edge.to(),
            edge.from() + " " + edge.kind().word() + " " + edge.to() + " (" + edge.by() + ")");
      }
    }
  }

  /// The folder in which Python starts comes before the installed packages.
  private void shadowing() {
    for (Part part : places.all()) {
      String path = part.path();
      if (roles.get(path) != Role.CODE || !path.endsWith(".py")) {
        continue;
      }
      String module = path.substring(0, path.length() - 3);
      if (module.endsWith("/__init__")) {
        module = module.substring(0, module.length() - 9);
      }
      if (StandardLibrary.isShadowed(module)) {
        verdicts.report(
            GraphRule.SHADOWING_CODE,
            path,
            path + " is imported in place of the module " + module + " by what starts here");
      }
    }
  }

  private void leadsOut(GraphBuilder.Loose loose) {
    if (loose.reference().kind() == Reference.Kind.SHARD) {
      return; // the scanner of configurations says so, of single files too
    }
    verdicts.report(
        GraphRule.OUTSIDE_REFERENCE,
        loose.part().path(),
        "%s refers to %s (%s)"
            .formatted(loose.part().path(), loose.reference().target(), loose.reference().by()));
  }

  /// Code that nobody runs may import what it likes.
  private void isMissing(GraphBuilder.Loose loose) {
    String path = loose.part().path();
    if (!isCode(path) || run.containsKey(path)) {
      verdicts.missing(
          path, loose.path() + " is not here, which " + loose.reference().by() + " names");
    }
  }

  private static String name(String id) {
    return id.substring(id.indexOf(':') + 1);
  }
}
