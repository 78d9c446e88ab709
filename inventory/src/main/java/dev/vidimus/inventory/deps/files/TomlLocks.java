package dev.vidimus.inventory.deps.files;

import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlTable;

/// Locks in TOML: those of uv, poetry, pdm, Cargo, and `pylock.toml` of [PEP
/// 751](https://packaging.python.org/en/latest/specifications/pylock-toml/).
final class TomlLocks {
  private static final String PACKAGE = "package";
  private static final String SOURCE = "source";
  private static final String METADATA = "metadata";

  private TomlLocks() {}

  /// Reads a lock, or returns null if the document is none of these.
  static @Nullable Listing read(TomlTable document) {
    TomlTable metadata = Toml.table(document, METADATA);
    List<TomlTable> packages = Toml.tables(document, PACKAGE);
    if (document.contains(List.of("packages")) && document.contains(List.of("lock-version"))) {
      return pylock(document);
    }
    if (packages.isEmpty()) {
      return null;
    }
    if (Toml.value(metadata, "lock_version") != null) {
      return pdm(packages);
    }
    boolean isPoetry =
        Toml.value(metadata, "content-hash") != null
            || packages.stream().anyMatch(one -> one.contains(List.of("python-versions")));
    if (isPoetry) {
      return poetry(packages, Toml.table(metadata, "files"));
    }
    boolean isUv = packages.stream().anyMatch(one -> Toml.value(one, SOURCE) instanceof TomlTable);
    return isUv ? uv(packages) : cargo(packages);
  }

  private static Listing uv(List<TomlTable> packages) {
    Collected collected = new Collected("uv.lock");
    for (TomlTable one : packages) {
      TomlTable source = Toml.table(one, SOURCE);
      Origin origin = Origin.USUAL;
      for (String kind : Toml.keys(source)) {
        String address = Toml.string(source, kind);
        origin =
            switch (kind) {
              case "registry" -> Origin.index(address);
              case "git" -> git(address);
              case "url" -> new Origin(Origin.Kind.URL, address, "");
              default -> new Origin(Origin.Kind.PATH, address, "");
            };
      }
      List<String> hashes = new ArrayList<>();
      TomlTable sdist = Toml.table(one, "sdist");
      add(hashes, Toml.string(sdist, "hash"));
      Toml.tables(one, "wheels").forEach(wheel -> add(hashes, Toml.string(wheel, "hash")));
      List<String> requires = new ArrayList<>(names(Toml.tables(one, "dependencies")));
      for (String group : List.of("optional-dependencies", "dev-dependencies")) {
        TomlTable groups = Toml.table(one, group);
        Toml.keys(groups).forEach(key -> requires.addAll(names(Toml.tables(groups, key))));
      }
      collected.add(one, origin, hashes, requires, "");
    }
    return collected.listing();
  }

  /// uv writes `https://…?rev=wanted#commit`.
  private static Origin git(String address) {
    int hash = address.indexOf('#');
    return hash < 0
        ? new Origin(Origin.Kind.VCS, address, "")
        : new Origin(Origin.Kind.VCS, address.substring(0, hash), address.substring(hash + 1));
  }

  private static List<String> names(List<TomlTable> tables) {
    return tables.stream().map(one -> Toml.string(one, "name")).toList();
  }

  private static Listing poetry(List<TomlTable> packages, @Nullable TomlTable allFiles) {
    Collected collected = new Collected("poetry.lock");
    for (TomlTable one : packages) {
      TomlTable source = Toml.table(one, SOURCE);
      String address = Toml.string(source, "url");
      Origin origin =
          switch (Toml.string(source, "type")) {
            case "git" ->
                new Origin(Origin.Kind.VCS, address, Toml.string(source, "resolved_reference"));
            case "url" -> new Origin(Origin.Kind.URL, address, "");
            case "file", "directory" -> new Origin(Origin.Kind.PATH, address, "");
            default -> Origin.index(address);
          };
      List<String> hashes = fileHashes(Toml.tables(one, "files"));
      hashes.addAll(fileHashes(Toml.tables(allFiles, Toml.string(one, "name"))));
      collected.add(
          one, origin, hashes, Toml.keys(Toml.table(one, "dependencies")), marker(one, "markers"));
    }
    return collected.listing();
  }

  private static String marker(TomlTable one, String key) {
    return Toml.string(one, key);
  }

  private static List<String> fileHashes(List<TomlTable> files) {
    List<String> hashes = new ArrayList<>();
    files.forEach(file -> add(hashes, Toml.string(file, "hash")));
    return hashes;
  }

  private static Listing pdm(List<TomlTable> packages) {
    Collected collected = new Collected("pdm.lock");
    for (TomlTable one : packages) {
      Origin origin = Origin.USUAL;
      if (one.contains(List.of("git"))) {
        origin = new Origin(Origin.Kind.VCS, Toml.string(one, "git"), Toml.string(one, "revision"));
      } else if (one.contains(List.of("url"))) {
        origin = new Origin(Origin.Kind.URL, Toml.string(one, "url"), "");
      } else if (one.contains(List.of("path"))) {
        origin = new Origin(Origin.Kind.PATH, Toml.string(one, "path"), "");
      }
      List<String> requires = new ArrayList<>();
      for (String text : Toml.strings(one, "dependencies")) {
        Dependency required = Requirement.read(text);
        if (required != null) {
          requires.add(required.name());
        }
      }
      collected.add(
          one, origin, fileHashes(Toml.tables(one, "files")), requires, marker(one, "marker"));
    }
    return collected.listing();
  }

  private static Listing pylock(TomlTable document) {
    Collected collected = new Collected("pylock.toml");
    for (TomlTable one : Toml.tables(document, "packages")) {
      TomlTable vcs = Toml.table(one, "vcs");
      TomlTable archive = Toml.table(one, "archive");
      TomlTable directory = Toml.table(one, "directory");
      Origin origin = Origin.index(Toml.string(one, "index"));
      if (vcs != null) {
        String address = Toml.string(vcs, "url");
        origin =
            new Origin(
                Origin.Kind.VCS,
                address.isEmpty() ? Toml.string(vcs, "path") : address,
                Toml.string(vcs, "commit-id"));
      } else if (archive != null) {
        String address = Toml.string(archive, "url");
        origin =
            address.isEmpty()
                ? new Origin(Origin.Kind.PATH, Toml.string(archive, "path"), "")
                : new Origin(Origin.Kind.URL, address, "");
      } else if (directory != null) {
        origin = new Origin(Origin.Kind.PATH, Toml.string(directory, "path"), "");
      }
      List<String> hashes = new ArrayList<>(hashes(archive));
      hashes.addAll(hashes(Toml.table(one, "sdist")));
      // One tool writes a list of wheels, another a table of the same name.
      Toml.tables(one, "wheels").forEach(wheel -> hashes.addAll(hashes(wheel)));
      collected.add(
          one, origin, hashes, names(Toml.tables(one, "dependencies")), marker(one, "marker"));
    }
    return collected.listing();
  }

  private static List<String> hashes(@Nullable TomlTable file) {
    Map<String, String> sorted = new TreeMap<>();
    TomlTable hashes = Toml.table(file, "hashes");
    Toml.keys(hashes).forEach(kind -> sorted.put(kind, Toml.string(hashes, kind)));
    return sorted.entrySet().stream().map(one -> one.getKey() + ":" + one.getValue()).toList();
  }

  private static Listing cargo(List<TomlTable> packages) {
    Collected collected = new Collected("Cargo.lock", Ecosystem.CARGO);
    for (TomlTable one : packages) {
      String source = Toml.string(one, SOURCE);
      Origin origin = new Origin(Origin.Kind.PATH, "", ""); // of the workspace
      if (source.startsWith("git+")) {
        origin = git(source.substring("git+".length()));
      } else if (!source.isEmpty()) {
        origin = Origin.index(source.substring(source.indexOf('+') + 1));
      }
      List<String> hashes = new ArrayList<>();
      String checksum = Toml.string(one, "checksum");
      add(hashes, checksum.isEmpty() ? "" : "sha256:" + checksum);
      List<String> requires = new ArrayList<>();
      for (String text : Toml.strings(one, "dependencies")) {
        int space = text.indexOf(' ');
        requires.add(space < 0 ? text : text.substring(0, space));
      }
      collected.add(one, origin, hashes, requires, "");
    }
    return collected.listing();
  }

  private static void add(List<String> hashes, String hash) {
    if (!hash.isEmpty()) {
      hashes.add(hash);
    }
  }

  private static final class Collected {
    private final String kind;
    private final Ecosystem ecosystem;
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Collected(String kind) {
      this(kind, Ecosystem.PYPI);
    }

    Collected(String kind, Ecosystem ecosystem) {
      this.kind = kind;
      this.ecosystem = ecosystem;
    }

    void add(
        TomlTable one, Origin origin, List<String> hashes, List<String> requires, String marker) {
      String name = Toml.string(one, "name");
      int line = Toml.line(one, "name");
      if (name.isEmpty()) {
        problems.add(new Problem(line, "a package has no name"));
        return;
      }
      packages.add(
          new Dependency(
              ecosystem,
              name,
              Toml.string(one, "version"),
              "",
              origin,
              hashes,
              requires,
              marker,
              line));
    }

    Listing listing() {
      return Listing.lock(kind, packages, problems);
    }
  }
}
