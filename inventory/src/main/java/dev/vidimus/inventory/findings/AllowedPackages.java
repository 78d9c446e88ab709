package dev.vidimus.inventory.findings;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.Dependencies;
import dev.vidimus.inventory.deps.Dependencies.Named;
import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.Origin;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Packages that somebody answers for. A table with a line for each: ecosystem, name, owner,
/// reason, and what the package may touch (`network`, `files`, `process`, … or nothing), with tabs
/// between them; lines that begin with `#` are comments.
public final class AllowedPackages {
  private static final int COLUMNS = 4;
  private static final int SHOWN = 200;

  private final Map<String, Entry> entries;

  /// What is said of a package.
  ///
  /// @param owner who answers for it
  /// @param reason why it is there
  /// @param touches what it may touch; empty if that was not said
  public record Entry(String owner, String reason, String touches) {}

  private AllowedPackages(Map<String, Entry> entries) {
    this.entries = Map.copyOf(entries);
  }

  /// Reads a table.
  ///
  /// @throws FormatException naming the line that cannot be understood
  public static AllowedPackages read(Path file) throws IOException, FormatException {
    Map<String, Entry> entries = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file)) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> columns = List.of(line.split("\t", -1));
      Ecosystem ecosystem = Ecosystem.of(columns.getFirst());
      boolean isWhole =
          ecosystem != null
              && columns.size() >= COLUMNS
              && columns.subList(0, COLUMNS).stream().noneMatch(String::isBlank);
      if (ecosystem == null || !isWhole) {
        throw new FormatException.Malformed(
            file + ": line " + number, 0, "needs ecosystem, name, owner and reason with tabs");
      }
      String touches = columns.size() > COLUMNS ? columns.get(COLUMNS) : "";
      entries.put(
          key(ecosystem, columns.get(1)), new Entry(columns.get(2), columns.get(3), touches));
    }
    return new AllowedPackages(entries);
  }

  private static String key(Ecosystem ecosystem, String name) {
    return ecosystem.word() + "\0" + ecosystem.normalized(name);
  }

  /// A finding for each package that is not on the list; the project's own parts need not be.
  public List<Finding> missing(Dependencies dependencies) {
    List<Finding> findings = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Named named : dependencies.packages()) {
      Dependency one = named.dependency();
      String key = key(one.ecosystem(), one.name());
      boolean isOwn = one.origin().kind() == Origin.Kind.PATH;
      if (!entries.containsKey(key) && !isOwn && seen.add(key)) {
        findings.add(
            DependencyRule.NOT_ALLOWED.at(
                Location.of(named.file()),
                Printable.of(one.ecosystem().word() + " " + one.name(), SHOWN)
                    + " has no owner and no reason",
                ""));
      }
    }
    return findings;
  }
}
