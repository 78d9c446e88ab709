package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.xml.XmlListener;
import dev.vidimus.formats.xml.XmlReader;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What builds in Java name in XML: projects of Maven, and the metadata by which Gradle verifies
/// what it fetched. Parents elsewhere are not read: a version that they give is open.
final class MavenFiles implements DependencyFile {
  private static final int MOST_STEPS = 16;
  private static final int LONGEST = 4_096;
  private static final Pattern POM =
      Pattern.compile("(?:.*/)?(?:pom\\.xml|[^/]*[-_.]pom\\.xml|[^/]+\\.pom)");
  private static final Pattern VERIFICATION =
      Pattern.compile("(?:.*/)?(?:[^/]*[-_.])?verification-metadata\\.xml");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^{}$]+)\\}");

  @Override
  public boolean isNamed(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return POM.matcher(lower).matches() || VERIFICATION.matcher(lower).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    Reading reading = new Reading();
    XmlReader.read(bytes, source, reading);
    return switch (reading.root) {
      case "project" -> reading.project();
      case "verification-metadata" ->
          Listing.lock("verification-metadata.xml", reading.verified, List.of());
      default ->
          throw new FormatException.Unsupported(
              source, 0, "XML without packages of Maven or Gradle");
    };
  }

  /// One declaration of a dependency or plugin.
  private static final class Declared {
    private final Map<String, String> members = new HashMap<>();
    private final boolean isManaged;
    private final boolean isPlugin;

    Declared(boolean isManaged, boolean isPlugin) {
      this.isManaged = isManaged;
      this.isPlugin = isPlugin;
    }

    String member(String name) {
      return members.getOrDefault(name, "");
    }
  }

  private static final class Reading implements XmlListener {
    private static final Set<String> COORDINATES =
        Set.of("groupId", "artifactId", "version", "scope");

    private final Deque<String> path = new ArrayDeque<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final List<Declared> declared = new ArrayList<>();
    private final Deque<Declared> open = new ArrayDeque<>();
    private final List<Dependency> verified = new ArrayList<>();
    private List<String> hashes = new ArrayList<>();
    private Map<String, String> component = Map.of();
    private String root = "";

    @Override
    public void declaration(String kind, String text, long offset) {}

    @Override
    public void start(String name, Map<String, String> attributes, int depth, long offset) {
      if (depth == 0) {
        root = name;
      }
      path.addLast(name);
      boolean isPlugin = name.equals("plugin");
      if (name.equals("dependency") || isPlugin) {
        boolean isManaged =
            path.contains("dependencyManagement") || path.contains("pluginManagement");
        open.addLast(new Declared(isManaged, isPlugin));
      }
      switch (name) {
        case "component" -> {
          component = attributes;
          hashes = new ArrayList<>();
        }
        case "md5", "sha1", "sha256", "sha512" -> {
          String value = attributes.getOrDefault("value", "");
          if (!value.isEmpty()) {
            hashes.add(name + ":" + value.toLowerCase(Locale.ROOT));
          }
        }
        default -> {}
      }
    }

    @Override
    public void end(String name, String text, int depth) {
      path.removeLast();
      String outer = path.isEmpty() ? "" : path.getLast();
      if (name.equals("dependency") || name.equals("plugin")) {
        declared.add(open.removeLast());
      } else if (!open.isEmpty()
          && COORDINATES.contains(name)
          && (outer.equals("dependency") || outer.equals("plugin"))) {
        open.getLast().members.put(name, text);
      } else if (outer.equals("properties") && depth == 2) {
        properties.put(name, text);
      } else if (depth == 1 && root.equals("project") && COORDINATES.contains(name)) {
        properties.put("project." + name, text);
      } else if (depth == 2 && outer.equals("parent")) {
        properties.put("project.parent." + name, text);
        properties.putIfAbsent("project." + name, text);
      } else if (name.equals("component") && root.equals("verification-metadata")) {
        verified.add(
            Dependency.of(
                    Ecosystem.MAVEN,
                    component.getOrDefault("group", "") + ":" + component.getOrDefault("name", ""),
                    component.getOrDefault("version", ""))
                .hashed(hashes));
      }
    }

    Listing project() {
      Map<String, String> managed = new HashMap<>();
      for (Declared one : declared) {
        if (one.isManaged) {
          managed.put(name(one), resolved(one.member("version")));
        }
      }
      List<Dependency> packages = new ArrayList<>();
      parent(packages);
      for (Declared one : declared) {
        boolean isImport = one.member("scope").equals("import");
        if (!one.isManaged || isImport) {
          String wanted = resolved(one.member("version"));
          packages.add(
              dependency(
                  name(one),
                  wanted.isEmpty() ? managed.getOrDefault(name(one), "") : wanted,
                  one.member("scope")));
        }
      }
      return new Listing("pom.xml", false, packages, List.of(), List.of(), List.of());
    }

    private void parent(List<Dependency> packages) {
      String artifact = properties.getOrDefault("project.parent.artifactId", "");
      if (!artifact.isEmpty()) {
        String group = properties.getOrDefault("project.parent.groupId", "");
        String version = properties.getOrDefault("project.parent.version", "");
        packages.add(dependency(group + ":" + artifact, resolved(version), "parent"));
      }
    }

    private String name(Declared one) {
      String group = resolved(one.member("groupId"));
      group = group.isEmpty() && one.isPlugin ? "org.apache.maven.plugins" : group;
      return group + ":" + resolved(one.member("artifactId"));
    }

    private static Dependency dependency(String name, String wanted, String scope) {
      boolean isOpen =
          wanted.isEmpty()
              || wanted.contains("${")
              || wanted.startsWith("[")
              || wanted.startsWith("(")
              || wanted.equals("LATEST")
              || wanted.equals("RELEASE");
      return Dependency.of(Ecosystem.MAVEN, name, isOpen ? "" : wanted)
          .wanting(wanted)
          .when(scope.isEmpty() ? "" : "scope == \"" + scope + "\"");
    }

    private String resolved(String text) {
      String at = text.strip();
      for (int i = 0; i < MOST_STEPS; i++) {
        Matcher variable = VARIABLE.matcher(at);
        if (!variable.find()) {
          return at;
        }
        String name = variable.group(1).replaceFirst("^pom\\.", "project.");
        String value = properties.get(name);
        if (value == null || value.length() + at.length() > LONGEST) {
          return at;
        }
        at = at.substring(0, variable.start()) + value + at.substring(variable.end());
      }
      return at;
    }
  }
}
