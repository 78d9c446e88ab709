package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks a document of SPDX 3.0 in JSON-LD: elements and their identity, vocabularies, references,
/// and what the AI and Dataset profiles ask for.
final class SpdxCheck {
  private static final int SHOWN = 200;
  private static final int MOST_FINDINGS = 2_000;

  private static final Set<String> PRESENCE = Set.of("yes", "no", "noAssertion");
  private static final Set<String> AVAILABILITY =
      Set.of("clickthrough", "directDownload", "query", "registration", "scrapingScript");
  private static final Set<String> DATASET_TYPES =
      Set.of(
          "audio",
          "categorical",
          "graph",
          "image",
          "noAssertion",
          "numeric",
          "other",
          "sensor",
          "structured",
          "syntactic",
          "text",
          "timeseries",
          "timestamp",
          "video");
  private static final Set<String> CONFIDENTIALITY = Set.of("amber", "clear", "green", "red");
  private static final Set<String> RISK = Set.of("high", "low", "medium", "serious");
  static final Set<String> HASHES =
      Set.of(
          "adler32",
          "blake2b256",
          "blake2b384",
          "blake2b512",
          "blake3",
          "crystalsDilithium",
          "crystalsKyber",
          "falcon",
          "md2",
          "md4",
          "md5",
          "md6",
          "other",
          "sha1",
          "sha224",
          "sha256",
          "sha384",
          "sha3_224",
          "sha3_256",
          "sha3_384",
          "sha3_512",
          "sha512");
  private static final Set<String> PURPOSES =
      Set.of(
          "application",
          "archive",
          "bom",
          "configuration",
          "container",
          "data",
          "device",
          "deviceDriver",
          "diskImage",
          "documentation",
          "evidence",
          "executable",
          "file",
          "filesystemImage",
          "firmware",
          "framework",
          "install",
          "library",
          "manifest",
          "model",
          "module",
          "operatingSystem",
          "other",
          "patch",
          "platform",
          "requirement",
          "source",
          "specification",
          "test");
  private static final Set<String> COMPLETENESS = Set.of("complete", "incomplete", "noAssertion");
  private static final Set<String> PROFILES =
      Set.of(
          "ai",
          "build",
          "core",
          "dataset",
          "expandedLicensing",
          "extension",
          "lite",
          "security",
          "simpleLicensing",
          "software");
  private static final Set<String> RELATIONSHIPS =
      Set.of(
          "affects",
          "amendedBy",
          "ancestorOf",
          "availableFrom",
          "configures",
          "contains",
          "coordinatedBy",
          "copiedTo",
          "delegatedTo",
          "dependsOn",
          "descendantOf",
          "describes",
          "doesNotAffect",
          "expandsTo",
          "exploitCreatedBy",
          "fixedBy",
          "fixedIn",
          "foundBy",
          "generates",
          "hasAddedFile",
          "hasAssessmentFor",
          "hasAssociatedVulnerability",
          "hasConcludedLicense",
          "hasDataFile",
          "hasDeclaredLicense",
          "hasDeletedFile",
          "hasDependencyManifest",
          "hasDistributionArtifact",
          "hasDocumentation",
          "hasDynamicLink",
          "hasEvidence",
          "hasExample",
          "hasHost",
          "hasInput",
          "hasMetadata",
          "hasOptionalComponent",
          "hasOptionalDependency",
          "hasOutput",
          "hasPrerequisite",
          "hasProvidedDependency",
          "hasRequirement",
          "hasSpecification",
          "hasStaticLink",
          "hasTest",
          "hasTestCase",
          "hasVariant",
          "invokedBy",
          "modifiedBy",
          "other",
          "packagedBy",
          "patchedBy",
          "publishedBy",
          "reportedBy",
          "republishedBy",
          "serializedInArtifact",
          "testedOn",
          "trainedOn",
          "underInvestigationFor",
          "usesTool");

  /// Which words a member may have.
  private static final Map<String, Set<String>> VOCABULARIES =
      Map.ofEntries(
          Map.entry("ai_autonomyType", PRESENCE),
          Map.entry("ai_useSensitivePersonalInformation", PRESENCE),
          Map.entry("ai_safetyRiskAssessment", RISK),
          Map.entry("dataset_hasSensitivePersonalInformation", PRESENCE),
          Map.entry("dataset_datasetAvailability", AVAILABILITY),
          Map.entry("dataset_datasetType", DATASET_TYPES),
          Map.entry("dataset_confidentialityLevel", CONFIDENTIALITY),
          Map.entry("software_primaryPurpose", PURPOSES),
          Map.entry("software_additionalPurpose", PURPOSES),
          Map.entry("relationshipType", RELATIONSHIPS),
          Map.entry("completeness", COMPLETENESS),
          Map.entry("profileConformance", PROFILES),
          Map.entry("algorithm", HASHES));

  /// Members whose texts name other elements.
  private static final Set<String> REFERENCES =
      Set.of("from", "to", "rootElement", "element", "suppliedBy", "originatedBy", "createdBy");

  private static final Set<String> NO_ELEMENTS =
      Set.of(
          "CreationInfo",
          "Hash",
          "DictionaryEntry",
          "ExternalRef",
          "ExternalMap",
          "ExternalIdentifier",
          "NamespaceMap");

  private final Location file;
  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, JsonObject> elements = new HashMap<>();
  private final Set<String> imported = new HashSet<>();

  private SpdxCheck(String source) {
    this.file = Location.of(source);
  }

  static BomCheck of(JsonObject document, String source) throws FormatException {
    SpdxCheck check = new SpdxCheck(source);
    String context = Json.text(context(document));
    if (!context.contains("spdx.org/rdf/3.")) {
      throw new FormatException.Unsupported(source + ": @context", 0, Printable.of(context, SHOWN));
    }
    List<JsonObject> graph = graph(document);
    for (JsonObject element : graph) {
      check.element(element);
    }
    for (JsonObject element : graph) {
      check.members(element, text(element, "spdxId"));
    }
    BomCheck read = new BomCheck("SPDX 3", check.findings);
    if (read.isValid()) {
      check.findings.addAll(Inheritance.findings(SpdxReader.read(document, source), check.file));
    }
    return new BomCheck("SPDX 3", check.findings);
  }

  private static JsonValue context(JsonObject document) {
    JsonValue context = document.get("@context");
    return context == null ? document : context;
  }

  /// A document of one element needs no graph.
  private static List<JsonObject> graph(JsonObject document) {
    if (document.get("@graph") instanceof JsonArray array) {
      List<JsonObject> graph = new ArrayList<>();
      for (JsonValue value : array.elements()) {
        if (value instanceof JsonObject object) {
          graph.add(object);
        }
      }
      return graph;
    }
    return List.of(document);
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

  private void element(JsonObject element) {
    String type = text(element, "type").isEmpty() ? text(element, "@type") : text(element, "type");
    String id = text(element, "spdxId").isEmpty() ? text(element, "@id") : text(element, "spdxId");
    if (type.isEmpty()) {
      report(BomRule.INVALID, "an element has no type: " + id);
    }
    if (id.isEmpty()) {
      report(BomRule.INVALID, "an element of type " + type + " has no spdxId");
    } else {
      JsonObject other = elements.put(id, element);
      if (other != null) {
        // Nothing refers to a relationship; official examples repeat their identifiers.
        boolean isReferred = !isRelationship(type) || !isRelationship(text(other, "type"));
        report(
            isReferred ? BomRule.SAME_ID : BomRule.REPEATED_REFERENCE,
            "the spdxId " + id + " stands for two elements");
      }
    }
    if (!NO_ELEMENTS.contains(type) && element.get("creationInfo") == null) {
      report(BomRule.INVALID, id + " has no creationInfo");
    }
    if (type.equals("dataset_DatasetPackage") && isEmpty(element.get("dataset_datasetType"))) {
      report(BomRule.INVALID, id + " has no dataset_datasetType; at least one is needed");
    }
    if (isRelationship(type)) {
      for (String member : List.of("from", "to", "relationshipType")) {
        if (isEmpty(element.get(member))) {
          report(BomRule.INVALID, id + " is a relationship without " + member);
        }
      }
    }
    imports(element);
  }

  private static boolean isRelationship(String type) {
    return type.endsWith("Relationship");
  }

  private static boolean isEmpty(@Nullable JsonValue value) {
    return value == null || (value instanceof JsonArray array && array.elements().isEmpty());
  }

  private void imports(JsonObject element) {
    if (element.get("import") instanceof JsonArray array) {
      for (JsonValue value : array.elements()) {
        if (value instanceof JsonObject map) {
          imported.add(text(map, "externalSpdxId"));
        }
      }
    }
  }

  /// Vocabularies and references of an element and of what stands inside it.
  private void members(JsonObject object, String owner) {
    for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
      Set<String> words = VOCABULARIES.get(member.getKey());
      boolean isReference = REFERENCES.contains(member.getKey());
      for (JsonValue value : values(member.getValue())) {
        if (value instanceof JsonString(String text)) {
          if (words != null && !words.contains(text)) {
            report(
                BomRule.INVALID,
                owner
                    + ": "
                    + member.getKey()
                    + " is "
                    + text
                    + ", which is not in its vocabulary");
          }
          if (isReference && !isKnown(text)) {
            report(
                BomRule.INVALID,
                owner
                    + ": "
                    + member.getKey()
                    + " names "
                    + text
                    + ", which is neither here nor imported");
          }
        } else if (value instanceof JsonObject inner) {
          members(inner, owner);
        }
      }
    }
  }

  private static List<JsonValue> values(JsonValue value) {
    return value instanceof JsonArray array ? array.elements() : List.of(value);
  }

  /// The model defines some elements itself, for what is not known.
  private boolean isKnown(String id) {
    return elements.containsKey(id)
        || imported.contains(id)
        || id.startsWith("https://spdx.org/rdf/3.")
        || id.equals("NoAssertionElement")
        || id.equals("NoneElement")
        || id.startsWith("spdx:");
  }

  private static String text(JsonObject object, String name) {
    String text = object.string(name);
    return text == null ? "" : text;
  }
}
