package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Index;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Environments and locks of conda and pixi.
final class CondaFiles {
  private static final int SHOWN = 120;

  /// What the documentation of conda calls a match specification.
  private static final Pattern SPECIFICATION =
      Pattern.compile(
          "(?:([^\\s:]++)::)?([A-Za-z0-9_][A-Za-z0-9_.-]*+)\\s*+(?:\\[[^\\]]*+\\])?+"
              + "\\s*+((?:[=<>!~]=?|===?)?\\s*+[^\\s].*)?");

  /// `name-version-build` of a conda archive.
  private static final Pattern ARCHIVE =
      Pattern.compile("(.+)-([^-]+)-([^-]+?)(?:\\.conda|\\.tar\\.bz2)");

  private CondaFiles() {}

  /// `environment.yml`: specifications, and lines for pip among them.
  static Listing environment(YamlTexts texts) {
    List<Dependency> packages = new ArrayList<>();
    List<Index> indexes = new ArrayList<>();
    List<String> includes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    RequirementsFile.Reading pip = new RequirementsFile.Reading();
    for (YamlTexts.Entry entry : texts.all()) {
      boolean isPackage = entry.at(0).equals("dependencies");
      if (isPackage && entry.path().size() == 2) {
        specification(entry.text(), packages, problems);
      } else if (isPackage && entry.at(2).equals("pip")) {
        pip.line(entry.text().strip(), 0);
      } else if (entry.at(0).equals("channels")) {
        indexes.add(new Index(entry.text(), indexes.isEmpty() ? "--index-url" : "channel", 0));
      }
    }
    packages.addAll(pip.packages());
    indexes.addAll(pip.indexes());
    includes.addAll(pip.includes());
    problems.addAll(pip.problems());
    return new Listing("environment.yml", false, packages, indexes, includes, problems);
  }

  private static void specification(
      String text, List<Dependency> packages, List<Problem> problems) {
    Matcher parts = SPECIFICATION.matcher(text.strip());
    if (!parts.matches()) {
      problems.add(new Problem(0, Printable.of(text, SHOWN) + ": names no package"));
      return;
    }
    String wanted = parts.group(3) == null ? "" : parts.group(3).strip();
    // `name=1.2` means 1.2 and all below it, `name=1.2=build` or `name==1.2` just that.
    Matcher exact = Pattern.compile("==?\\s*([^=\\s*,|]+)(=[^=\\s]+)?").matcher(wanted);
    boolean isExact = exact.matches() && (wanted.startsWith("==") || exact.group(2) != null);
    Dependency one =
        Dependency.of(Ecosystem.CONDA, parts.group(2), isExact ? exact.group(1) : "")
            .wanting(wanted);
    packages.add(parts.group(1) == null ? one : one.from(Origin.index(parts.group(1))));
  }

  /// `conda-lock.yml`: one entry for each package and platform.
  static Listing condaLock(YamlTexts texts) {
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Map<String, String> one : texts.groups("package").values()) {
      String name = one.getOrDefault("name", "");
      if (name.isEmpty()) {
        problems.add(new Problem(0, "a package has no name"));
        continue;
      }
      boolean isPip = one.getOrDefault("manager", "").equals("pip");
      packages.add(
          Dependency.of(
                  isPip ? Ecosystem.PYPI : Ecosystem.CONDA, name, one.getOrDefault("version", ""))
              .from(channel(one.getOrDefault("url", "")))
              .hashed(hashes(one, "hash."))
              .when(one.getOrDefault("platform", "")));
    }
    return Listing.lock("conda-lock.yml", packages, problems);
  }

  /// `pixi.lock`: addresses from which names and versions follow.
  static Listing pixiLock(YamlTexts texts) {
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Map<String, String> one : texts.groups("packages").values()) {
      String address = one.getOrDefault("conda", one.getOrDefault("url", ""));
      String name = one.getOrDefault("name", "");
      String version = one.getOrDefault("version", "");
      boolean isPip = one.containsKey("pypi") || one.getOrDefault("kind", "").equals("pypi");
      Matcher archive = ARCHIVE.matcher(Text.name(address));
      if (name.isEmpty() && archive.matches()) {
        name = archive.group(1);
        version = archive.group(2);
      }
      if (name.isEmpty()) {
        problems.add(new Problem(0, Printable.of(address, SHOWN) + ": names no package"));
        continue;
      }
      packages.add(
          Dependency.of(isPip ? Ecosystem.PYPI : Ecosystem.CONDA, name, version)
              .from(isPip ? Origin.USUAL : channel(address))
              .hashed(hashes(one, "")));
    }
    return Listing.lock("pixi.lock", packages, problems);
  }

  /// An archive lies in its channel's folder of a platform.
  private static Origin channel(String address) {
    int file = address.lastIndexOf('/');
    int platform = file < 0 ? -1 : address.lastIndexOf('/', file - 1);
    boolean isArchive = address.endsWith(".conda") || address.endsWith(".tar.bz2");
    return isArchive && platform > "https://".length()
        ? Origin.index(address.substring(0, platform))
        : Origin.USUAL;
  }

  private static List<String> hashes(Map<String, String> one, String prefix) {
    List<String> hashes = new ArrayList<>();
    for (String algorithm : List.of("sha256", "md5")) {
      String digest = one.get(prefix + algorithm);
      if (digest != null) {
        hashes.add(algorithm + ":" + digest);
      }
    }
    return hashes;
  }
}
