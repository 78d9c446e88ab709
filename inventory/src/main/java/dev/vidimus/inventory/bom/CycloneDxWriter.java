package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import dev.vidimus.inventory.bom.Part.Property;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Writes a bill of materials in [CycloneDX](https://cyclonedx.org/docs/1.6/json/) 1.6 or 1.7. The
/// same bill gives the same bytes: everything is sorted, and nothing says when it was written.
///
/// Each fact says how it is known, in the property `vidimus:known`. What a bill of another format
/// said and CycloneDX has no place for stands in properties whose names begin with `vidimus:`.
public final class CycloneDxWriter {
  static final String KNOWN = "vidimus:known";
  static final String RELATION = "vidimus:relation";
  static final String REF = "vidimus:ref";
  static final String ELSEWHERE = "vidimus:elsewhere";
  static final String EDGE = "vidimus:edge:";
  static final String REST = "vidimus:rest";

  /// The member of [Bill#rest()] and [Part#rest()] that keeps what SPDX said.
  static final String SPDX = "spdx";

  private final Bill bill;
  private final String specVersion;
  private final String program;
  private final EdgesByPart edges;
  private final Set<String> inlined = new HashSet<>();

  private CycloneDxWriter(Bill bill, String specVersion, String program) {
    this.bill = bill;
    this.specVersion = specVersion;
    this.program = program;
    this.edges = new EdgesByPart(bill);
  }

  /// The document, ending with a line feed.
  ///
  /// @param specVersion `1.6` or `1.7`
  /// @param program version of this program
  public static String write(Bill bill, String specVersion, String program) {
    return Json.text(new CycloneDxWriter(bill, specVersion, program).document()) + "\n";
  }

  private JsonObject document() {
    // By its content, so that equal bills have equal numbers.
    JsonObject content = content();
    String hex = Digest.sha256(Json.text(content).getBytes(StandardCharsets.UTF_8)).hex();
    return new Members()
        .text("bomFormat", "CycloneDX")
        .text("specVersion", specVersion)
        .text("serialNumber", "urn:uuid:" + uuid(hex))
        .put("version", new JsonNumber("1"))
        .add(content)
        .json();
  }

  /// Version 8 of [RFC 9562](https://www.rfc-editor.org/rfc/rfc9562): bits of our own making.
  static String uuid(String hex) {
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        "8" + hex.substring(13, 16),
        "8" + hex.substring(17, 20),
        hex.substring(20, 32));
  }

  private JsonObject content() {
    JsonObject kept = Members.object(bill.rest(), CycloneDxReader.FORMAT);
    for (Part part : bill.parts()) {
      if (part.rest().get("pedigree") == null) {
        for (Edge edge : edges.from(part.ref(), Relation.DESCENDS_FROM)) {
          Part parent = bill.part(edge.to());
          if (parent != null && parent.isElsewhere()) {
            inlined.add(parent.ref());
          }
        }
      }
    }
    Members content = new Members().put("metadata", metadata(kept));
    List<JsonObject> components = new ArrayList<>();
    List<JsonObject> services = new ArrayList<>();
    for (Part part : bill.parts()) {
      if (!edges.isNested(part.ref()) && !part.ref().equals(bill.root()) && stands(part)) {
        (part.type().equals(Part.SERVICE) ? services : components).add(part(part));
      }
    }
    content.array("components", components).array("services", services);
    content.array("dependencies", dependencies());
    if (kept.get("compositions") == null) {
      Members composition = new Members().text("aggregate", bill.completeness());
      composition.texts("assemblies", bill.root().isEmpty() ? List.of() : List.of(bill.root()));
      content.array("compositions", List.of(composition.json()));
    }
    return content.add(Members.without(kept, Set.of("metadata"))).json();
  }

  /// Whether a part is written as one of its own. What another document keeps whole is not.
  private boolean stands(Part part) {
    return !inlined.contains(part.ref()) && !part.property(CycloneDxReader.INLINE).equals("true");
  }

  private JsonObject metadata(JsonObject kept) {
    JsonObject before = Members.object(kept, "metadata");
    Members metadata = new Members();
    if (before.get("tools") == null) {
      JsonObject tool =
          new Members()
              .text("type", "application")
              .text("name", "vidimus")
              .text("version", program)
              .json();
      metadata.object("tools", new Members().array("components", List.of(tool)).json());
    }
    Part root = bill.part(bill.root());
    if (root != null) {
      metadata.put("component", part(root));
    }
    JsonObject others = Members.without(bill.rest(), Set.of(CycloneDxReader.FORMAT));
    if (!others.members().isEmpty()) {
      List<JsonValue> properties = new ArrayList<>(Members.objects(before, "properties"));
      properties.add(property(new Property(REST, Json.text(others))));
      metadata.array("properties", properties);
    }
    return metadata.add(before).json();
  }

  private JsonObject part(Part part) {
    boolean isService = part.type().equals(Part.SERVICE);
    Members out = new Members();
    if (!isService) {
      out.text("type", part.type());
    }
    out.text("bom-ref", part.ref()).put("name", new JsonString(part.name()));
    out.text("version", part.version());
    JsonObject rest = Members.without(part.rest(), Set.of(SPDX));
    List<Property> more = new ArrayList<>(part.properties());
    more.add(new Property(KNOWN, part.known().word()));
    if (!isService) {
      out.array("hashes", hashes(part.hashes())).text("purl", part.purl());
    }
    if (rest.get("licenses") == null) {
      out.array("licenses", licences(part.licences()));
    }
    if (rest.get("pedigree") == null) {
      List<JsonObject> ancestors = ancestors(part);
      if (isService) {
        ancestors.clear();
      }
      out.object("pedigree", new Members().array("ancestors", ancestors).json());
    }
    List<JsonObject> components = new ArrayList<>();
    List<JsonObject> services = new ArrayList<>();
    for (Edge edge : edges.from(part.ref(), Relation.CONTAINS)) {
      Part inner = bill.part(edge.to());
      if (inner != null
          && edges.isNesting(edge)
          && isService == inner.type().equals(Part.SERVICE)) {
        (isService ? services : components).add(part(inner));
      } else {
        more.add(new Property(EDGE + edge.relation().word(), edge.to()));
      }
    }
    out.array("components", components).array("services", services);
    out.object("modelCard", part.card());
    if (part.type().equals(Part.DATA) && rest.get("data") == null) {
      String kind = part.property(DiscoveryWords.DATA_KIND);
      JsonObject data =
          new Members()
              .text("type", kind.isEmpty() ? "other" : kind)
              .text("name", part.name())
              .json();
      out.array("data", List.of(data));
    }
    more.addAll(otherEdges(part));
    if (part.isElsewhere()) {
      more.add(new Property(ELSEWHERE, "true"));
    }
    JsonObject spdx = Members.object(part.rest(), SPDX);
    if (!spdx.members().isEmpty()) {
      more.add(new Property(REST, Json.text(spdx)));
    }
    out.array("properties", more.stream().sorted().map(CycloneDxWriter::property).toList());
    return out.add(rest).json();
  }

  /// Edges that have no other place.
  private List<Property> otherEdges(Part part) {
    List<Property> others = new ArrayList<>();
    Set<String> inCard = new HashSet<>(CycloneDxReader.datasets(part.card()));
    for (Edge edge : edges.from(part.ref())) {
      boolean isOther =
          switch (edge.relation()) {
            case CONTAINS, DEPENDS_ON, PROVIDES -> false;
            case DESCENDS_FROM -> part.type().equals(Part.SERVICE);
            case TRAINED_ON -> !inCard.contains(edge.to());
            case TESTED_ON, CONFIGURED_BY -> true;
          };
      if (isOther) {
        others.add(new Property(EDGE + edge.relation().word(), edge.to()));
      }
    }
    return others;
  }

  private List<JsonObject> ancestors(Part part) {
    List<JsonObject> ancestors = new ArrayList<>();
    for (Edge edge : edges.from(part.ref(), Relation.DESCENDS_FROM)) {
      Part parent = bill.part(edge.to());
      if (parent != null) {
        List<Property> properties = new ArrayList<>(parent.properties());
        properties.add(new Property(KNOWN, edge.known().word()));
        properties.add(new Property(REF, parent.ref()));
        if (!edge.how().isEmpty()) {
          properties.add(new Property(RELATION, edge.how()));
        }
        ancestors.add(
            new Members()
                .text("type", parent.type())
                .put("name", new JsonString(parent.name()))
                .text("version", parent.version())
                .array("hashes", hashes(parent.hashes()))
                .array("licenses", licences(parent.licences()))
                .text("purl", parent.purl())
                .array(
                    "properties",
                    properties.stream().sorted().map(CycloneDxWriter::property).toList())
                .json());
      }
    }
    return ancestors;
  }

  static List<JsonObject> hashes(List<String> hashes) {
    List<JsonObject> all = new ArrayList<>();
    for (String hash : hashes) {
      int colon = hash.indexOf(':');
      all.add(
          new Members()
              .text("alg", hash.substring(0, colon))
              .text("content", hash.substring(colon + 1))
              .json());
    }
    return all;
  }

  /// One expression stands alone; several licences are ids and names.
  private static List<JsonObject> licences(List<Licence> licences) {
    List<JsonObject> all = new ArrayList<>();
    for (Licence one : licences) {
      boolean isAlone = licences.size() == 1 && SpdxIds.isExpression(one.text());
      if (isAlone) {
        all.add(
            new Members().text("expression", one.text()).text("acknowledgement", one.how()).json());
      } else {
        JsonObject licence =
            new Members()
                .text(SpdxIds.isId(one.text()) ? "id" : "name", one.text())
                .text("acknowledgement", one.how())
                .json();
        all.add(new Members().put("license", licence).json());
      }
    }
    return all;
  }

  private static JsonObject property(Property property) {
    return new Members()
        .text("name", property.name())
        .put("value", new JsonString(property.value()))
        .json();
  }

  private List<JsonObject> dependencies() {
    Map<String, Set<String>> needs = new TreeMap<>();
    Map<String, Set<String>> provides = new TreeMap<>();
    for (Edge edge : bill.edges()) {
      switch (edge.relation()) {
        case DEPENDS_ON ->
            needs.computeIfAbsent(edge.from(), ref -> new TreeSet<>()).add(edge.to());
        case PROVIDES ->
            provides.computeIfAbsent(edge.from(), ref -> new TreeSet<>()).add(edge.to());
        case CONTAINS, DESCENDS_FROM, TRAINED_ON, TESTED_ON, CONFIGURED_BY -> {}
      }
    }
    Set<String> refs = new TreeSet<>(needs.keySet());
    refs.addAll(provides.keySet());
    List<JsonObject> all = new ArrayList<>();
    for (String ref : refs) {
      all.add(
          new Members()
              .text("ref", ref)
              .put("dependsOn", strings(needs.getOrDefault(ref, Set.of())))
              .texts("provides", List.copyOf(provides.getOrDefault(ref, Set.of())))
              .json());
    }
    return all;
  }

  private static JsonArray strings(Set<String> texts) {
    return new JsonArray(texts.stream().<JsonValue>map(JsonString::new).toList());
  }
}
