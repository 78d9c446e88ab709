package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import dev.vidimus.inventory.bom.Part.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a bill out of a document of SPDX 3 that is valid. Elements that are no parts, and whatever
/// a [Bill] has no place for, are kept as they are.
final class SpdxReader {
  private static final Set<String> RELATION =
      Set.of("type", "spdxId", "creationInfo", "from", "to", "relationshipType", "comment");
  private static final Set<String> EXPRESSION =
      Set.of("type", "spdxId", "creationInfo", "name", "simplelicensing_licenseExpression");
  private static final Set<String> NAMES = Set.of("spdxId", "creationInfo");

  private final String source;
  private final Map<String, JsonObject> elements = new LinkedHashMap<>();

  /// Our own annotations, by what they are about.
  private final Map<String, JsonObject> said = new HashMap<>();

  /// The ref of each part, by the name of its element.
  private final Map<String, String> refs = new LinkedHashMap<>();

  private final Map<String, Known> known = new HashMap<>();
  private final Map<String, List<Licence>> licences = new HashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final List<JsonValue> kept = new ArrayList<>();
  private JsonObject document = Part.NOTHING;
  private String root = "";

  private SpdxReader(String source) {
    this.source = source;
  }

  static Bill read(JsonObject document, String source) throws FormatException {
    return new SpdxReader(source).bill(document);
  }

  private Bill bill(JsonObject document) throws FormatException {
    List<JsonObject> graph =
        document.get("@graph") == null ? List.of(document) : Members.objects(document, "@graph");
    for (JsonObject element : graph) {
      if (!id(element).isEmpty()) {
        elements.put(id(element), element);
      }
      said(element);
    }
    for (JsonObject element : graph) {
      if (isPart(element)) {
        String ref = Members.text(said.get(id(element)), "ref");
        refs.put(id(element), ref.isEmpty() ? id(element) : ref);
      }
    }
    for (JsonObject element : graph) {
      if (!isPart(element)) {
        other(element);
      }
    }
    List<Part> parts = new ArrayList<>();
    for (String id : refs.keySet()) {
      JsonObject element = elements.get(id);
      if (element != null) {
        parts.add(part(element, id));
      }
    }
    JsonObject about = aboutBill();
    String named = Members.text(about, "root");
    for (JsonObject edge : Members.objects(about, "edges")) {
      Relation relation = Relation.of(Members.text(edge, "relation"));
      if (relation != null) {
        edges.add(Edge.of(Members.text(edge, "from"), relation, Members.text(edge, "to")));
      }
    }
    Members rest = new Members().add(Members.object(about, "rest"));
    rest.object(
        CycloneDxWriter.SPDX,
        new Members().object("document", this.document).array("elements", kept).json());
    String completeness = Members.text(about, "completeness");
    return new Bill(
        about.members().isEmpty() ? refs.getOrDefault(root, "") : named,
        parts,
        edges,
        completeness.isEmpty() ? "unknown" : completeness,
        rest.json());
  }

  private static String id(JsonObject element) {
    String id = Members.text(element, "spdxId");
    return id.isEmpty() ? Members.text(element, "@id") : id;
  }

  private static String type(JsonObject element) {
    String type = Members.text(element, "type");
    return type.isEmpty() ? Members.text(element, "@type") : type;
  }

  private static boolean isPart(JsonObject element) {
    return switch (type(element)) {
      case "ai_AIPackage", "dataset_DatasetPackage", "software_Package", "software_File" -> true;
      default -> false;
    };
  }

  private void said(JsonObject element) throws FormatException {
    boolean isOurs =
        type(element).equals("Annotation")
            && id(element).startsWith(SpdxWriter.ADDRESS)
            && Members.text(element, "contentType").equals("application/json");
    if (isOurs
        && Json.parse(Members.text(element, "statement"), source + ": statement")
            instanceof JsonObject statement
        && Members.text(statement, "schema").equals(SpdxWriter.SCHEMA)) {
      said.put(Members.text(element, "subject"), statement);
    }
  }

  private JsonObject aboutBill() {
    for (Map.Entry<String, JsonObject> one : said.entrySet()) {
      if (one.getKey().startsWith(SpdxWriter.ADDRESS) && one.getKey().endsWith(":bom")) {
        return one.getValue();
      }
    }
    return Part.NOTHING;
  }

  /// Whether an element is one that the writer makes for every document.
  private static boolean isOwn(JsonObject element) {
    String id = id(element);
    return id.equals("_:creation")
        || (id.startsWith(SpdxWriter.ADDRESS)
            && switch (type(element)) {
              case "SoftwareAgent", "Tool", "software_Sbom", "SpdxDocument", "Annotation" -> true;
              default -> false;
            });
  }

  private void other(JsonObject element) {
    switch (type(element)) {
      case "SpdxDocument" -> {
        root(element);
        Set<String> known =
            Set.of(
                "type", "spdxId", "creationInfo", "rootElement", "profileConformance", "element");
        document = Members.without(element, known);
      }
      case "Relationship" -> {
        if (!relation(element)) {
          kept.add(element);
        }
      }
      case "simplelicensing_LicenseExpression" -> {
        if (Members.hasOther(element, EXPRESSION)) {
          kept.add(element);
        }
      }
      default -> {
        if (!isOwn(element)) {
          kept.add(element);
        }
      }
    }
  }

  /// The document is about a bill, which is about a part.
  private void root(JsonObject element) {
    for (String first : Members.strings(element, "rootElement")) {
      JsonObject inner = elements.get(first);
      List<String> second = Members.strings(inner, "rootElement");
      root = refs.containsKey(first) || second.isEmpty() ? first : second.getFirst();
      return;
    }
  }

  /// Takes over a relationship; false if it says what a bill has no place for.
  private boolean relation(JsonObject element) {
    String type = Members.text(element, "relationshipType");
    String from = Members.text(element, "from");
    List<String> targets = Members.strings(element, "to");
    boolean isWhole = !Members.hasOther(element, RELATION);
    String comment = Members.text(element, "comment");
    boolean isOurs = id(element).startsWith(SpdxWriter.ADDRESS);
    for (String to : targets) {
      isWhole &=
          switch (type) {
            case "hasDeclaredLicense" -> licence(from, to, Licence.DECLARED);
            case "hasConcludedLicense" -> licence(from, to, Licence.CONCLUDED);
            case "hasEvidence" -> evidence(from, to);
            default -> edge(type, from, to, isOurs ? comment : "");
          };
    }
    return isWhole && (isOurs || comment.isEmpty());
  }

  private boolean licence(String from, String to, String how) {
    JsonObject licence = elements.get(to);
    String expression = Members.text(licence, "simplelicensing_licenseExpression");
    String ref = refs.get(from);
    if (ref == null || expression.isEmpty()) {
      return false;
    }
    String name = Members.text(licence, "name");
    boolean isName = expression.startsWith(SpdxWriter.LICENCE_REF) && !name.isEmpty();
    licences
        .computeIfAbsent(ref, part -> new ArrayList<>())
        .add(new Licence(isName ? name : expression, how));
    return true;
  }

  private boolean evidence(String from, String to) {
    int at = to.lastIndexOf(SpdxWriter.EVIDENCE);
    String ref = refs.get(from);
    if (!to.startsWith(SpdxWriter.ADDRESS) || at < 0 || ref == null) {
      return false;
    }
    known.put(ref, Known.of(to.substring(at + SpdxWriter.EVIDENCE.length())));
    return true;
  }

  private boolean edge(String type, String from, String to, String comment) {
    @Nullable Relation relation =
        switch (type) {
          case "contains" -> Relation.CONTAINS;
          case "dependsOn" -> Relation.DEPENDS_ON;
          case "hasProvidedDependency" -> Relation.PROVIDES;
          case "descendantOf", "ancestorOf" -> Relation.DESCENDS_FROM;
          case "trainedOn" -> Relation.TRAINED_ON;
          case "testedOn" -> Relation.TESTED_ON;
          case "configures" -> Relation.CONFIGURED_BY;
          default -> null;
        };
    boolean isTurned = type.equals("ancestorOf") || type.equals("configures");
    String one = refs.get(isTurned ? to : from);
    String other = refs.get(isTurned ? from : to);
    if (relation == null || one == null || other == null) {
      return false;
    }
    int space = comment.indexOf(' ');
    String word = space < 0 ? comment : comment.substring(0, space);
    String how = space < 0 ? "" : comment.substring(space + 1);
    edges.add(new Edge(one, relation, other, how, Known.of(word)));
    return true;
  }

  private Part part(JsonObject element, String id) {
    JsonObject about = said.getOrDefault(id, Part.NOTHING);
    String ref = refs.getOrDefault(id, id);
    boolean isFile = type(element).equals("software_File");
    List<String> hashes = new ArrayList<>(Members.strings(about, "hashes"));
    for (JsonObject hash : Members.objects(element, "verifiedUsing")) {
      String algorithm = Members.text(hash, "algorithm");
      if (!algorithm.isEmpty()) {
        hashes.add(spelled(algorithm) + ":" + Members.text(hash, "hashValue"));
      }
    }
    List<Property> properties = new ArrayList<>();
    for (JsonObject one : Members.objects(about, "properties")) {
      properties.add(new Property(Members.text(one, "name"), Members.text(one, "value")));
    }
    String type = Members.text(about, "type");
    boolean isBorn = type.isEmpty();
    if (isBorn) {
      type = kind(element);
      if (type(element).equals("dataset_DatasetPackage")) {
        properties.add(new Property(DiscoveryWords.DATA_KIND, "dataset"));
      }
    }
    Part part =
        new Part(
            ref,
            type,
            Members.text(element, "name"),
            Members.text(isFile ? about : element, isFile ? "version" : "software_packageVersion"),
            Members.text(isFile ? about : element, isFile ? "purl" : "software_packageUrl"),
            hashes,
            licences.getOrDefault(ref, List.of()),
            known.getOrDefault(ref, Known.DECLARED),
            properties,
            isBorn ? card(element) : Members.object(about, "modelCard"),
            Part.NOTHING,
            about.get("elsewhere") instanceof JsonBoolean(boolean yes) && yes);
    return part.keeping(
        new Members()
            .add(Members.object(about, "rest"))
            .object(CycloneDxWriter.SPDX, left(element, part))
            .json());
  }

  /// What an element says and its part does not.
  private static JsonObject left(JsonObject element, Part part) {
    Map<String, JsonValue> written = SpdxWriter.facts(part).members();
    Map<String, JsonValue> left = new LinkedHashMap<>();
    Members.without(element, NAMES)
        .members()
        .forEach(
            (name, value) -> {
              if (!value.equals(written.get(name))) {
                left.put(name, value);
              }
            });
    return new JsonObject(left);
  }

  /// The word of CycloneDX for an algorithm.
  private static String spelled(String algorithm) {
    String word = algorithm.toUpperCase(Locale.ROOT);
    return switch (algorithm) {
      case "sha1", "sha256", "sha384", "sha512" -> "SHA-" + word.substring(3);
      case "sha3_256", "sha3_384", "sha3_512" -> "SHA3-" + word.substring(5);
      case "blake2b256", "blake2b384", "blake2b512" -> "BLAKE2b-" + word.substring(7);
      default -> word;
    };
  }

  private static String kind(JsonObject element) {
    return switch (type(element)) {
      case "ai_AIPackage" -> Part.MODEL;
      case "dataset_DatasetPackage" -> Part.DATA;
      case "software_File" -> "file";
      default ->
          switch (Members.text(element, "software_primaryPurpose")) {
            case "application", "executable" -> "application";
            case "framework" -> "framework";
            case "container" -> "container";
            case "platform" -> "platform";
            case "firmware" -> "firmware";
            case "operatingSystem" -> "operating-system";
            case "device" -> "device";
            case "deviceDriver" -> "device-driver";
            case "model" -> Part.MODEL;
            case "data" -> Part.DATA;
            default -> "library";
          };
    };
  }

  /// What the AI profile says of a model, as a card.
  private static JsonObject card(JsonObject element) {
    List<String> types = Members.strings(element, "ai_typeOfModel");
    List<String> domains = Members.strings(element, "ai_domain");
    List<JsonObject> metrics = new ArrayList<>();
    for (JsonObject metric : Members.objects(element, "ai_metric")) {
      metrics.add(
          new Members()
              .text("type", Members.text(metric, "key"))
              .text("value", Members.text(metric, "value"))
              .json());
    }
    String limitation = Members.text(element, "ai_limitation");
    return new Members()
        .object(
            "modelParameters",
            new Members()
                .text("task", first(domains))
                .text("architectureFamily", first(types))
                .text("modelArchitecture", types.size() > 1 ? types.get(1) : "")
                .json())
        .object("quantitativeAnalysis", new Members().array("performanceMetrics", metrics).json())
        .object(
            "considerations",
            new Members()
                .texts(
                    "technicalLimitations", limitation.isEmpty() ? List.of() : List.of(limitation))
                .json())
        .json();
  }

  private static String first(List<String> texts) {
    return texts.isEmpty() ? "" : texts.getFirst();
  }
}
