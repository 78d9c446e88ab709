package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.inventory.schema.JsonSchema;
import dev.vidimus.inventory.schema.Violation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Checks a document of CycloneDX, versions 1.4 to 1.7: its schema, the rules that no schema can
/// say, and how much of it can be verified.
final class CycloneDxCheck {
  private static final int MOST_VIOLATIONS = 100;
  private static final int MOST_CYCLES = 20;
  private static final int SHOWN = 200;
  private static final int MOST_FINDINGS = 2_000;
  private static final String MODEL = "machine-learning-model";
  private static final Set<String> VERSIONS = Set.of("1.4", "1.5", "1.6", "1.7");
  private static final Set<String> PARTS = Set.of("components", "component", "services");
  private static final Set<String> WEAK = Set.of("MD5", "SHA-1");
  private static final Pattern FIXED_MODEL =
      Pattern.compile("pkg:huggingface/[^@]+@[0-9a-f]{40}(?:[?#].*)?");

  private final JsonObject document;
  private final Location file;
  private final List<Finding> findings = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, JsonObject> parts = new LinkedHashMap<>();
  private final Map<String, List<String>> needs = new HashMap<>();

  private CycloneDxCheck(JsonObject document, String source) {
    this.document = document;
    this.file = Location.of(source);
  }

  static BomCheck of(JsonObject document, String source) throws FormatException {
    String version = document.string("specVersion");
    if (version == null || !VERSIONS.contains(version)) {
      throw new FormatException.Unsupported(
          source + ": specVersion", 0, Printable.of(String.valueOf(version), SHOWN));
    }
    CycloneDxCheck check = new CycloneDxCheck(document, source);
    JsonSchema schema = JsonSchema.resource("bom-" + version + ".schema.json");
    for (Violation violation : schema.violations(document, MOST_VIOLATIONS)) {
      check.report(BomRule.INVALID, violation.toString());
    }
    if (check.findings.isEmpty()) {
      check.identifiers(document, "");
      check.parts();
      check.quality();
    }
    return new BomCheck("CycloneDX " + version, check.findings);
  }

  private void report(BomRule rule, String message) {
    if (findings.size() >= MOST_FINDINGS) {
      return;
    }
    if (findings.size() == MOST_FINDINGS - 1) {
      findings.add(
          rule.at(file, "more than " + MOST_FINDINGS + " findings; these are the first", ""));
      return;
    }
    findings.add(rule.at(file, Printable.of(message, 2 * SHOWN), ""));
  }

  /// A `bom-ref` is unique in the whole document. Of what dependencies and compositions refer to,
  /// a second one makes the first ambiguous; elsewhere official examples repeat them.
  private void identifiers(JsonValue value, String member) {
    switch (value) {
      case JsonObject object -> {
        String id = object.string("bom-ref");
        if (id != null && !ids.add(id)) {
          boolean isPart = PARTS.contains(member);
          report(
              isPart ? BomRule.SAME_ID : BomRule.REPEATED_REFERENCE,
              "the bom-ref " + id + " stands for two parts");
        }
        object.members().forEach((name, inner) -> identifiers(inner, name));
      }
      case JsonArray array -> array.elements().forEach(inner -> identifiers(inner, member));
      default -> {}
    }
  }

  private void parts() {
    if (document.get("metadata") instanceof JsonObject metadata
        && metadata.get("component") instanceof JsonObject main) {
      part(main);
    }
    objects(document, "components").forEach(this::part);
    objects(document, "services").forEach(this::part);
    for (JsonObject dependency : objects(document, "dependencies")) {
      String from = text(dependency, "ref");
      reference(from, "dependencies");
      for (String to : texts(dependency, "dependsOn")) {
        reference(to, "dependencies of " + from);
        needs.computeIfAbsent(from, ref -> new ArrayList<>()).add(to);
      }
    }
  }

  private void part(JsonObject part) {
    String id = text(part, "bom-ref");
    parts.put(id.isEmpty() ? "#" + parts.size() : id, part);
    objects(part, "components").forEach(this::part);
    objects(part, "services").forEach(this::part);
  }

  private void reference(String to, String from) {
    boolean isElsewhere = to.startsWith("urn:cdx:");
    if (!isElsewhere && !ids.contains(to)) {
      report(BomRule.DANGLING, "dangling reference " + to + ", in " + from);
    }
  }

  private void quality() throws FormatException {
    for (JsonObject part : parts.values()) {
      boolean isModel = text(part, "type").equals(MODEL);
      JsonObject card = part.get("modelCard") instanceof JsonObject one ? one : null;
      if (card != null && !isModel) {
        report(BomRule.MISPLACED_CARD, label(part) + " of type " + text(part, "type"));
      }
      if (card != null) {
        datasets(part, card);
      }
      digests(part, isModel);
      if (text(part, "purl").startsWith("pkg:huggingface/")
          && !FIXED_MODEL.matcher(text(part, "purl")).matches()) {
        report(BomRule.MOVING_REFERENCE, "mutable reference " + text(part, "purl"));
      }
      service(part);
      if (isModel) {
        lineage(part);
        facts(part, card);
      }
    }
    cycles();
    formulations();
    findings.addAll(Inheritance.findings(CycloneDxReader.read(document, file.path()), file));
    if (objects(document, "compositions").isEmpty()) {
      report(BomRule.UNKNOWN_COMPLETENESS, "completeness unknown: no compositions");
    }
  }

  private void datasets(JsonObject part, JsonObject card) {
    if (card.get("modelParameters") instanceof JsonObject parameters) {
      for (JsonObject dataset : objects(parameters, "datasets")) {
        String to = text(dataset, "ref");
        if (!to.isEmpty()) {
          reference(to, "the datasets of " + label(part));
        }
      }
    }
  }

  private void digests(JsonObject part, boolean isModel) {
    List<JsonObject> hashes = objects(part, "hashes");
    boolean isExternal = part.get("isExternal") instanceof JsonBoolean(boolean yes) && yes;
    if (isModel && hashes.isEmpty() && !isExternal) {
      report(BomRule.NO_DIGEST, "model without digest, cannot be verified: " + label(part));
    } else if (!hashes.isEmpty()
        && hashes.stream().allMatch(hash -> WEAK.contains(text(hash, "alg")))) {
      report(BomRule.WEAK_DIGEST, "weak digest: " + label(part) + " has nothing but MD5 or SHA-1");
    }
  }

  private void service(JsonObject part) {
    boolean crosses = part.get("x-trust-boundary") instanceof JsonBoolean(boolean yes) && yes;
    boolean isKnown = part.get("authenticated") instanceof JsonBoolean(boolean yes) && yes;
    if (crosses && !isKnown) {
      report(BomRule.OPEN_SERVICE, "unauthenticated service across trust boundary: " + label(part));
    }
  }

  /// Names of the models that the dependencies say a model is made from.
  private Set<String> parents(JsonObject part) {
    Set<String> names = new TreeSet<>();
    for (String ref : needs.getOrDefault(text(part, "bom-ref"), List.of())) {
      JsonObject parent = parts.get(ref);
      if (parent != null && text(parent, "type").equals(MODEL)) {
        names.add(text(parent, "name"));
      }
    }
    return names;
  }

  private static Set<String> ancestors(JsonObject part) {
    Set<String> names = new TreeSet<>();
    if (part.get("pedigree") instanceof JsonObject pedigree) {
      for (JsonObject ancestor : objects(pedigree, "ancestors")) {
        names.add(text(ancestor, "name"));
      }
    }
    return names;
  }

  private void lineage(JsonObject part) {
    Set<String> declared = ancestors(part);
    Set<String> needed = parents(part);
    if (!declared.isEmpty() && !needed.isEmpty() && !declared.equals(needed)) {
      report(
          BomRule.LINEAGE_DISAGREES,
          "lineage sources disagree: the pedigree of "
              + label(part)
              + " names "
              + declared
              + ", its dependencies "
              + needed);
    }
  }

  private static boolean hasLicence(JsonObject part) {
    return !objects(part, "licenses").isEmpty();
  }

  private void facts(JsonObject part, @Nullable JsonObject card) {
    List<String> missing = new ArrayList<>();
    if (!hasLicence(part)) {
      missing.add("licence");
    }
    if (part.get("supplier") == null
        && part.get("manufacturer") == null
        && part.get("publisher") == null
        && part.get("authors") == null
        && ancestors(part).isEmpty()) {
      missing.add("who made it");
    }
    if (card == null) {
      missing.add("model card");
    }
    if (!missing.isEmpty()) {
      report(BomRule.MISSING_FACT, label(part) + " has no " + String.join(", no ", missing));
    }
  }

  /// Depth first, each model once.
  private void cycles() {
    Set<String> done = new HashSet<>();
    int found = 0;
    for (String start : parts.keySet()) {
      Map<String, Integer> places = new HashMap<>(Map.of(start, 0));
      List<String> path = new ArrayList<>(List.of(start));
      List<Integer> next = new ArrayList<>(List.of(0));
      while (!path.isEmpty()) {
        String at = path.getLast();
        List<String> children = isModel(at) ? needs.getOrDefault(at, List.of()) : List.of();
        int index = next.removeLast();
        if (done.contains(at) || index == children.size()) {
          done.add(path.removeLast());
          places.remove(at);
          continue;
        }
        next.add(index + 1);
        String child = children.get(index);
        Integer known = places.get(child);
        if (known != null) {
          if (++found > MOST_CYCLES) {
            return;
          }
          report(
              BomRule.LINEAGE_CYCLE,
              "lineage cycle: " + String.join(", ", path.subList(known, path.size())));
        } else if (isModel(child) && !done.contains(child)) {
          places.put(child, path.size());
          path.add(child);
          next.add(0);
        }
      }
    }
  }

  private boolean isModel(String ref) {
    JsonObject part = parts.get(ref);
    return part != null && text(part, "type").equals(MODEL);
  }

  /// What a task made, from what; against what the pedigree says of it.
  private void formulations() {
    for (JsonObject formula : objects(document, "formulation")) {
      for (JsonObject workflow : objects(formula, "workflows")) {
        for (JsonObject task : objects(workflow, "tasks")) {
          Set<String> inputs = models(objects(task, "inputs"));
          for (JsonObject output : objects(task, "outputs")) {
            JsonObject made = parts.get(resource(output));
            Set<String> declared = made == null ? Set.of() : ancestors(made);
            if (made != null
                && !inputs.isEmpty()
                && !declared.isEmpty()
                && !inputs.equals(declared)) {
              report(
                  BomRule.LINEAGE_DISAGREES,
                  "formulation and pedigree disagree: "
                      + label(made)
                      + " was made from "
                      + inputs
                      + ", its pedigree names "
                      + declared);
            }
          }
        }
      }
    }
  }

  private Set<String> models(List<JsonObject> inputs) {
    Set<String> names = new TreeSet<>();
    for (JsonObject input : inputs) {
      JsonObject part = parts.get(resource(input));
      if (part != null && text(part, "type").equals(MODEL)) {
        names.add(text(part, "name"));
      }
    }
    return names;
  }

  private static String resource(JsonObject put) {
    return put.get("resource") instanceof JsonObject resource ? text(resource, "ref") : "";
  }

  private static String label(JsonObject part) {
    String version = text(part, "version");
    return version.isEmpty() ? text(part, "name") : text(part, "name") + " " + version;
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }

  private static List<JsonObject> objects(JsonObject object, String name) {
    List<JsonObject> objects = new ArrayList<>();
    if (object.get(name) instanceof JsonArray array) {
      for (JsonValue element : array.elements()) {
        if (element instanceof JsonObject one) {
          objects.add(one);
        }
      }
    }
    return objects;
  }

  private static List<String> texts(JsonObject object, String name) {
    List<String> texts = new ArrayList<>();
    if (object.get(name) instanceof JsonArray array) {
      for (JsonValue element : array.elements()) {
        if (element instanceof JsonString(String text)) {
          texts.add(text);
        }
      }
    }
    return texts;
  }
}
