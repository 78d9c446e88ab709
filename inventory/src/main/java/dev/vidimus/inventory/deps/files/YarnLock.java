package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `yarn.lock`: of version 1 in its own form, of later versions in YAML.
final class YarnLock implements DependencyFile {
  private static final int SHOWN = 120;
  private static final String KIND = "yarn.lock";

  @Override
  public boolean isNamed(String path) {
    String name = Text.name(path).toLowerCase(Locale.ROOT);
    return name.equals(KIND) || name.endsWith("-yarn.lock");
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    String text = Text.of(bytes, source);
    boolean isYaml = text.startsWith("__metadata:") || text.contains("\n__metadata:");
    return isYaml ? berry(YamlTexts.read(bytes, source)) : new First().read(text);
  }

  /// Version 1: keys and values with a space between them.
  private static final class First {
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private String key = "";
    private int keyLine;
    private String version = "";
    private String resolved = "";
    private String integrity = "";
    private boolean isInNeeds;
    private List<String> requires = new ArrayList<>();

    Listing read(String text) {
      int number = 0;
      for (String line : text.split("\r\n|\n", -1)) {
        number++;
        String stripped = line.strip();
        if (stripped.isEmpty() || stripped.startsWith("#")) {
          continue;
        }
        int indent = line.length() - line.stripLeading().length();
        if (indent == 0) {
          end();
          key = stripped;
          keyLine = number;
        } else if (indent == 2) {
          member(stripped);
        } else if (isInNeeds) {
          requires.add(unquoted(word(stripped)));
        }
      }
      end();
      return Listing.lock(KIND, packages, problems);
    }

    private void member(String text) {
      String name = word(text);
      String value = unquoted(text.substring(name.length()).strip());
      isInNeeds = name.equals("dependencies:") || name.equals("optionalDependencies:");
      switch (name) {
        case "version" -> version = value;
        case "resolved" -> resolved = value;
        case "integrity" -> integrity = value;
        default -> {}
      }
    }

    /// The first word, which may be quoted.
    private static String word(String text) {
      int end = text.startsWith("\"") ? text.indexOf('"', 1) + 1 : text.indexOf(' ');
      return end <= 0 ? text : text.substring(0, end);
    }

    private void end() {
      if (!key.isEmpty()) {
        String first = unquoted(key.replaceAll(":$", "").split(", ", -1)[0]);
        int at = first.indexOf('@', 1);
        if (at < 0 || version.isEmpty()) {
          problems.add(
              new Problem(keyLine, Printable.of(key, SHOWN) + ": names no package and version"));
        } else {
          packages.add(dependency(first.substring(0, at), first.substring(at + 1)));
        }
      }
      key = "";
      version = "";
      resolved = "";
      integrity = "";
      isInNeeds = false;
      requires = new ArrayList<>();
    }

    private Dependency dependency(String alias, String wanted) {
      int at = wanted.lastIndexOf('@');
      boolean isAlias = wanted.startsWith("npm:") && at > "npm:".length();
      String name = isAlias ? wanted.substring("npm:".length(), at) : alias;
      int hash = resolved.indexOf('#');
      String address = hash < 0 ? resolved : resolved.substring(0, hash);
      List<String> hashes = new ArrayList<>(JsonLocks.integrity(integrity));
      String fragment = hash < 0 ? "" : resolved.substring(hash + 1);
      boolean isSha1 = fragment.matches("[0-9a-f]{40}");
      Origin origin = Origin.USUAL;
      int archive = address.indexOf("/-/");
      if (archive >= 0) {
        int end = address.indexOf("/" + name + "/-/");
        origin = Origin.index(address.substring(0, end < 0 ? archive : end));
        if (isSha1) {
          hashes.add("sha1:" + fragment);
        }
      } else if (isSha1 && (address.startsWith("git") || address.contains(".git"))) {
        origin = new Origin(Origin.Kind.VCS, address, fragment);
      } else if (wanted.startsWith("file:") || wanted.startsWith("link:")) {
        origin = new Origin(Origin.Kind.PATH, wanted, "");
      } else if (!address.isEmpty()) {
        origin = Origin.of(address);
      }
      return Dependency.of(Ecosystem.NPM, name, version)
          .from(origin)
          .hashed(hashes)
          .needing(requires)
          .at(keyLine);
    }

    private static String unquoted(String text) {
      boolean isQuoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
      return isQuoted ? text.substring(1, text.length() - 1) : text;
    }
  }

  // Later versions

  private static Listing berry(YamlTexts texts) {
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, Map<String, String>> entry : texts.groups().entrySet()) {
      Map<String, String> one = entry.getValue();
      String resolution = one.getOrDefault("resolution", "");
      int at = resolution.indexOf('@', 1);
      if (entry.getKey().equals("__metadata")) {
        continue;
      }
      if (at < 0) {
        problems.add(new Problem(0, Printable.of(entry.getKey(), SHOWN) + ": names no package"));
        continue;
      }
      String checksum = one.getOrDefault("checksum", "");
      int slash = checksum.indexOf('/');
      List<String> requires = new ArrayList<>();
      for (String member : one.keySet()) {
        if (member.startsWith("dependencies.")) {
          requires.add(member.substring("dependencies.".length()));
        }
      }
      packages.add(
          Dependency.of(Ecosystem.NPM, resolution.substring(0, at), one.getOrDefault("version", ""))
              .from(origin(resolution.substring(at + 1)))
              // Of the archive that yarn makes, not of the one that the index serves.
              .hashed(
                  checksum.isEmpty() ? List.of() : List.of("yarn:" + checksum.substring(slash + 1)))
              .needing(requires));
    }
    return Listing.lock(KIND, packages, problems);
  }

  private static Origin origin(String locator) {
    int commit = locator.indexOf("#commit=");
    if (commit >= 0) {
      String reference = locator.substring(commit + "#commit=".length());
      return new Origin(Origin.Kind.VCS, locator.substring(0, commit), reference);
    }
    for (String local : List.of("workspace:", "file:", "link:", "portal:")) {
      if (locator.startsWith(local)) {
        return new Origin(Origin.Kind.PATH, locator, "");
      }
    }
    boolean isIndex = locator.startsWith("npm:") || locator.startsWith("patch:");
    return isIndex ? Origin.USUAL : Origin.of(locator);
  }
}
