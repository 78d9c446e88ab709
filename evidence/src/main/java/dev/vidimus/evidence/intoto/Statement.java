package dev.vidimus.evidence.intoto;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.Members;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A predicate about subjects.
///
/// @param type `_type`; whether it is a version that the caller takes is the caller's to check
/// @param subjects at least none: how many a predicate wants is its own affair
/// @param predicateType a URI, compared exactly
/// @param predicate the claim itself
public record Statement(
    String type, List<Subject> subjects, String predicateType, JsonObject predicate) {
  /// The only `_type` that we write.
  public static final String V1 = "https://in-toto.io/Statement/v1";

  /// Its predecessor, which says the same; builders of 2023 and npm write it.
  public static final String V0_1 = "https://in-toto.io/Statement/v0.1";

  /// A manifest of a million files fits.
  private static final JsonLimits LIMITS = new JsonLimits(384L << 20, 64, 1 << 12, 1 << 20, 64);

  public Statement {
    subjects = List.copyOf(subjects);
  }

  /// Reads the payload of an envelope whose signature is verified.
  ///
  /// @throws FormatException if it is not strict JSON (no member twice, nothing behind it) or no
  /// statement
  public static Statement read(byte[] payload, String where) throws FormatException, IOException {
    Members members = Members.of(Json.parse(Bytes.of(payload), where, LIMITS), where);
    List<Subject> subjects = new ArrayList<>();
    for (JsonValue subject : members.array("subject")) {
      subjects.add(subject(Members.of(subject, where + ".subject")));
    }
    return new Statement(
        members.string("_type"),
        subjects,
        members.string("predicateType"),
        members.has("predicate") ? members.object("predicate").object() : new JsonObject(Map.of()));
  }

  private static Subject subject(Members members) throws FormatException {
    Map<String, String> digest = new LinkedHashMap<>();
    Members digests = members.object("digest");
    for (String algorithm : digests.object().members().keySet()) {
      digest.put(algorithm, digests.string(algorithm));
    }
    if (digest.isEmpty()) {
      throw members.malformed("digest", "is empty");
    }
    String name = members.stringOrNull("name");
    return new Subject(name == null ? "" : name, digest);
  }

  /// The payload of an envelope.
  public byte[] bytes() {
    JsonWriter json = new JsonWriter().object().name("_type").string(type).name("subject").array();
    for (Subject subject : subjects) {
      json.object().name("name").string(subject.name()).name("digest").object();
      subject.digest().forEach((algorithm, hex) -> json.name(algorithm).string(hex));
      json.endObject().endObject();
    }
    json.endArray().name("predicateType").string(predicateType).name("predicate").value(predicate);
    return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
  }
}
