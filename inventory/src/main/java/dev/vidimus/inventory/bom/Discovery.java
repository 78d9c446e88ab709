package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.digest.Identity.FileIdentity;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import dev.vidimus.inventory.bom.Part.Property;
import dev.vidimus.inventory.card.Card;
import dev.vidimus.inventory.deps.Dependencies.Named;
import dev.vidimus.inventory.deps.Purl;
import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.Listing;
import dev.vidimus.inventory.deps.files.Origin;
import dev.vidimus.inventory.version.Ecosystem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Makes a bill of what lies in a file or folder: its files, the packages, images, services and
/// models that they name, and what its card and configurations claim.
public final class Discovery {
  private static final Pattern WEIGHTS =
      Pattern.compile(
          ".*\\.(?:safetensors|gguf|ggml|onnx|pt|pth|bin|ckpt|h5|hdf5|keras|tflite|pb|msgpack|pkl"
              + "|pickle|joblib|npz|npy|mlmodel|nemo|pte|skops)");
  private static final Pattern PROMPT =
      Pattern.compile(
          "(?:.*/)?(?:[^/]*\\.(?:jinja2?|prompt|prompty)|[^/]*(?:system|chat)[-_.]?(?:prompt|template)"
              + "[^/]*\\.(?:txt|md|json|ya?ml))|(?:.*/)?prompts/[^/]+");
  private static final Map<String, Integer> HASHES =
      Map.of("SHA-256", 64, "SHA-384", 96, "SHA-512", 128, "SHA-1", 40, "MD5", 32);

  /// Of packages that need each other: where each of many versions of one name needs that name,
  /// they are the square of the versions.
  private static final int MOST_NEEDS = 500_000;

  private final Material material;
  private final String root;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private int needed;

  private Discovery(Material material) {
    this.material = material;
    this.root = "snapshot:" + material.identity().digest();
  }

  /// The bill of a file or folder.
  public static Bill bill(Material material) {
    return new Discovery(material).bill();
  }

  private Bill bill() {
    for (FileIdentity file : material.identity().files()) {
      add(file(file));
      edges.add(Edge.of(root, Relation.DEPENDS_ON, "file:" + file.path()));
    }
    packages();
    JsonObject card = card();
    parts.put(root, root(card));
    return new Bill(
        root,
        List.copyOf(parts.values()),
        edges,
        material.notExamined().isEmpty() && needed <= MOST_NEEDS ? "unknown" : Bill.INCOMPLETE,
        Part.NOTHING);
  }

  private void add(Part part) {
    parts.putIfAbsent(part.ref(), part);
  }

  private boolean isModel() {
    Card card = material.card();
    return material.identity().files().stream()
            .anyMatch(file -> WEIGHTS.matcher(file.path().toLowerCase(Locale.ROOT)).matches())
        || !material.adapter().members().isEmpty()
        || (card != null
            && !(card.edges().isEmpty() && card.datasets().isEmpty() && card.metrics().isEmpty()));
  }

  private Part root(JsonObject card) {
    List<Property> properties = new ArrayList<>();
    properties.add(new Property(DiscoveryWords.SNAPSHOT, material.identity().digest().toString()));
    for (NotExamined gap : material.notExamined()) {
      properties.add(
          new Property(DiscoveryWords.NOT_EXAMINED, gap.location().path() + ": " + gap.reason()));
    }
    if (needed > MOST_NEEDS) {
      properties.add(
          new Property(
              DiscoveryWords.NOT_EXAMINED, "more than " + MOST_NEEDS + " needs of packages"));
    }
    adapter(properties);
    boolean isOne = material.identity().files().size() == 1;
    Card declared = material.card();
    String licence = declared == null ? "" : declared.licence();
    Part part =
        Part.of(root, isModel() ? Part.MODEL : "application", material.name(), Known.OBSERVED)
            .hashed(
                isOne
                    ? List.of("SHA-256:" + material.identity().files().getFirst().sha256().hex())
                    : List.of())
            .licensed(
                licence.isEmpty()
                    ? List.of()
                    : List.of(new Licence(SpdxIds.spelled(licence), Licence.DECLARED)))
            .with(properties);
    return isModel() ? part.described(card) : part;
  }

  private static Part file(FileIdentity file) {
    boolean isPrompt = PROMPT.matcher(file.path().toLowerCase(Locale.ROOT)).matches();
    List<Property> properties = new ArrayList<>();
    properties.add(new Property(DiscoveryWords.BYTES, Long.toString(file.size())));
    if (isPrompt) {
      properties.add(new Property(DiscoveryWords.DATA_KIND, "configuration"));
    }
    return Part.of(
            "file:" + file.path(), isPrompt ? Part.DATA : "file", file.path(), Known.OBSERVED)
        .hashed(List.of("SHA-256:" + file.sha256().hex()))
        .with(properties);
  }

  // What the card and the configurations say

  /// The card in the form of CycloneDX; parents and datasets become parts.
  private JsonObject card() {
    List<JsonObject> datasets = new ArrayList<>();
    List<JsonObject> metrics = new ArrayList<>();
    Card card = material.card();
    if (card != null) {
      for (Card.Edge edge : card.edges()) {
        parent(edge.parent(), edge.isResolvable(), edge.relation().name());
      }
      for (String dataset : new TreeSet<>(card.datasets())) {
        String ref = "dataset:" + dataset;
        add(
            Part.of(ref, Part.DATA, dataset, Known.DECLARED)
                .with(List.of(new Property(DiscoveryWords.DATA_KIND, "dataset"))));
        edges.add(Edge.of(root, Relation.TRAINED_ON, ref));
        datasets.add(new Members().text("ref", ref).json());
      }
      for (Card.Metric metric : card.metrics()) {
        metrics.add(
            new Members()
                .text("type", metric.type())
                .text("value", metric.value())
                .text("slice", metric.dataset())
                .json());
      }
    }
    JsonObject parameters =
        new Members()
            .text("architectureFamily", Members.text(material.config(), "model_type"))
            .text("modelArchitecture", architecture())
            .array("datasets", datasets)
            .json();
    return new Members()
        .object("modelParameters", parameters)
        .object("quantitativeAnalysis", new Members().array("performanceMetrics", metrics).json())
        .json();
  }

  private String architecture() {
    List<String> names = Members.strings(material.config(), "architectures");
    return names.isEmpty() ? "" : names.getFirst();
  }

  /// What an adapter's configuration says: its base, its rank, what it changes.
  private void adapter(List<Property> properties) {
    JsonObject adapter = material.adapter();
    String base = Members.text(adapter, "base_model_name_or_path");
    if (!base.isEmpty()) {
      boolean isName = base.matches("[A-Za-z0-9][A-Za-z0-9._-]*/[A-Za-z0-9._-]+");
      parent(base, isName, Card.Relation.ADAPTER_OF.name());
    }
    for (String name :
        List.of("peft_type", "r", "lora_alpha", "use_rslora", "use_dora", "target_modules")) {
      String value = scalar(adapter.get(name));
      if (!value.isEmpty()) {
        properties.add(new Property("vidimus:adapter:" + name, value));
      }
    }
  }

  private static String scalar(@Nullable JsonValue value) {
    return switch (value) {
      case null -> "";
      case JsonString(String text) -> text;
      case JsonNumber(String text) -> text;
      case JsonValue.JsonBoolean(boolean truth) -> String.valueOf(truth);
      case JsonArray array ->
          String.join(",", array.elements().stream().map(Discovery::scalar).sorted().toList());
      case JsonObject object -> "";
      case JsonValue.JsonNull nothing -> "";
    };
  }

  private void parent(String name, boolean isResolvable, String relation) {
    String purl = isResolvable ? Purl.model(name, "") : "";
    String ref = purl.isEmpty() ? "model:" + name : purl;
    add(Part.of(ref, Part.MODEL, name, Known.DECLARED).addressed(purl).elsewhere());
    edges.add(
        new Edge(
            root, Relation.DESCENDS_FROM, ref, relation.toLowerCase(Locale.ROOT), Known.DECLARED));
  }

  // What files name

  /// A package by its address, and the files that name it.
  private record Found(Dependency dependency, String type, Set<String> files, Set<String> hashes) {}

  private void packages() {
    Map<String, Found> all = new TreeMap<>();
    for (Named named : material.dependencies().packages()) {
      Dependency one = named.dependency();
      boolean isOwn = one.origin().kind() == Origin.Kind.PATH;
      if (!isOwn && !one.name().isEmpty()) {
        Found part =
            all.computeIfAbsent(
                Purl.of(one),
                purl -> new Found(one, type(named), new TreeSet<>(), new TreeSet<>()));
        part.files().add(named.file());
        part.hashes().addAll(one.hashes());
      }
    }
    all.forEach((purl, part) -> add(part(purl, part)));
    needs(all.keySet());
  }

  private static Part part(String purl, Found part) {
    Dependency one = part.dependency();
    List<Property> properties = new ArrayList<>();
    part.files().forEach(file -> properties.add(new Property(DiscoveryWords.FILE, file)));
    if (!one.wanted().isEmpty()) {
      properties.add(new Property(DiscoveryWords.WANTED, one.wanted()));
    }
    if (!one.origin().equals(Origin.USUAL)) {
      properties.add(new Property(DiscoveryWords.SOURCE, one.origin().toString()));
    }
    String type = part.type();
    if (type.equals(Part.DATA)) {
      properties.add(new Property(DiscoveryWords.DATA_KIND, "other"));
    }
    boolean isService = type.equals(Part.SERVICE);
    JsonObject rest =
        isService && !one.origin().address().isEmpty()
            ? new Members().texts("endpoints", List.of(one.origin().address())).json()
            : Part.NOTHING;
    return Part.of(
            purl, type, one.name(), one.version().isEmpty() ? Known.DECLARED : Known.OBSERVED)
        .versioned(one.version())
        .addressed(isService ? "" : purl)
        .hashed(isService ? List.of() : hashes(part.hashes()))
        .with(properties)
        .keeping(rest);
  }

  private String type(Named named) {
    Listing listing = material.dependencies().files().get(named.file());
    String kind = listing == null ? "" : listing.kind();
    return switch (named.dependency().ecosystem()) {
      case OCI -> "container";
      case HUGGING_FACE -> Part.MODEL;
      case GENERIC ->
          switch (kind) {
            // What an agent is told to ask, and models that run elsewhere.
            case "mcp", Listing.HOSTED_MODELS -> Part.SERVICE;
            case "Modelfile" -> Part.MODEL;
            default -> Part.DATA;
          };
      case PYPI, NPM, MAVEN, CARGO, GO, CONDA, GITHUB_ACTIONS, HELM -> "library";
    };
  }

  /// Hashes that bills know, each kind once: a lock may list one for each platform's archive, and
  /// those are no hashes of one thing.
  private static List<String> hashes(Set<String> texts) {
    Map<String, String> byKind = new TreeMap<>();
    Set<String> ambiguous = new TreeSet<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      String kind =
          switch (colon < 0 ? "" : text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "sha256" -> "SHA-256";
            case "sha384" -> "SHA-384";
            case "sha512" -> "SHA-512";
            case "sha1" -> "SHA-1";
            case "md5" -> "MD5";
            default -> "";
          };
      String digest = text.substring(colon + 1).toLowerCase(Locale.ROOT);
      boolean isWhole =
          digest.length() == HASHES.getOrDefault(kind, -1)
              && digest.chars().allMatch(c -> Character.digit(c, 16) >= 0);
      if (isWhole && byKind.put(kind, digest) != null) {
        ambiguous.add(kind);
      }
    }
    ambiguous.forEach(byKind::remove);
    List<String> hashes = new ArrayList<>();
    byKind.forEach((kind, digest) -> hashes.add(kind + ":" + digest));
    return hashes;
  }

  /// What needs what: the whole needs whatever nobody else needs.
  private void needs(Set<String> all) {
    Set<String> direct = new TreeSet<>(all);
    for (Listing listing : material.dependencies().files().values()) {
      Map<String, List<String>> byName = new HashMap<>();
      for (Dependency one : listing.packages()) {
        byName
            .computeIfAbsent(key(one.ecosystem(), one.name()), key -> new ArrayList<>())
            .add(Purl.of(one));
      }
      for (Dependency one : listing.packages()) {
        String from = Purl.of(one);
        for (String name : one.requires()) {
          for (String to : byName.getOrDefault(key(one.ecosystem(), name), List.of())) {
            if (++needed > MOST_NEEDS) {
              return; // what the whole needs is not known then
            }
            if (all.contains(from) && all.contains(to) && !to.equals(from)) {
              edges.add(Edge.of(from, Relation.DEPENDS_ON, to));
              direct.remove(to);
            }
          }
        }
      }
    }
    direct.forEach(to -> edges.add(Edge.of(root, Relation.DEPENDS_ON, to)));
  }

  private static String key(Ecosystem ecosystem, String name) {
    return ecosystem.word() + "\0" + ecosystem.normalized(name);
  }
}
