package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.inventory.bom.Bill.Edge;
import dev.vidimus.inventory.bom.Bill.Relation;
import dev.vidimus.inventory.bom.Part.Licence;
import dev.vidimus.inventory.bom.Part.Property;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Reads a bill out of a document of CycloneDX that is valid. What has no place in a [Bill] is kept
/// as it is, so that nothing of it is lost.
final class CycloneDxReader {
  /// The member of [Bill#rest()] that keeps what else such a document says.
  static final String FORMAT = "cyclonedx";

  /// On parts that stand inside of something that is kept whole, and are not written again.
  static final String INLINE = "vidimus:inline";

  private static final String PEDIGREE = "pedigree";
  private static final Set<String> PART =
      Set.of(
          "type",
          "bom-ref",
          "name",
          "version",
          "purl",
          "hashes",
          "properties",
          "modelCard",
          "components",
          "services");
  private static final Set<String> ANCESTOR =
      Set.of("type", "name", "version", "purl", "hashes", "licenses", "properties");

  private final String source;
  private final Map<String, Part> parts = new LinkedHashMap<>();
  private final List<Edge> edges = new ArrayList<>();
  private final Map<String, Integer> repeated = new HashMap<>();

  /// Refs by package URL, and by type, name and version.
  private final Map<String, String> refs = new HashMap<>();

  private CycloneDxReader(String source) {
    this.source = source;
  }

  static Bill read(JsonObject document, String source) throws FormatException {
    return new CycloneDxReader(source).bill(document);
  }

  private Bill bill(JsonObject document) throws FormatException {
    JsonObject metadata = Members.object(document, "metadata");
    String root = "";
    if (metadata.get("component") instanceof JsonObject main) {
      root = part(main, false, "");
    }
    for (JsonObject component : Members.objects(document, "components")) {
      part(component, false, "");
    }
    for (JsonObject service : Members.objects(document, "services")) {
      part(service, true, "");
    }
    for (JsonObject dependency : Members.objects(document, "dependencies")) {
      String from = Members.text(dependency, "ref");
      for (String to : Members.strings(dependency, "dependsOn")) {
        edges.add(Edge.of(from, Relation.DEPENDS_ON, to));
      }
      for (String to : Members.strings(dependency, "provides")) {
        edges.add(Edge.of(from, Relation.PROVIDES, to));
      }
    }
    origins();
    JsonObject others = Part.NOTHING;
    List<JsonObject> properties = new ArrayList<>();
    for (JsonObject property : Members.objects(metadata, "properties")) {
      if (Members.text(property, "name").equals(CycloneDxWriter.REST)) {
        others = kept(Members.text(property, "value"));
      } else {
        properties.add(property);
      }
    }
    return new Bill(
        root,
        List.copyOf(parts.values()),
        edges,
        completeness(document, root),
        new Members()
            .object(FORMAT, rest(document, metadata, properties, root))
            .add(others)
            .json());
  }

  /// What else the document says. Our own tool and composition are written anew.
  private static JsonObject rest(
      JsonObject document, JsonObject metadata, List<JsonObject> properties, String root) {
    Members left = new Members();
    JsonObject inner = Members.without(metadata, Set.of("component", "properties"));
    List<JsonObject> tools = Members.objects(Members.object(metadata, "tools"), "components");
    boolean isOwnTool =
        tools.size() == 1 && Members.text(tools.getFirst(), "name").equals("vidimus");
    inner = isOwnTool ? Members.without(inner, Set.of("tools")) : inner;
    left.object("metadata", new Members().add(inner).array("properties", properties).json());
    Set<String> known =
        Set.of(
            "$schema",
            "bomFormat",
            "specVersion",
            "serialNumber",
            "version",
            "metadata",
            "components",
            "services",
            "dependencies");
    left.add(Members.without(document, known));
    List<JsonObject> compositions = Members.objects(document, "compositions");
    boolean isOwn =
        compositions.size() == 1
            && !Members.hasOther(compositions.getFirst(), Set.of("aggregate", "assemblies"))
            && Members.strings(compositions.getFirst(), "assemblies")
                .equals(root.isEmpty() ? List.of() : List.of(root));
    return isOwn ? Members.without(left.json(), Set.of("compositions")) : left.json();
  }

  /// Of the whole: by the composition that names the root, or the first of all.
  private static String completeness(JsonObject document, String root) {
    List<JsonObject> compositions = Members.objects(document, "compositions");
    for (JsonObject one : compositions) {
      if (Members.strings(one, "assemblies").contains(root)) {
        return Members.text(one, "aggregate");
      }
    }
    return compositions.isEmpty() ? "unknown" : Members.text(compositions.getFirst(), "aggregate");
  }

  /// Reads a component or service and all inside it; recursion follows the document, whose depth
  /// its reader bounds.
  private String part(JsonObject object, boolean isService, String outer) throws FormatException {
    Part part = facts(object, isService);
    String ref = free(ref(object, part));
    List<Property> properties = new ArrayList<>();
    boolean isElsewhere = false;
    JsonObject rest = Members.without(object, PART);
    Known known = Known.DECLARED;
    for (Property property : part.properties()) {
      if (property.name().equals(CycloneDxWriter.KNOWN)) {
        known = Known.of(property.value());
      } else if (property.name().equals(CycloneDxWriter.ELSEWHERE)) {
        isElsewhere = true;
      } else if (property.name().equals(CycloneDxWriter.REST)) {
        JsonObject spdx = kept(property.value());
        rest = new Members().add(rest).object(CycloneDxWriter.SPDX, spdx).json();
      } else if (!isEdge(ref, property)) {
        properties.add(property);
      }
    }
    List<Licence> licences = licences(object);
    boolean keepsLicences = !isPlain(object);
    rest = keepsLicences ? rest : Members.without(rest, Set.of("licenses"));
    if (isOwnData(object)) {
      rest = Members.without(rest, Set.of("data"));
    }
    JsonObject card = Members.object(object, "modelCard");
    parts.put(
        ref,
        new Part(
            ref,
            part.type(),
            part.name(),
            part.version(),
            part.purl(),
            part.hashes(),
            licences,
            known,
            properties,
            card,
            rest,
            isElsewhere));
    refs.putIfAbsent(key(part), ref);
    if (!outer.isEmpty()) {
      edges.add(Edge.of(outer, Relation.CONTAINS, ref));
    }
    for (JsonObject inner : Members.objects(object, "components")) {
      part(inner, false, ref);
    }
    for (JsonObject inner : Members.objects(object, "services")) {
      part(inner, true, ref);
    }
    return ref;
  }

  private Part facts(JsonObject object, boolean isService) {
    List<String> hashes = new ArrayList<>();
    for (JsonObject hash : Members.objects(object, "hashes")) {
      hashes.add(Members.text(hash, "alg") + ":" + Members.text(hash, "content"));
    }
    List<Property> properties = new ArrayList<>();
    for (JsonObject property : Members.objects(object, "properties")) {
      properties.add(new Property(Members.text(property, "name"), Members.text(property, "value")));
    }
    String type = isService ? Part.SERVICE : Members.text(object, "type");
    return Part.of("", type, Members.text(object, "name"), Known.DECLARED)
        .versioned(Members.text(object, "version"))
        .addressed(Members.text(object, "purl"))
        .hashed(hashes)
        .licensed(licences(object))
        .with(properties);
  }

  private static String ref(JsonObject object, Part part) {
    String ref = Members.text(object, "bom-ref");
    if (!ref.isEmpty()) {
      return ref;
    }
    if (!part.purl().isEmpty()) {
      return part.purl();
    }
    return part.version().isEmpty() ? part.name() : part.name() + "@" + part.version();
  }

  /// Two parts without identifiers may look the same.
  private String free(String ref) {
    String free = ref;
    while (parts.containsKey(free)) {
      free = ref + "#" + repeated.merge(ref, 1, Integer::sum);
    }
    return free;
  }

  private boolean isEdge(String from, Property property) {
    if (property.name().startsWith(CycloneDxWriter.EDGE)) {
      Relation relation = Relation.of(property.name().substring(CycloneDxWriter.EDGE.length()));
      if (relation != null) {
        edges.add(Edge.of(from, relation, property.value()));
        return true;
      }
    }
    return false;
  }

  /// The licences of a component or service, whatever form they have.
  private static List<Licence> licences(JsonObject object) {
    List<Licence> licences = new ArrayList<>();
    for (JsonObject choice : Members.objects(object, "licenses")) {
      JsonObject licence = Members.object(choice, "license");
      String text = Members.text(choice, "expression");
      text = text.isEmpty() ? Members.text(licence, "id") : text;
      text = text.isEmpty() ? Members.text(licence, "name") : text;
      String how =
          Members.text(choice, "acknowledgement") + Members.text(licence, "acknowledgement");
      if (!text.isEmpty()) {
        licences.add(new Licence(text, how.isEmpty() ? Licence.DECLARED : how));
      }
    }
    return licences;
  }

  /// Whether its licences are nothing but texts.
  private static boolean isPlain(JsonObject object) {
    for (JsonObject choice : Members.objects(object, "licenses")) {
      boolean isPlain =
          choice.get("license") instanceof JsonObject licence
              ? choice.members().size() == 1
                  && !Members.hasOther(licence, Set.of("id", "name", "acknowledgement"))
              : !Members.hasOther(choice, Set.of("expression", "acknowledgement"));
      if (!isPlain) {
        return false;
      }
    }
    return true;
  }

  /// Whether what it says of its data is what this program writes of it.
  private static boolean isOwnData(JsonObject object) {
    List<JsonObject> data = Members.objects(object, "data");
    if (data.size() != 1 || Members.hasOther(data.getFirst(), Set.of("type", "name"))) {
      return false;
    }
    String type = Members.text(data.getFirst(), "type");
    String kind = "other";
    for (JsonObject property : Members.objects(object, "properties")) {
      if (Members.text(property, "name").equals(DiscoveryWords.DATA_KIND)) {
        kind = Members.text(property, "value");
      }
    }
    return type.equals(kind)
        && Members.text(data.getFirst(), "name").equals(Members.text(object, "name"));
  }

  /// Where models come from and what they were trained on, once all parts are known.
  private void origins() {
    for (Part part : List.copyOf(parts.values())) {
      JsonObject pedigree = Members.object(part.rest(), PEDIGREE);
      boolean isWhole = isOwn(pedigree);
      for (JsonObject ancestor : Members.objects(pedigree, "ancestors")) {
        ancestor(part, ancestor, isWhole);
      }
      if (isWhole) {
        JsonObject rest = Members.without(part.rest(), Set.of(PEDIGREE));
        parts.put(part.ref(), part.keeping(rest));
      }
      for (JsonObject dataset :
          Members.objects(Members.object(part.card(), "modelParameters"), "datasets")) {
        String ref = Members.text(dataset, "ref");
        if (ref.isEmpty()) {
          ref = dataset(dataset);
        }
        if (!ref.isEmpty()) {
          edges.add(Edge.of(part.ref(), Relation.TRAINED_ON, ref));
        }
      }
    }
  }

  /// Whether everything in a pedigree has a place in a bill.
  private static boolean isOwn(JsonObject pedigree) {
    return !Members.hasOther(pedigree, Set.of("ancestors"))
        && Members.objects(pedigree, "ancestors").stream()
            .allMatch(one -> !Members.hasOther(one, ANCESTOR) && isPlain(one));
  }

  private void ancestor(Part child, JsonObject object, boolean isWhole) {
    Part facts = facts(object, false);
    String ref = facts.property(CycloneDxWriter.REF);
    ref = ref.isEmpty() ? same(object, facts) : ref;
    Known known = Known.of(facts.property(CycloneDxWriter.KNOWN));
    if (!parts.containsKey(ref)) {
      List<Property> properties = new ArrayList<>(facts.properties());
      properties.removeIf(one -> one.name().startsWith("vidimus:"));
      if (!isWhole) {
        properties.add(new Property(INLINE, "true"));
      }
      parts.put(
          ref,
          new Part(
              ref,
              facts.type(),
              facts.name(),
              facts.version(),
              facts.purl(),
              facts.hashes(),
              facts.licences(),
              Known.DECLARED,
              properties,
              Part.NOTHING,
              Part.NOTHING,
              true));
    }
    String how = facts.property(CycloneDxWriter.RELATION);
    edges.add(new Edge(child.ref(), Relation.DESCENDS_FROM, ref, how, known));
  }

  /// The part that an ancestor without reference is: by its address, else by its name.
  private String same(JsonObject object, Part facts) {
    String ref = ref(object, facts);
    if (parts.containsKey(ref)) {
      return ref;
    }
    return refs.getOrDefault(key(facts), ref);
  }

  private static String key(Part part) {
    return part.purl().isEmpty()
        ? part.type() + "\0" + part.name() + "\0" + part.version()
        : part.purl();
  }

  /// A dataset that stands in a card is a part, too, and is written with the card.
  private String dataset(JsonObject dataset) {
    String name = Members.text(dataset, "name");
    if (name.isEmpty()) {
      return "";
    }
    String ref = "dataset:" + name;
    if (!parts.containsKey(ref)) {
      Part part =
          Part.of(ref, Part.DATA, name, Known.DECLARED)
              .with(
                  List.of(
                      new Property(DiscoveryWords.DATA_KIND, "dataset"),
                      new Property(INLINE, "true")));
      parts.put(ref, part.elsewhere());
    }
    return ref;
  }

  /// The datasets that a card names, by their refs.
  static List<String> datasets(JsonObject card) {
    List<String> refs = new ArrayList<>();
    for (JsonObject dataset :
        Members.objects(Members.object(card, "modelParameters"), "datasets")) {
      String ref = Members.text(dataset, "ref");
      refs.add(ref.isEmpty() ? "dataset:" + Members.text(dataset, "name") : ref);
    }
    return refs;
  }

  private JsonObject kept(String text) throws FormatException {
    return Json.parse(text, source + ": " + CycloneDxWriter.REST) instanceof JsonObject object
        ? object
        : Part.NOTHING;
  }
}
