package dev.vidimus.scan.whole;

import dev.vidimus.scan.inspection.Reference;
import dev.vidimus.scan.whole.PackageGraph.Edge;
import dev.vidimus.scan.whole.PackageGraph.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes the graph of a repository, and notes the references that lead nowhere.
final class GraphBuilder {
  private static final int MOST_EDGES = 200_000;

  /// `org/name` or, of the early models, `name`.
  private static final Pattern REPOSITORY_NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,95}(/[A-Za-z0-9._-]{1,95})?");

  private final Places places;
  private final Map<String, Node> nodes = new LinkedHashMap<>();
  private final Set<Edge> edges = new LinkedHashSet<>();
  private final List<Loose> outside = new ArrayList<>();
  private final List<Loose> missing = new ArrayList<>();
  private boolean complete = true;

  GraphBuilder(Places places) {
    this.places = places;
  }

  /// A reference that leads to nothing that is here.
  ///
  /// @param path that it means; empty if it leads out of the repository
  record Loose(Part part, Reference reference, String path) {}

  PackageGraph build() {
    for (Part part : places.all()) {
      nodes.put(part.path(), new Node(part.path(), Role.of(part), part.format(), part.size()));
    }
    for (Part part : places.all()) {
      for (Part other : isGuide(part) ? places.inside(part.folder()) : Set.<Part>of()) {
        if (Conventions.loads(part, other, Role.of(other))) {
          edge(part, other.path(), Edge.Kind.LOADS, "by name");
        }
      }
      part.references().forEach(reference -> follow(part, reference));
    }
    return new PackageGraph(List.copyOf(nodes.values()), List.copyOf(edges), complete);
  }

  List<Loose> outside() {
    return outside;
  }

  List<Loose> missing() {
    return missing;
  }

  private static boolean isGuide(Part part) {
    return part.name().toLowerCase(Locale.ROOT).endsWith("config.json");
  }

  private void follow(Part part, Reference reference) {
    switch (reference.kind()) {
      case CODE -> code(part, reference);
      case FILE, SHARD -> file(part, reference);
      case FOLDER -> folder(part, reference);
      case LIBRARY -> library(part, reference);
      case MODEL -> {
        boolean isLoaded = reference.by().startsWith("loads ");
        model(part, reference, isLoaded ? Edge.Kind.LOADS : Edge.Kind.REFERS_TO);
      }
      case FETCH -> model(part, reference, Edge.Kind.LOADS);
      case MODULE -> module(part, reference);
      case PACKAGE -> away(part, reference, "package:", Role.DEPENDENCY, Edge.Kind.REFERS_TO);
      case LICENCE, FACT -> {} // leads nowhere
      case ADDRESS -> away(part, reference, "address:", Role.ADDRESS, Edge.Kind.LOADS);
    }
  }

  private void code(Part part, Reference reference) {
    String target = reference.target();
    int repository = target.indexOf("--");
    if (target.contains("://")) {
      away(part, reference, "address:", Role.ADDRESS, Edge.Kind.LOADS);
      return;
    }
    if (repository > 0) {
      String id = node("repository:" + target.substring(0, repository), Role.REPOSITORY);
      edge(part, id, Edge.Kind.LOADS, reference.by());
      return;
    }
    if (target.contains("..") || target.startsWith("/")) {
      outside.add(new Loose(part, reference, ""));
      return;
    }
    boolean isModule = reference.by().startsWith("custom_pipeline.") || !target.contains(".");
    String module =
        target.endsWith(".py")
            ? target.substring(0, target.length() - 3)
            : isModule ? target : target.substring(0, target.lastIndexOf('.'));
    String path = places.module(part.folder(), module);
    path = path == null ? places.module("", module) : path;
    if (path != null) {
      edge(part, path, Edge.Kind.LOADS, reference.by());
    } else if (isOfLibrary(reference)) {
      dependency(part, module, Edge.Kind.REFERS_TO, reference.by());
    } else {
      lost(part, reference, part.folder() + module.replace('.', '/') + ".py");
    }
  }

  /// Names that are of an installed package unless the repository has them.
  private static boolean isOfLibrary(Reference reference) {
    String by = reference.by();
    return by.equals("modules.type") || by.endsWith("_target_") || by.endsWith("__target__");
  }

  private void file(Part part, Reference reference) {
    String path = Places.resolve(part.folder(), reference.target());
    if (path == null) {
      outside.add(new Loose(part, reference, ""));
    } else if (places.exists(path)) {
      edge(part, path, Edge.Kind.LOADS, reference.by());
    } else {
      lost(part, reference, path);
    }
  }

  private void folder(Part part, Reference reference) {
    String path = Places.resolve(part.folder(), reference.target());
    if (path == null) {
      outside.add(new Loose(part, reference, ""));
    } else if (places.isFolder(path)) {
      String folder = path.isEmpty() ? "" : path + "/";
      for (Part inside : places.inside(folder)) {
        if (!inside.equals(part) && Role.of(inside) != Role.DOCUMENT) {
          edge(part, inside.path(), Edge.Kind.LOADS, reference.by());
        }
      }
    } else if (reference.by().startsWith("model_index")) { // others may be empty, which git drops
      lost(part, reference, path);
    }
  }

  private void library(Part part, Reference reference) {
    String path = Places.resolve(part.folder(), reference.target());
    path = path != null && !places.exists(path) ? Places.resolve("", reference.target()) : path;
    if (path != null && places.exists(path)) {
      edge(part, path, Edge.Kind.LOADS, reference.by());
    } else {
      away(part, reference, "library:", Role.DEPENDENCY, Edge.Kind.LOADS);
    }
  }

  private void model(Part part, Reference reference, Edge.Kind kind) {
    String target = reference.target();
    String path = Places.resolve(part.folder(), target);
    if (target.contains("://")) {
      away(part, reference, "address:", Role.ADDRESS, kind);
    } else if (path != null && places.exists(path)) {
      edge(part, path, kind, reference.by());
    } else if (path != null && (path.isEmpty() || places.isFolder(path))) {
      for (Part inside : places.inside(path.isEmpty() ? "" : path + "/")) {
        if (Role.of(inside) == Role.CONFIGURATION && !inside.equals(part)) {
          edge(part, inside.path(), kind, reference.by());
        }
      }
    } else if (REPOSITORY_NAME.matcher(target).matches()) {
      away(part, reference, "repository:", Role.REPOSITORY, kind);
    } else {
      away(part, reference, "missing:", Role.MISSING, kind); // a path of somebody's machine
    }
  }

  private void module(Part part, Reference reference) {
    String name = reference.target();
    int points = 0;
    while (points < name.length() && name.charAt(points) == '.') {
      points++;
    }
    String folder = points == 0 ? part.folder() : Places.above(part.folder(), points);
    if (folder == null) {
      outside.add(new Loose(part, reference, ""));
      return;
    }
    String module = name.substring(points);
    String path = module(folder, module);
    path = path == null && points == 0 ? module("", module) : path;
    if (path != null && !path.equals(part.path())) {
      edge(part, path, Edge.Kind.IMPORTS, reference.by());
    } else if (path == null && points == 0) {
      dependency(part, module, Edge.Kind.IMPORTS, reference.by());
    } else if (path == null && !reference.by().startsWith("name of")) {
      lost(part, reference, folder + module.replace('.', '/') + ".py");
    }
  }

  private @Nullable String module(String folder, String module) {
    return module.isEmpty() ? null : places.module(folder, module);
  }

  private void dependency(Part part, String module, Edge.Kind kind, String by) {
    int dot = module.indexOf('.');
    String root = dot < 0 ? module : module.substring(0, dot);
    if (!StandardLibrary.has(root) && !places.isFolder(part.folder() + root)) {
      edge(part, node("package:" + root, Role.DEPENDENCY), kind, by);
    }
  }

  private void lost(Part part, Reference reference, String path) {
    edge(part, node("missing:" + path, Role.MISSING), Edge.Kind.LOADS, reference.by());
    missing.add(new Loose(part, reference, path));
  }

  private void away(Part part, Reference reference, String prefix, Role role, Edge.Kind kind) {
    edge(part, node(prefix + reference.target(), role), kind, reference.by());
  }

  private String node(String id, Role role) {
    if (!nodes.containsKey(id) && edges.size() < MOST_EDGES) {
      nodes.put(id, new Node(id, role, "", -1));
    }
    return id;
  }

  private void edge(Part from, String to, Edge.Kind kind, String by) {
    if (edges.size() >= MOST_EDGES) {
      complete = false;
      return;
    }
    if (!nodes.containsKey(to)) { // there, and left out of the examination
      nodes.put(to, new Node(to, Role.OTHER, "", -1));
    }
    edges.add(new Edge(from.path(), to, kind, by));
  }
}
