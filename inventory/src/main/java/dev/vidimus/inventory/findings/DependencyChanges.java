package dev.vidimus.inventory.findings;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.inventory.deps.Dependencies.Named;
import dev.vidimus.inventory.deps.Paths;
import dev.vidimus.inventory.deps.files.Dependency;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What changed between two states of an application.
///
/// @param added packages of which no version was there, or not this one
/// @param removed packages that are not there any more in this version
/// @param findings what of it somebody should look at
public record DependencyChanges(List<Named> added, List<Named> removed, List<Finding> findings) {
  private static final int SHOWN = 320;

  public DependencyChanges {
    added = List.copyOf(added);
    removed = List.copyOf(removed);
    findings = List.copyOf(findings);
  }

  /// Compares.
  ///
  /// @param before what was there
  /// @param after what is there
  public static DependencyChanges between(Dependencies before, Dependencies after) {
    Map<String, Named> old = byVersion(before);
    Map<String, Named> now = byVersion(after);
    Set<String> oldNames = new HashSet<>();
    old.values().forEach(one -> oldNames.add(name(one.dependency())));
    Map<String, Paths> paths = new HashMap<>();
    List<Named> added = new ArrayList<>();
    List<Named> removed = new ArrayList<>();
    List<Finding> findings = new ArrayList<>();
    now.forEach(
        (key, one) -> {
          Named known = old.get(key);
          if (known != null) {
            changed(known, one, findings);
            return;
          }
          added.add(one);
          List<String> path =
              paths
                  .computeIfAbsent(
                      one.file(),
                      file -> new Paths(Objects.requireNonNull(after.files().get(file))))
                  .to(one.dependency());
          if (!oldNames.contains(name(one.dependency())) && !path.isEmpty()) {
            report(
                DependencyRule.NEW_PACKAGE,
                one,
                label(one.dependency())
                    + " is new, needed by "
                    + String.join(" > ", path)
                    + "; to be without it, change "
                    + path.getFirst(),
                findings);
          }
        });
    old.forEach(
        (key, one) -> {
          if (!now.containsKey(key)) {
            removed.add(one);
          }
        });
    return new DependencyChanges(added, removed, findings);
  }

  /// The bytes that are accepted may become fewer or more for other platforms; that none of the old
  /// ones is accepted any more means that they were replaced.
  private static void changed(Named known, Named one, List<Finding> findings) {
    Dependency before = known.dependency();
    Dependency after = one.dependency();
    Set<String> common = new TreeSet<>(before.hashes());
    common.retainAll(after.hashes());
    if (!before.hashes().isEmpty() && !after.hashes().isEmpty() && common.isEmpty()) {
      report(
          DependencyRule.CHANGED_BYTES,
          one,
          label(after)
              + " had "
              + before.hashes().getFirst()
              + " and has "
              + after.hashes().getFirst(),
          findings);
    }
    if (!before.origin().equals(after.origin())) {
      report(
          DependencyRule.CHANGED_SOURCE,
          one,
          label(after) + " came from " + origin(before) + " and comes from " + origin(after),
          findings);
    }
  }

  private static Map<String, Named> byVersion(Dependencies state) {
    Map<String, Named> map = new TreeMap<>();
    for (Named one : state.packages()) {
      map.putIfAbsent(name(one.dependency()) + "\0" + one.dependency().version(), one);
    }
    return map;
  }

  private static String name(Dependency one) {
    return one.ecosystem().word() + "\0" + one.normalized();
  }

  private static String label(Dependency one) {
    return one.version().isEmpty() ? one.name() : one.name() + " " + one.version();
  }

  private static String origin(Dependency one) {
    String text = one.origin().toString();
    return text.isEmpty() ? "the usual index" : text;
  }

  private static void report(
      DependencyRule rule, Named one, String message, List<Finding> findings) {
    findings.add(rule.at(Location.of(one.file()), Printable.of(message, SHOWN), ""));
  }
}
