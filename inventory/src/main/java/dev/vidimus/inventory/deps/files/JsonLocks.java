package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.deps.files.Listing.Index;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Locks in JSON: those of npm and pipenv, and the records that conda keeps of what is installed.
final class JsonLocks implements DependencyFile {
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:.*/)?(?:(?:.*[-_.])?(?:package-lock\\.json|npm-shrinkwrap\\.json|pipfile\\.lock)"
              + "|conda-meta/[^/]+\\.json)");
  private static final String VERSION = "version";
  private static final String INSTALLED = "node_modules/";

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(path.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    if (Json.parse(bytes, source, JsonLimits.DEFAULT) instanceof JsonObject document) {
      if (document.get("lockfileVersion") != null) {
        return npm(document);
      }
      if (document.get("_meta") instanceof JsonObject meta) {
        return pipenv(document, meta);
      }
      if (document.get("build_number") != null && document.get("name") != null) {
        return conda(document);
      }
    }
    throw new FormatException.Unsupported(
        source, 0, "JSON without packages of npm, pipenv or conda");
  }

  // npm, versions 1 to 3 of its lock

  private static Listing npm(JsonObject document) {
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    if (document.get("packages") instanceof JsonObject all) {
      for (Map.Entry<String, JsonValue> entry : all.members().entrySet()) {
        if (entry.getValue() instanceof JsonObject one) {
          installed(entry.getKey(), one, packages);
        }
      }
    } else if (document.get("dependencies") instanceof JsonObject all) {
      nested(all, packages, problems);
    }
    return Listing.lock("package-lock.json", packages, problems);
  }

  private static void installed(String path, JsonObject one, List<Dependency> packages) {
    int at = path.lastIndexOf(INSTALLED);
    boolean isLink = one.get("link") instanceof JsonBoolean(boolean link) && link;
    if (at < 0 || isLink) {
      return; // the project itself, a folder of its workspace, or a link to one
    }
    String name = one.string("name");
    List<String> requires = new ArrayList<>();
    for (String group : List.of("dependencies", "optionalDependencies", "peerDependencies")) {
      if (one.get(group) instanceof JsonObject needed) {
        requires.addAll(needed.members().keySet());
      }
    }
    packages.add(
        npm(name == null ? path.substring(at + INSTALLED.length()) : name, one).needing(requires));
  }

  /// Version 1 has packages inside of packages.
  private static void nested(JsonObject all, List<Dependency> packages, List<Problem> problems) {
    for (Map.Entry<String, JsonValue> entry : all.members().entrySet()) {
      if (entry.getValue() instanceof JsonObject one) {
        JsonValue requires = one.get("requires");
        packages.add(
            npm(entry.getKey(), one)
                .needing(
                    requires instanceof JsonObject needed
                        ? List.copyOf(needed.members().keySet())
                        : List.of()));
        if (one.get("dependencies") instanceof JsonObject inner) {
          nested(inner, packages, problems); // no deeper than JSON may be
        }
      } else {
        problems.add(new Problem(0, entry.getKey() + ": is no object"));
      }
    }
  }

  private static Dependency npm(String key, JsonObject one) {
    String name = key;
    String version = text(one, VERSION);
    int at = version.lastIndexOf('@');
    if (version.startsWith("npm:") && at > "npm:".length()) { // an alias: npm:name@version
      name = version.substring("npm:".length(), at);
      version = version.substring(at + 1);
    }
    String resolved = text(one, "resolved");
    Origin origin = resolved.isEmpty() ? Origin.USUAL : Origin.of(resolved);
    if (origin.kind() == Origin.Kind.URL) {
      // The archive of an index has the name of its package and `/-/` in its address.
      int archive = resolved.indexOf("/-/");
      origin = archive < 0 ? origin : Origin.index(index(resolved, name));
    } else if (version.contains("://") || version.startsWith("github:")) {
      origin = Origin.of(version.startsWith("github:") ? "git+" + version : version);
      version = "";
    }
    return Dependency.of(Ecosystem.NPM, name, version)
        .from(origin)
        .hashed(integrity(text(one, "integrity")));
  }

  private static String index(String resolved, String name) {
    int end = resolved.indexOf("/" + name + "/-/");
    return end < 0 ? resolved.substring(0, resolved.indexOf("/-/")) : resolved.substring(0, end);
  }

  /// [Subresource integrity](https://www.w3.org/TR/SRI/): algorithm, dash, base64.
  static List<String> integrity(String text) {
    List<String> hashes = new ArrayList<>();
    for (String one : text.split(" ", -1)) {
      int dash = one.indexOf('-');
      if (dash > 0) {
        try {
          byte[] digest = Base64.getDecoder().decode(one.substring(dash + 1));
          hashes.add(one.substring(0, dash) + ":" + HexFormat.of().formatHex(digest));
        } catch (IllegalArgumentException e) {
          // No base64, so no hash; that there is none is what counts.
        }
      }
    }
    return hashes;
  }

  // pipenv

  private static Listing pipenv(JsonObject document, JsonObject meta) {
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    List<Index> indexes = new ArrayList<>();
    if (meta.get("sources") instanceof JsonArray sources) {
      for (JsonValue source : sources.elements()) {
        if (source instanceof JsonObject object) {
          String option = indexes.isEmpty() ? "--index-url" : "--extra-index-url";
          indexes.add(new Index(text(object, "url"), option, 0));
        }
      }
    }
    for (Map.Entry<String, JsonValue> group : document.members().entrySet()) {
      if (!group.getKey().equals("_meta") && group.getValue() instanceof JsonObject all) {
        for (Map.Entry<String, JsonValue> entry : all.members().entrySet()) {
          if (entry.getValue() instanceof JsonObject one) {
            packages.add(pipenv(entry.getKey(), one));
          } else {
            problems.add(new Problem(0, entry.getKey() + ": is no object"));
          }
        }
      }
    }
    return new Listing("Pipfile.lock", true, packages, indexes, List.of(), problems);
  }

  private static Dependency pipenv(String name, JsonObject one) {
    String wanted = text(one, VERSION);
    String version = wanted.startsWith("==") ? wanted.substring(2).strip() : "";
    Dependency dependency = Dependency.of(Ecosystem.PYPI, name, version).wanting(wanted);
    if (one.string("git") != null) {
      dependency = dependency.from(new Origin(Origin.Kind.VCS, text(one, "git"), text(one, "ref")));
    } else if (one.string("file") != null) {
      dependency = dependency.from(Origin.of(text(one, "file")));
    } else if (one.string("path") != null) {
      dependency = dependency.from(new Origin(Origin.Kind.PATH, text(one, "path"), ""));
    }
    return dependency.hashed(texts(one.get("hashes"))).when(text(one, "markers"));
  }

  // conda

  private static Listing conda(JsonObject one) {
    List<String> hashes = new ArrayList<>();
    for (String algorithm : List.of("sha256", "md5")) {
      String digest = text(one, algorithm);
      if (!digest.isEmpty()) {
        hashes.add(algorithm + ":" + digest);
      }
    }
    List<String> requires = new ArrayList<>();
    for (String needed : texts(one.get("depends"))) {
      int space = needed.indexOf(' ');
      requires.add(space < 0 ? needed : needed.substring(0, space));
    }
    Dependency installed =
        Dependency.of(Ecosystem.CONDA, text(one, "name"), text(one, VERSION))
            .from(Origin.index(text(one, "channel")))
            .hashed(hashes)
            .needing(requires);
    List<Problem> problems =
        installed.version().isEmpty()
            ? List.of(new Problem(0, installed.name() + ": has no version"))
            : List.of();
    return Listing.lock("conda-meta", List.of(installed), problems);
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }

  private static List<String> texts(@Nullable JsonValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (JsonValue element : array.elements()) {
        if (element instanceof JsonString(String text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
