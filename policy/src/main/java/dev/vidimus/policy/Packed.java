package dev.vidimus.policy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.artifact.json.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// A compiled bundle in one piece: files and syntax trees in base64, sorted.
public final class Packed {
  private static final JsonLimits LIMITS = new JsonLimits(64L << 20, 4, 1 << 10, 64 << 20, 64);

  private Packed() {}

  /// Packs.
  public static byte[] of(CheckedPolicy policy) {
    JsonWriter json = new JsonWriter().object().name("files");
    write(json, policy.bundle().files());
    json.name("trees");
    write(json, policy.trees());
    return json.endObject().toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonWriter json, Map<String, byte[]> all) {
    json.object();
    all.forEach((name, bytes) -> json.name(name).string(Base64.getEncoder().encodeToString(bytes)));
    json.endObject();
  }

  /// Unpacks and loads; nothing is compiled.
  ///
  /// @throws FormatException if it is no packed bundle
  /// @throws PolicyException if the bundle in it cannot be used
  public static CheckedPolicy read(byte[] bytes) throws FormatException, PolicyException {
    try {
      if (Json.parse(Bytes.of(bytes), "policy", LIMITS) instanceof JsonObject all) {
        return CheckedPolicy.load(PolicyBundle.read(map(all, "files")), map(all, "trees"));
      }
      throw new FormatException.Malformed("policy", 0, "is no object");
    } catch (IOException e) {
      throw new IllegalStateException("bytes in memory could not be read", e);
    }
  }

  private static Map<String, byte[]> map(JsonObject all, String name) throws FormatException {
    if (!(all.get(name) instanceof JsonObject members)) {
      throw new FormatException.Malformed("policy." + name, 0, "is missing");
    }
    Map<String, byte[]> map = new TreeMap<>();
    for (var member : members.members().entrySet()) {
      try {
        map.put(
            member.getKey(), Base64.getDecoder().decode(((JsonString) member.getValue()).text()));
      } catch (ClassCastException | IllegalArgumentException e) {
        throw new FormatException.Malformed("policy." + name, 0, "is no base64");
      }
    }
    return map;
  }
}
