package dev.vidimus.inventory.deps.files;

import dev.vidimus.inventory.deps.files.Listing.Index;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlTable;

/// What a project declares in `pyproject.toml`: the tables of [the
/// specification](https://packaging.python.org/en/latest/specifications/pyproject-toml/),
/// dependency groups, and those of poetry, uv and pdm.
final class PyProject {
  private final TomlTable document;
  private final List<Dependency> packages = new ArrayList<>();
  private final List<Index> indexes = new ArrayList<>();
  private final List<Problem> problems = new ArrayList<>();

  private PyProject(TomlTable document) {
    this.document = document;
  }

  /// Reads a project, or returns null if the document is none.
  static @Nullable Listing read(TomlTable document) {
    boolean isProject =
        document.contains(List.of("project"))
            || document.contains(List.of("build-system"))
            || document.contains(List.of("dependency-groups"))
            || document.contains(List.of("tool"));
    return isProject ? new PyProject(document).listing() : null;
  }

  private Listing listing() {
    requirements(Toml.table(document, "build-system"), "requires", "");
    TomlTable project = Toml.table(document, "project");
    requirements(project, "dependencies", "");
    groups(Toml.table(project, "optional-dependencies"), "extra");
    groups(Toml.table(document, "dependency-groups"), "group");
    TomlTable tool = Toml.table(document, "tool");
    poetry(Toml.table(tool, "poetry"));
    uv(Toml.table(tool, "uv"));
    pdm(Toml.table(tool, "pdm"));
    return new Listing("pyproject.toml", false, packages, indexes, List.of(), problems);
  }

  private void requirements(@Nullable TomlTable table, String key, String marker) {
    int line = table == null ? 0 : Toml.line(table, key);
    for (String text : Toml.strings(table, key)) {
      Dependency one = Requirement.read(text);
      if (one == null) {
        problems.add(new Problem(line, text + ": is no requirement"));
      } else {
        packages.add((one.marker().isEmpty() ? one.when(marker) : one).at(line));
      }
    }
  }

  /// Inside of a group a table includes another group, which is read by itself.
  private void groups(@Nullable TomlTable groups, String word) {
    for (String name : Toml.keys(groups)) {
      requirements(groups, name, word + " == \"" + name + "\"");
    }
  }

  private void poetry(@Nullable TomlTable poetry) {
    poetryTable(Toml.table(poetry, "dependencies"), "");
    poetryTable(Toml.table(poetry, "dev-dependencies"), "group == \"dev\"");
    TomlTable groups = Toml.table(poetry, "group");
    for (String name : Toml.keys(groups)) {
      poetryTable(
          Toml.table(Toml.table(groups, name), "dependencies"), "group == \"" + name + "\"");
    }
    for (TomlTable source : Toml.tables(poetry, "source")) {
      boolean isFirst = Toml.string(source, "priority").matches("(?i)primary|default");
      index(Toml.string(source, "url"), isFirst, Toml.line(source, "url"));
    }
  }

  private void poetryTable(@Nullable TomlTable table, String marker) {
    for (String name : Toml.keys(table)) {
      if (table == null || name.equals("python")) {
        continue;
      }
      int line = Toml.line(table, name);
      Object value = Toml.value(table, name);
      if (value instanceof TomlArray several) {
        for (int i = 0; i < several.size(); i++) {
          poetryEntry(name, several.get(i), marker, line);
        }
      } else {
        poetryEntry(name, value, marker, line);
      }
    }
  }

  private void poetryEntry(String name, @Nullable Object value, String marker, int line) {
    if (value instanceof String wanted) {
      packages.add(entry(name, wanted, marker, line));
    } else if (value instanceof TomlTable table) {
      Dependency one = entry(name, Toml.string(table, "version"), marker, line);
      String git = Toml.string(table, "git");
      String path = Toml.string(table, "path");
      String url = Toml.string(table, "url");
      if (!git.isEmpty()) {
        String reference = Toml.string(table, "rev");
        reference = reference.isEmpty() ? Toml.string(table, "tag") : reference;
        reference = reference.isEmpty() ? Toml.string(table, "branch") : reference;
        one = one.from(new Origin(Origin.Kind.VCS, git, reference));
      } else if (!url.isEmpty()) {
        one = one.from(new Origin(Origin.Kind.URL, url, ""));
      } else if (!path.isEmpty()) {
        one = one.from(new Origin(Origin.Kind.PATH, path, ""));
      }
      packages.add(one);
    } else {
      problems.add(new Problem(line, name + ": neither text nor table"));
    }
  }

  private static Dependency entry(String name, String wanted, String marker, int line) {
    String exact = wanted.startsWith("==") ? wanted.substring(2).strip() : "";
    String version = exact.contains("*") || exact.contains(",") ? "" : exact;
    return Dependency.of(Ecosystem.PYPI, name, version).wanting(wanted).when(marker).at(line);
  }

  private void uv(@Nullable TomlTable uv) {
    for (TomlTable index : Toml.tables(uv, "index")) {
      boolean isDefault = Boolean.TRUE.equals(Toml.value(index, "default"));
      boolean isExplicit = Boolean.TRUE.equals(Toml.value(index, "explicit"));
      if (!isExplicit) { // an explicit one answers only for the packages that name it
        index(Toml.string(index, "url"), isDefault, Toml.line(index, "url"));
      }
    }
    requirements(uv, "dev-dependencies", "group == \"dev\"");
    TomlTable sources = Toml.table(uv, "sources");
    for (String name : Toml.keys(sources)) {
      TomlTable source = Toml.table(sources, name);
      String git = Toml.string(source, "git");
      String url = Toml.string(source, "url");
      String path = Toml.string(source, "path");
      Origin origin =
          !git.isEmpty()
              ? new Origin(Origin.Kind.VCS, git, Toml.string(source, "rev"))
              : !url.isEmpty()
                  ? new Origin(Origin.Kind.URL, url, "")
                  : !path.isEmpty() ? new Origin(Origin.Kind.PATH, path, "") : Origin.USUAL;
      String normalized = Ecosystem.PYPI.normalized(name);
      packages.replaceAll(
          one ->
              one.normalized().equals(normalized) && one.origin().equals(Origin.USUAL)
                  ? one.from(origin)
                  : one);
    }
  }

  private void pdm(@Nullable TomlTable pdm) {
    groups(Toml.table(pdm, "dev-dependencies"), "group");
    for (TomlTable source : Toml.tables(pdm, "source")) {
      index(
          Toml.string(source, "url"),
          Toml.string(source, "name").equals("pypi"),
          Toml.line(source, "url"));
    }
  }

  private void index(String address, boolean isFirst, int line) {
    if (!address.isEmpty()) {
      indexes.add(new Index(address, isFirst ? "--index-url" : "--extra-index-url", line));
    }
  }
}
