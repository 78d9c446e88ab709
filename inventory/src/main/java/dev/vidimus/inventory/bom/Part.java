package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.util.List;
import java.util.Map;

/// One thing in a bill of materials.
///
/// @param ref its identifier in the bill
/// @param type in the words of CycloneDX, such as `machine-learning-model`; `service` for a service
/// @param name never empty in what this program writes
/// @param version may be empty
/// @param purl its package URL; may be empty
/// @param hashes such as `SHA-256:…`, in the words of CycloneDX, sorted
/// @param licences sorted
/// @param known how it is known that it is there
/// @param properties name and value, sorted
/// @param card of a model, in the form of CycloneDX; without members if there is none
/// @param rest what else its document says of it, by the members of that document's format
/// @param isElsewhere whether it is only named: the bill is about something made from it
public record Part(
    String ref,
    String type,
    String name,
    String version,
    String purl,
    List<String> hashes,
    List<Licence> licences,
    Known known,
    List<Property> properties,
    JsonObject card,
    JsonObject rest,
    boolean isElsewhere) {
  /// A model's type.
  public static final String MODEL = "machine-learning-model";

  /// The type of datasets, prompts and configurations.
  public static final String DATA = "data";

  /// A service's type, which CycloneDX keeps in a list of its own.
  public static final String SERVICE = "service";

  static final JsonObject NOTHING = new JsonObject(Map.of());

  public Part {
    hashes = hashes.stream().sorted().distinct().toList();
    licences = licences.stream().sorted().distinct().toList();
    properties = properties.stream().sorted().distinct().toList();
  }

  /// A part of which nothing else is known.
  public static Part of(String ref, String type, String name, Known known) {
    return new Part(
        ref, type, name, "", "", List.of(), List.of(), known, List.of(), NOTHING, NOTHING, false);
  }

  /// A licence.
  ///
  /// @param text an id of SPDX, an expression of them, or a name
  /// @param how `declared` or `concluded`
  public record Licence(String text, String how) implements Comparable<Licence> {
    /// What its owner says.
    public static final String DECLARED = "declared";

    /// What somebody found out.
    public static final String CONCLUDED = "concluded";

    @Override
    public int compareTo(Licence other) {
      int result = text.compareTo(other.text);
      return result == 0 ? how.compareTo(other.how) : result;
    }
  }

  /// A fact of which formats know nothing.
  public record Property(String name, String value) implements Comparable<Property> {
    @Override
    public int compareTo(Property other) {
      int result = name.compareTo(other.name);
      return result == 0 ? value.compareTo(other.value) : result;
    }
  }

  Part versioned(String other) {
    return new Part(
        ref, type, name, other, purl, hashes, licences, known, properties, card, rest, isElsewhere);
  }

  Part addressed(String other) {
    return new Part(
        ref,
        type,
        name,
        version,
        other,
        hashes,
        licences,
        known,
        properties,
        card,
        rest,
        isElsewhere);
  }

  Part hashed(List<String> others) {
    return new Part(
        ref,
        type,
        name,
        version,
        purl,
        others,
        licences,
        known,
        properties,
        card,
        rest,
        isElsewhere);
  }

  Part licensed(List<Licence> others) {
    return new Part(
        ref, type, name, version, purl, hashes, others, known, properties, card, rest, isElsewhere);
  }

  Part with(List<Property> others) {
    return new Part(
        ref, type, name, version, purl, hashes, licences, known, others, card, rest, isElsewhere);
  }

  Part described(JsonObject other) {
    return new Part(
        ref,
        type,
        name,
        version,
        purl,
        hashes,
        licences,
        known,
        properties,
        other,
        rest,
        isElsewhere);
  }

  Part keeping(JsonObject other) {
    return new Part(
        ref,
        type,
        name,
        version,
        purl,
        hashes,
        licences,
        known,
        properties,
        card,
        other,
        isElsewhere);
  }

  Part elsewhere() {
    return new Part(
        ref, type, name, version, purl, hashes, licences, known, properties, card, rest, true);
  }

  /// The value of a property; empty if it has none of that name.
  public String property(String wanted) {
    for (Property property : properties) {
      if (property.name().equals(wanted)) {
        return property.value();
      }
    }
    return "";
  }

  /// Name and version.
  public String label() {
    return version.isEmpty() ? name : name + " " + version;
  }
}
