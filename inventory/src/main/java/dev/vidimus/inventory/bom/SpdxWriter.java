package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import dev.vidimus.inventory.bom.Part.Property;
import dev.vidimus.inventory.deps.Purl;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes a bill of materials in [SPDX 3.0.1](https://spdx.github.io/spdx-spec/v3.0.1/) as JSON-LD,
/// with the classes of its AI and Dataset profiles. The same bill gives the same bytes.
///
/// How a fact is known is said by `hasEvidence`. What SPDX has no place for stands in an annotation
/// of the element, as JSON.
public final class SpdxWriter {
  static final String CONTEXT = "https://spdx.org/rdf/3.0.1/spdx-context.jsonld";
  static final String SCHEMA = "vidimus.bom.part/1";
  static final String EVIDENCE = "known:";
  static final String LICENCE_REF = "LicenseRef-vidimus-";
  static final String ADDRESS = "urn:vidimus:bom:";

  /// No document says when it was made, because equal bills have equal bytes; this one has to say
  /// something.
  private static final String CREATED = "1970-01-01T00:00:00Z";

  private static final String CREATION = "_:creation";

  private final Bill bill;
  private final String program;
  private final String base;
  private final List<JsonValue> graph = new ArrayList<>();

  private SpdxWriter(Bill bill, String program, String base) {
    this.bill = bill;
    this.program = program;
    this.base = base;
  }

  /// The document, ending with a line feed.
  ///
  /// @param program version of this program
  public static String write(Bill bill, String program) {
    // By its content, so that equal bills have equal names.
    String content = Json.text(new SpdxWriter(bill, program, ADDRESS).document());
    String hex = Digest.sha256(content.getBytes(StandardCharsets.UTF_8)).hex();
    String base = ADDRESS + CycloneDxWriter.uuid(hex) + ":";
    return Json.text(new SpdxWriter(bill, program, base).document()) + "\n";
  }

  private JsonObject document() {
    List<String> elements = new ArrayList<>();
    Map<Known, List<String>> byKnown = new TreeMap<>();
    List<JsonValue> parts = new ArrayList<>();
    for (Part part : bill.parts()) {
      parts.add(part(part));
      elements.add(id(part.ref()));
      byKnown.computeIfAbsent(part.known(), known -> new ArrayList<>()).add(id(part.ref()));
    }
    head(elements);
    graph.addAll(parts);
    for (Part part : bill.parts()) {
      annotation(part);
    }
    licences();
    relations();
    evidence(byKnown);
    for (JsonValue other : others()) {
      graph.add(other);
    }
    return new Members().text("@context", CONTEXT).array("@graph", graph).json();
  }

  private String id(String ref) {
    // An element of another document keeps its name.
    return isAddress(ref) ? ref : base + "part:" + Purl.encoded(ref);
  }

  private static boolean isAddress(String ref) {
    return (ref.startsWith("urn:") && !ref.startsWith("urn:cdx:"))
        || ref.startsWith("https://")
        || ref.startsWith("http://");
  }

  private Members element(String type, String id) {
    return new Members().text("type", type).text("spdxId", id).text("creationInfo", CREATION);
  }

  private void head(List<String> elements) {
    graph.add(
        new Members()
            .text("type", "CreationInfo")
            .text("@id", CREATION)
            .text("specVersion", "3.0.1")
            .text("created", CREATED)
            .texts("createdBy", List.of(base + "agent"))
            .texts("createdUsing", List.of(base + "tool"))
            .json());
    graph.add(element("SoftwareAgent", base + "agent").text("name", "vidimus").json());
    graph.add(element("Tool", base + "tool").text("name", "vidimus " + program).json());
    List<String> roots = bill.root().isEmpty() ? elements : List.of(id(bill.root()));
    graph.add(
        element("SpdxDocument", base + "document")
            .texts("profileConformance", List.copyOf(profiles()))
            .texts("rootElement", List.of(base + "bom"))
            .add(Members.object(Members.object(bill.rest(), CycloneDxWriter.SPDX), "document"))
            .json());
    graph.add(
        element("software_Sbom", base + "bom")
            .texts("profileConformance", List.copyOf(profiles()))
            .texts("rootElement", roots)
            .texts("element", elements)
            .json());
    JsonObject others = Members.without(bill.rest(), Set.of(CycloneDxWriter.SPDX));
    JsonObject said =
        new Members()
            .text("schema", SCHEMA)
            .text("completeness", bill.completeness())
            .text("root", bill.root())
            .array("edges", dangling())
            .object("rest", others)
            .json();
    graph.add(annotation(base + "about", base + "bom", said));
  }

  private boolean isWhole(Edge edge) {
    return bill.part(edge.from()) != null && bill.part(edge.to()) != null;
  }

  /// Nothing in a graph refers to what is not there.
  private List<JsonObject> dangling() {
    List<JsonObject> dangling = new ArrayList<>();
    for (Edge edge : bill.edges()) {
      if (!isWhole(edge)) {
        dangling.add(
            new Members()
                .text("from", edge.from())
                .text("relation", edge.relation().word())
                .text("to", edge.to())
                .json());
      }
    }
    return dangling;
  }

  private Set<String> profiles() {
    Set<String> profiles = new TreeSet<>(Set.of("core", "software", "simpleLicensing"));
    for (Part part : bill.parts()) {
      if (part.type().equals(Part.MODEL)) {
        profiles.add("ai");
      } else if (isDataset(part)) {
        profiles.add("dataset");
      }
    }
    return profiles;
  }

  private static boolean isDataset(Part part) {
    return part.type().equals(Part.DATA)
        && part.property(DiscoveryWords.DATA_KIND).equals("dataset");
  }

  private static String type(Part part) {
    return switch (part.type()) {
      case Part.MODEL -> "ai_AIPackage";
      case "file" -> "software_File";
      case Part.DATA -> isDataset(part) ? "dataset_DatasetPackage" : "software_File";
      default -> "software_Package";
    };
  }

  private static String purpose(Part part) {
    return switch (part.type()) {
      case Part.MODEL -> "model";
      case "application", "framework", "library", "container", "platform", "firmware", "file" ->
          part.type();
      case "operating-system" -> "operatingSystem";
      case "device" -> "device";
      case "device-driver" -> "deviceDriver";
      case Part.DATA -> isDataset(part) ? "data" : "configuration";
      default -> "other";
    };
  }

  private JsonObject part(Part part) {
    JsonObject before = Members.object(part.rest(), CycloneDxWriter.SPDX);
    // What another document said of an element stands.
    return element("", id(part.ref())).add(before).add(facts(part)).json();
  }

  /// What an element says of a part, without its name in the graph.
  static JsonObject facts(Part part) {
    String type = type(part);
    boolean isFile = type.equals("software_File");
    Members out = new Members().text("type", type);
    out.text("name", part.name()).text("software_primaryPurpose", purpose(part));
    if (!isFile) {
      out.text("software_packageVersion", part.version());
      out.text("software_packageUrl", part.purl());
    }
    out.array("verifiedUsing", hashes(part.hashes()));
    if (type.equals("ai_AIPackage")) {
      model(out, part.card());
    } else if (type.equals("dataset_DatasetPackage")) {
      out.texts("dataset_datasetType", List.of("noAssertion"));
    }
    return out.json();
  }

  /// What a card says in the words of the AI profile.
  private static void model(Members out, JsonObject card) {
    JsonObject parameters = Members.object(card, "modelParameters");
    List<String> types = new ArrayList<>();
    for (String name : List.of("architectureFamily", "modelArchitecture")) {
      String text = Members.text(parameters, name);
      if (!text.isEmpty() && !types.contains(text)) {
        types.add(text);
      }
    }
    out.texts("ai_typeOfModel", types);
    String task = Members.text(parameters, "task");
    out.texts("ai_domain", task.isEmpty() ? List.of() : List.of(task));
    List<JsonObject> metrics = new ArrayList<>();
    for (JsonObject metric :
        Members.objects(Members.object(card, "quantitativeAnalysis"), "performanceMetrics")) {
      String key = Members.text(metric, "type");
      String slice = Members.text(metric, "slice");
      metrics.add(
          new Members()
              .text("type", "DictionaryEntry")
              .put("key", new JsonString(slice.isEmpty() ? key : key + " on " + slice))
              .text("value", Members.text(metric, "value"))
              .json());
    }
    out.array("ai_metric", metrics);
    List<String> limits =
        Members.strings(Members.object(card, "considerations"), "technicalLimitations");
    out.text("ai_limitation", String.join("\n", limits));
  }

  private static List<JsonObject> hashes(List<String> hashes) {
    List<JsonObject> all = new ArrayList<>();
    for (String hash : hashes) {
      String algorithm = algorithm(hash);
      if (!algorithm.isEmpty()) {
        all.add(
            new Members()
                .text("type", "Hash")
                .text("algorithm", algorithm)
                .text("hashValue", hash.substring(hash.indexOf(':') + 1))
                .json());
      }
    }
    return all;
  }

  /// The word of SPDX for an algorithm; empty if it has none.
  static String algorithm(String hash) {
    String word = hash.substring(0, hash.indexOf(':')).toLowerCase(Locale.ROOT);
    String name = word.startsWith("sha3-") ? word.replace('-', '_') : word.replace("-", "");
    return SpdxCheck.HASHES.contains(name) ? name : "";
  }

  /// Everything about a part that its element does not say.
  private void annotation(Part part) {
    List<JsonObject> properties = new ArrayList<>();
    for (Property property : part.properties()) {
      properties.add(
          new Members()
              .text("name", property.name())
              .put("value", new JsonString(property.value()))
              .json());
    }
    List<String> unknown =
        part.hashes().stream().filter(hash -> algorithm(hash).isEmpty()).toList();
    boolean isFile = type(part).equals("software_File");
    Members said = new Members().text("schema", SCHEMA).text("ref", part.ref());
    said.text("type", part.type()).texts("hashes", unknown);
    if (isFile) {
      said.text("version", part.version()).text("purl", part.purl());
    }
    said.array("properties", properties).object("modelCard", part.card());
    said.object("rest", Members.without(part.rest(), Set.of(CycloneDxWriter.SPDX)));
    if (part.isElsewhere()) {
      said.put("elsewhere", new JsonValue.JsonBoolean(true));
    }
    graph.add(annotation(base + "about:" + Purl.encoded(part.ref()), id(part.ref()), said.json()));
  }

  private JsonObject annotation(String id, String subject, JsonObject said) {
    return element("Annotation", id)
        .text("annotationType", "other")
        .text("contentType", "application/json")
        .text("subject", subject)
        .text("statement", Json.text(said))
        .json();
  }

  private void licences() {
    Map<String, String> ids = new LinkedHashMap<>();
    Map<Licence, List<String>> users = new TreeMap<>();
    for (Part part : bill.parts()) {
      for (Licence licence : part.licences()) {
        ids.computeIfAbsent(licence.text(), text -> base + "licence:" + Purl.encoded(text));
        users.computeIfAbsent(licence, one -> new ArrayList<>()).add(id(part.ref()));
      }
    }
    new TreeMap<>(ids).forEach((text, id) -> graph.add(licence(text, id)));
    users.forEach(
        (licence, parts) -> {
          boolean isConcluded = licence.how().equals(Licence.CONCLUDED);
          for (String part : parts) {
            relation(
                part,
                isConcluded ? "hasConcludedLicense" : "hasDeclaredLicense",
                base + "licence:" + Purl.encoded(licence.text()),
                "");
          }
        });
  }

  private JsonObject licence(String text, String id) {
    Members licence = element("simplelicensing_LicenseExpression", id);
    if (SpdxIds.isId(text) || SpdxIds.isExpression(text)) {
      return licence.text("simplelicensing_licenseExpression", text).json();
    }
    String word = text.replaceAll("[^A-Za-z0-9.-]", "-");
    return licence
        .text("name", text)
        .text("simplelicensing_licenseExpression", LICENCE_REF + word)
        .json();
  }

  private void relations() {
    for (Edge edge : bill.edges()) {
      String type =
          switch (edge.relation()) {
            case CONTAINS -> "contains";
            case DEPENDS_ON -> "dependsOn";
            case PROVIDES -> "hasProvidedDependency";
            case DESCENDS_FROM -> "descendantOf";
            case TRAINED_ON -> "trainedOn";
            case TESTED_ON -> "testedOn";
            case CONFIGURED_BY -> "configures";
          };
      if (!isWhole(edge)) {
        continue;
      }
      // One thing configures another: the only relation that SPDX names from the other end.
      boolean isTurned = edge.relation() == Relation.CONFIGURED_BY;
      String from = isTurned ? edge.to() : edge.from();
      String to = isTurned ? edge.from() : edge.to();
      boolean isPlain = edge.how().isEmpty() && edge.known() == Known.DECLARED;
      String note = isPlain ? "" : edge.known().word() + " " + edge.how();
      relation(id(from), type, id(to), note.strip());
    }
  }

  private void relation(String from, String type, String to, String comment) {
    String name =
        Digest.sha256((from + "\0" + to + "\0" + comment).getBytes(StandardCharsets.UTF_8)).hex();
    graph.add(
        element("Relationship", base + type + ":" + name.substring(0, 32))
            .text("comment", comment)
            .text("from", from)
            .text("relationshipType", type)
            .array("to", List.of(new JsonString(to)))
            .json());
  }

  private void evidence(Map<Known, List<String>> byKnown) {
    byKnown.forEach(
        (known, parts) -> {
          String id = base + EVIDENCE + known.word();
          String what =
              switch (known) {
                case DECLARED -> "Somebody says so: a card, a configuration or another bill.";
                case OBSERVED -> "Read in the bytes that were examined.";
                case VERIFIED -> "Recomputed from the bytes that were examined.";
                case ATTESTED -> "Signed by an identity that is trusted with it.";
              };
          graph.add(
              element("Annotation", id)
                  .text("annotationType", "review")
                  .text("contentType", "text/plain")
                  .text("subject", base + "bom")
                  .text("statement", what)
                  .json());
          for (String part : parts) {
            relation(part, "hasEvidence", id, "");
          }
        });
  }

  /// Elements of another document that are no parts.
  private List<JsonValue> others() {
    JsonObject spdx = Members.object(bill.rest(), CycloneDxWriter.SPDX);
    return spdx.get("elements") instanceof JsonArray array ? array.elements() : List.of();
  }
}
