package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.digest.Identity.FileIdentity;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.inventory.card.Card;
import dev.vidimus.inventory.deps.Dependencies.Named;
import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.Listing;
import dev.vidimus.inventory.deps.files.Origin;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Writes a bill of materials in [CycloneDX](https://cyclonedx.org/docs/1.6/json/) 1.6 or 1.7. The
/// same material gives the same bytes: everything is sorted, and nothing says when it was written.
///
/// Each fact says how it is known, in the property `vidimus:known`: `observed` in the bytes that
/// are there, or `declared` by somebody.
public final class CycloneDxWriter {
  private static final String OBSERVED = "observed";
  private static final String DECLARED = "declared";
  private static final Map<String, Integer> HASHES =
      Map.of("SHA-256", 64, "SHA-384", 96, "SHA-512", 128, "SHA-1", 40, "MD5", 32);

  private final Material material;
  private final String specVersion;
  private final String program;
  private final String root;

  private CycloneDxWriter(Material material, String specVersion, String program) {
    this.material = material;
    this.specVersion = specVersion;
    this.program = program;
    this.root = "snapshot:" + material.identity().digest();
  }

  /// The document, ending with a line feed.
  ///
  /// @param specVersion `1.6` or `1.7`
  /// @param program version of this program
  public static String write(Material material, String specVersion, String program) {
    return new CycloneDxWriter(material, specVersion, program).document() + "\n";
  }

  /// A package by its address, and the files that name it.
  private record Part(Dependency dependency, Set<String> files, Set<String> hashes) {}

  private JsonWriter document() {
    Map<String, Part> parts = parts();
    // By its content, so that equal bills have equal numbers.
    String content = content(new JsonWriter().object(), parts).endObject().toString();
    String hex = Digest.sha256(content.getBytes(StandardCharsets.UTF_8)).hex();
    JsonWriter json = new JsonWriter().object().name("bomFormat").string("CycloneDX");
    json.name("specVersion").string(specVersion);
    json.name("serialNumber").string("urn:uuid:" + uuid(hex)).name("version").number(1);
    return content(json, parts).endObject();
  }

  private JsonWriter content(JsonWriter json, Map<String, Part> parts) {
    metadata(json.name("metadata"));
    json.name("components").array();
    material.identity().files().forEach(file -> file(json, file));
    parts.forEach((purl, part) -> part(json, purl, part));
    json.endArray();
    dependencies(json.name("dependencies"), parts);
    json.name("compositions").array().object().name("aggregate");
    json.string(material.notExamined().isEmpty() ? "unknown" : "incomplete");
    return json.name("assemblies").array().string(root).endArray().endObject().endArray();
  }

  /// Version 8 of [RFC 9562](https://www.rfc-editor.org/rfc/rfc9562): bits of our own making.
  private static String uuid(String hex) {
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        "8" + hex.substring(13, 16),
        "8" + hex.substring(17, 20),
        hex.substring(20, 32));
  }

  private void metadata(JsonWriter json) {
    json.object().name("tools").object().name("components").array().object();
    json.name("type").string("application").name("name").string("vidimus");
    json.name("version").string(program).endObject().endArray().endObject();
    json.name("component").object();
    Card card = material.card();
    json.name("type").string(card == null ? "application" : "machine-learning-model");
    json.name("bom-ref").string(root).name("name").string(material.name());
    if (material.identity().files().size() == 1) {
      hashes(json, Set.of("sha256:" + material.identity().files().getFirst().sha256().hex()));
    }
    if (card != null) {
      claims(json, card);
    }
    json.name("properties").array();
    property(json, "vidimus:known", OBSERVED);
    property(json, "vidimus:snapshot", material.identity().digest().toString());
    json.endArray().endObject().endObject();
  }

  /// What the card says: a licence, parents and metrics, all declared.
  private static void claims(JsonWriter json, Card card) {
    if (!card.licence().isEmpty()) {
      json.name("licenses").array().object().name("license").object().name("name");
      json.string(card.licence()).name("acknowledgement").string(DECLARED);
      json.endObject().endObject().endArray();
    }
    if (!card.edges().isEmpty()) {
      json.name("pedigree").object().name("ancestors").array();
      for (Card.Edge edge : card.edges()) {
        json.object().name("type").string("machine-learning-model");
        json.name("name").string(edge.parent());
        if (edge.isResolvable()) {
          json.name("purl").string(Purl.model(edge.parent(), ""));
        }
        json.name("properties").array();
        property(json, "vidimus:known", DECLARED);
        property(json, "vidimus:relation", edge.relation().name().toLowerCase(Locale.ROOT));
        json.endArray().endObject();
      }
      json.endArray().endObject();
    }
    json.name("modelCard").object().name("modelParameters").object().name("datasets").array();
    for (String dataset : card.datasets()) {
      json.object().name("type").string("dataset").name("name").string(dataset).endObject();
    }
    json.endArray().endObject().name("quantitativeAnalysis").object();
    json.name("performanceMetrics").array();
    for (Card.Metric metric : card.metrics()) {
      json.object().name("type").string(metric.type()).name("value").string(metric.value());
      json.name("slice").string(metric.dataset()).endObject();
    }
    json.endArray().endObject().endObject();
  }

  private static void file(JsonWriter json, FileIdentity file) {
    json.object().name("type").string("file").name("bom-ref").string("file:" + file.path());
    json.name("name").string(file.path());
    hashes(json, Set.of("sha256:" + file.sha256().hex()));
    json.name("properties").array();
    property(json, "vidimus:known", OBSERVED);
    property(json, "vidimus:bytes", Long.toString(file.size()));
    json.endArray().endObject();
  }

  private Map<String, Part> parts() {
    Map<String, Part> parts = new TreeMap<>();
    for (Named named : material.dependencies().packages()) {
      Dependency one = named.dependency();
      boolean isOwn = one.origin().kind() == Origin.Kind.PATH;
      if (!isOwn && !one.name().isEmpty()) {
        Part part =
            parts.computeIfAbsent(
                Purl.of(one), purl -> new Part(one, new TreeSet<>(), new TreeSet<>()));
        part.files().add(named.file());
        part.hashes().addAll(one.hashes());
      }
    }
    return parts;
  }

  private static void part(JsonWriter json, String purl, Part part) {
    Dependency one = part.dependency();
    json.object().name("type").string(type(one)).name("bom-ref").string(purl);
    json.name("name").string(one.name());
    if (!one.version().isEmpty()) {
      json.name("version").string(one.version());
    }
    hashes(json, part.hashes());
    json.name("purl").string(purl).name("properties").array();
    property(json, "vidimus:known", one.version().isEmpty() ? DECLARED : OBSERVED);
    part.files().forEach(file -> property(json, "vidimus:file", file));
    if (!one.wanted().isEmpty()) {
      property(json, "vidimus:wanted", one.wanted());
    }
    if (!one.origin().equals(Origin.USUAL)) {
      property(json, "vidimus:source", one.origin().toString());
    }
    json.endArray().endObject();
  }

  private static String type(Dependency one) {
    return switch (one.ecosystem()) {
      case OCI -> "container";
      case HUGGING_FACE -> "machine-learning-model";
      case GENERIC -> "data";
      case PYPI, NPM, MAVEN, CARGO, GO, CONDA, GITHUB_ACTIONS, HELM -> "library";
    };
  }

  /// Hashes that CycloneDX knows, each kind once: a lock may list one for each platform's archive,
  /// and those are no hashes of one thing.
  private static void hashes(JsonWriter json, Set<String> texts) {
    Map<String, String> byKind = new TreeMap<>();
    Set<String> ambiguous = new TreeSet<>();
    for (String text : texts) {
      String kind = kind(text);
      String digest = text.substring(text.indexOf(':') + 1).toLowerCase(Locale.ROOT);
      boolean isWhole =
          kind != null
              && digest.length() == HASHES.getOrDefault(kind, -1)
              && digest.chars().allMatch(c -> Character.digit(c, 16) >= 0);
      if (isWhole && byKind.put(kind, digest) != null) {
        ambiguous.add(kind);
      }
    }
    ambiguous.forEach(byKind::remove);
    if (!byKind.isEmpty()) {
      json.name("hashes").array();
      byKind.forEach(
          (kind, digest) ->
              json.object().name("alg").string(kind).name("content").string(digest).endObject());
      json.endArray();
    }
  }

  private static @Nullable String kind(String text) {
    int colon = text.indexOf(':');
    return switch (colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT)) {
      case "sha256" -> "SHA-256";
      case "sha384" -> "SHA-384";
      case "sha512" -> "SHA-512";
      case "sha1" -> "SHA-1";
      case "md5" -> "MD5";
      default -> null;
    };
  }

  /// What needs what: the whole needs its files and whatever nobody else needs.
  private void dependencies(JsonWriter json, Map<String, Part> parts) {
    Map<String, Set<String>> needs = new TreeMap<>();
    Set<String> direct = new TreeSet<>(parts.keySet());
    for (Listing listing : material.dependencies().files().values()) {
      Map<String, List<String>> byName = new HashMap<>();
      for (Dependency one : listing.packages()) {
        byName.computeIfAbsent(one.normalized(), name -> new ArrayList<>()).add(Purl.of(one));
      }
      for (Dependency one : listing.packages()) {
        String from = Purl.of(one);
        for (String name : one.requires()) {
          for (String to : byName.getOrDefault(one.ecosystem().normalized(name), List.of())) {
            boolean isOther = parts.containsKey(from) && parts.containsKey(to) && !to.equals(from);
            if (isOther) {
              needs.computeIfAbsent(from, purl -> new TreeSet<>()).add(to);
              direct.remove(to);
            }
          }
        }
      }
    }
    json.array().object().name("ref").string(root).name("dependsOn").array();
    material.identity().files().forEach(file -> json.string("file:" + file.path()));
    direct.forEach(json::string);
    json.endArray().endObject();
    needs.forEach(
        (from, to) -> {
          json.object().name("ref").string(from).name("dependsOn").array();
          to.forEach(json::string);
          json.endArray().endObject();
        });
    json.endArray();
  }

  private static void property(JsonWriter json, String name, String value) {
    json.object().name("name").string(name).name("value").string(value).endObject();
  }
}
