package dev.vidimus.inventory.findings;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.advisories.AdvisoryStore;
import dev.vidimus.inventory.advisories.AdvisoryStore.Match;
import dev.vidimus.inventory.advisories.Fault;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.inventory.deps.Paths;
import dev.vidimus.inventory.deps.Purl;
import dev.vidimus.inventory.deps.files.Address;
import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.Listing;
import dev.vidimus.inventory.deps.files.Origin;
import dev.vidimus.inventory.names.LookAlikes;
import dev.vidimus.inventory.version.Ecosystem;
import dev.vidimus.inventory.vex.Statement;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Judges packages: by what is known of them, by their names, by where they come from and by how
/// firmly they are named.
public final class DependencyFindings {
  private static final int SHOWN = 160;
  private static final int NAMED = 5;

  private final Knowledge knowledge;
  private final Map<Ecosystem, LookAlikes> names = new EnumMap<>(Ecosystem.class);
  private final List<Finding> findings = new ArrayList<>();

  private DependencyFindings(Knowledge knowledge) {
    this.knowledge = knowledge;
  }

  /// All findings, file by file.
  ///
  /// @throws FormatException if the store is broken
  public static List<Finding> of(Dependencies dependencies, Knowledge knowledge)
      throws IOException, FormatException {
    DependencyFindings judge = new DependencyFindings(knowledge);
    String old = knowledge.tooOld();
    if (!old.isEmpty()) {
      judge.report(DependencyRule.OLD_ADVISORIES, Location.of("advisories"), old, "");
    }
    for (Map.Entry<String, Listing> file : dependencies.files().entrySet()) {
      judge.listing(Location.of(file.getKey()), file.getValue());
    }
    judge.locks(dependencies);
    return List.copyOf(judge.findings);
  }

  private void listing(Location file, Listing listing) throws IOException, FormatException {
    Paths paths = new Paths(listing);
    Set<String> judged = new HashSet<>();
    for (Dependency one : listing.packages()) {
      String which = one.version().isEmpty() ? one.origin().toString() : one.version();
      if (judged.add(one.ecosystem().word() + "\0" + one.normalized() + "\0" + which)) {
        known(file, one, paths);
        name(file, one);
        origin(file, one);
        reference(file, one);
        secret(file, one);
        if (listing.kind().equals(Listing.HOSTED_MODELS) && one.version().isEmpty()) {
          report(DependencyRule.MOVING_MODEL, file, "the model " + one.name(), line(one));
        }
      }
    }
    indexes(file, listing);
    pins(file, listing);
  }

  private void known(Location file, Dependency one, Paths paths)
      throws IOException, FormatException {
    AdvisoryStore advisories = knowledge.advisories();
    if (advisories == null) {
      return;
    }
    for (Fault fault : Fault.of(matches(advisories, one))) {
      List<String> path = paths.to(one);
      String since = knowledge.exploits().since(fault.ids());
      double score = knowledge.exploits().score(fault.ids());
      String message =
          label(one)
              + " has "
              + String.join(", ", fault.records())
              + " ("
              + fault.rating()
              + (since.isEmpty() ? "" : ", exploited since " + since)
              + (score < 0 ? "" : String.format(Locale.ROOT, ", EPSS %.3f", score))
              + (fault.isInferred() ? ", inferred from the version without its build" : "")
              + ")"
              + (path.isEmpty() ? "" : ", needed by " + String.join(" > ", path))
              + (path.isEmpty() ? "" : "; bump " + path.getFirst());
      Judged judged = judged(file, one, fault);
      report(judged.rule(), file, message + judged.note(), fault.summary());
    }
  }

  /// Which version an index will give is unknown, so only what holds for all of them counts.
  private static List<Match> matches(AdvisoryStore advisories, Dependency one)
      throws IOException, FormatException {
    if (!one.version().isEmpty()) {
      return advisories.matches(one.ecosystem(), one.name(), one.version());
    }
    return one.origin().kind() == Origin.Kind.INDEX
        ? advisories.matchesOfEvery(one.ecosystem(), one.name())
        : List.of();
  }

  /// The rule that a fault comes under.
  ///
  /// @param note what is said of it, behind a semicolon; may be empty
  private record Judged(DependencyRule rule, String note) {}

  /// Packages that were made to do harm are never excused.
  private Judged judged(Location file, Dependency one, Fault fault) {
    if (fault.isMalware()) {
      return new Judged(DependencyRule.MALWARE, "");
    }
    Statement said = knowledge.vex().about(Set.copyOf(fault.ids()), Purl.of(one));
    if (said != null && said.settles()) {
      String flaw = said.flaw(knowledge.vex().now(), knowledge.vex().oldest());
      String reason = said.reason().isEmpty() ? "" : " (" + said.reason() + ")";
      String what = said.state().words() + reason + ", says " + said.source();
      if (flaw.isEmpty()) {
        return new Judged(DependencyRule.SETTLED, "; " + what);
      }
      String which = label(one) + ", " + fault.records().getFirst() + ": ";
      report(DependencyRule.NO_STATEMENT, file, which + what + ", which " + flaw, "");
    }
    if (!knowledge.exploits().since(fault.ids()).isEmpty()) {
      return new Judged(DependencyRule.EXPLOITED, "");
    }
    return new Judged(
        fault.rating().isSerious()
            ? DependencyRule.SERIOUS_VULNERABILITY
            : DependencyRule.VULNERABILITY,
        "");
  }

  private void name(Location file, Dependency one) {
    String mistaken = names.computeIfAbsent(one.ecosystem(), LookAlikes::in).of(one.name());
    boolean isOwn = one.origin().kind() == Origin.Kind.PATH; // of this very project
    if (mistaken != null && !isOwn) {
      report(
          DependencyRule.LOOK_ALIKE,
          file,
          one.name() + " is easily taken for " + mistaken,
          line(one));
    }
  }

  private void origin(Location file, Dependency one) {
    Origin origin = one.origin();
    boolean isMoving =
        switch (origin.kind()) {
          case VCS -> !origin.isFixed();
          // A service is asked, not fetched.
          case URL -> one.hashes().isEmpty() && one.ecosystem() != Ecosystem.GENERIC;
          case INDEX, PATH -> false;
        };
    if (isMoving) {
      report(
          DependencyRule.MOVING_ADDRESS,
          file,
          one.name()
              + " comes from "
              + origin.kind().word()
              + " "
              + origin
              + (origin.kind() == Origin.Kind.VCS ? ", without a commit" : ", without a hash"),
          line(one));
    }
    if (origin.address().startsWith("http://") && !Address.isLoopback(origin.address())) {
      report(DependencyRule.OPEN_INDEX, file, one.name() + " comes from " + origin, line(one));
    }
  }

  private void reference(Location file, Dependency one) {
    if (one.ecosystem() == Ecosystem.OCI && one.hashes().isEmpty() && !one.wanted().isEmpty()) {
      report(DependencyRule.MOVING_IMAGE, file, "the image " + one.wanted(), line(one));
    }
    if (one.ecosystem() == Ecosystem.GITHUB_ACTIONS && one.hashes().isEmpty()) {
      report(DependencyRule.MOVING_ACTION, file, "the action " + one.wanted(), line(one));
    }
  }

  private void secret(Location file, Dependency one) {
    for (String text : List.of(one.origin().address(), one.wanted(), one.name())) {
      if (text.contains(Address.HIDDEN)) {
        report(DependencyRule.CREDENTIAL, file, text, line(one));
        return;
      }
    }
  }

  private void indexes(Location file, Listing listing) {
    for (Listing.Index index : listing.indexes()) {
      boolean isTrusted = index.option().equals("--trusted-host");
      String what = index.option() + " " + index.address();
      String line = index.line() > 0 ? "line " + index.line() : "";
      if (index.address().contains(Address.HIDDEN)) {
        report(DependencyRule.CREDENTIAL, file, what, line);
      }
      if (isTrusted || index.address().startsWith("http://")) {
        report(DependencyRule.OPEN_INDEX, file, what, line);
      } else if (index.isExtra()) {
        report(DependencyRule.EXTRA_INDEX, file, what, line);
      }
    }
    // A lock says for each package which index it is from; several of them are several answers.
    Set<String> used =
        listing.packages().stream()
            .filter(one -> one.origin().kind() == Origin.Kind.INDEX)
            .map(one -> one.ecosystem().word() + " " + one.origin().address())
            .collect(Collectors.toSet());
    Map<String, Long> perEcosystem =
        used.stream()
            .collect(
                Collectors.groupingBy(
                    text -> text.substring(0, text.indexOf(' ')), Collectors.counting()));
    boolean isLocked =
        listing.packages().stream().noneMatch(one -> one.hashes().isEmpty() && isFetched(one));
    if (!isLocked && perEcosystem.values().stream().anyMatch(count -> count > 1)) {
      report(
          DependencyRule.EXTRA_INDEX,
          file,
          "packages come from " + used.size() + " indexes, not all with hashes",
          used.stream().sorted().collect(Collectors.joining(", ")));
    }
  }

  private static boolean isFetched(Dependency one) {
    return one.origin().kind() == Origin.Kind.INDEX && isPackage(one);
  }

  private static boolean isPackage(Dependency one) {
    return switch (one.ecosystem()) {
      case OCI, GITHUB_ACTIONS, HUGGING_FACE, HELM, GENERIC -> false;
      case PYPI, NPM, MAVEN, CARGO, GO, CONDA -> true;
    };
  }

  private void pins(Location file, Listing listing) {
    List<Dependency> open =
        listing.packages().stream()
            .filter(one -> isFetched(one) && one.version().isEmpty())
            .toList();
    if (!open.isEmpty()) {
      report(
          DependencyRule.UNPINNED,
          file,
          count(open.size(), listing) + " without an exact version",
          names(open));
    }
    List<Dependency> unhashed =
        listing.packages().stream()
            .filter(one -> isFetched(one) && !one.version().isEmpty() && one.hashes().isEmpty())
            .toList();
    boolean keepsHashes = !listing.kind().equals("gradle.lockfile");
    if (keepsHashes && listing.isLock() && !unhashed.isEmpty()) {
      report(
          DependencyRule.NO_HASH,
          file,
          count(unhashed.size(), listing) + " without a hash",
          names(unhashed));
    }
  }

  private static String count(int some, Listing listing) {
    return some + " of " + listing.packages().size() + " packages";
  }

  private static String names(List<Dependency> some) {
    String names =
        some.stream().limit(NAMED).map(Dependency::name).collect(Collectors.joining(", "));
    return some.size() > NAMED ? names + ", …" : names;
  }

  /// A declaration without a lock in its folder, or above it.
  private void locks(Dependencies dependencies) {
    for (Map.Entry<String, Listing> file : dependencies.files().entrySet()) {
      boolean declares =
          switch (file.getValue().kind()) {
            case "pyproject.toml", "environment.yml" -> true;
            default -> false;
          };
      String folder = folder(file.getKey());
      boolean isLocked =
          dependencies.files().entrySet().stream()
              .anyMatch(
                  other -> other.getValue().isLock() && folder.startsWith(folder(other.getKey())));
      if (declares && !isLocked && !file.getValue().packages().isEmpty()) {
        report(DependencyRule.NO_LOCK, Location.of(file.getKey()), "no lock is beside it", "");
      }
    }
  }

  private static String folder(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  private static String label(Dependency one) {
    return one.version().isEmpty()
        ? one.name() + " in every version"
        : one.name() + " " + one.version();
  }

  private static String line(Dependency one) {
    return one.line() > 0 ? "line " + one.line() : "";
  }

  private void report(DependencyRule rule, Location file, String message, String evidence) {
    findings.add(rule.at(file, Printable.of(message, 2 * SHOWN), Printable.of(evidence, SHOWN)));
  }
}
