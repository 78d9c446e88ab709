package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What is signed: every resource of a model, in an order, and how they were made.
record Manifest(Serialization serialization, List<Resource> resources) {
  /// The predicate type of version 1.0.
  static final String V1 = "https://model_signing/signature/v1.0";

  Manifest {
    resources = List.copyOf(resources);
  }

  /// SHA-256 over the raw digests in the manifest's order, whatever the hash type; section 6.4.
  Digest rootDigest() {
    MessageDigest root = Digest.newSha256();
    resources.forEach(resource -> root.update(HexFormat.of().parseHex(resource.digest())));
    return Digest.of(root.digest());
  }

  /// The predicate in the specification's form.
  JsonObject predicate() {
    return predicate(serialization.hash().word());
  }

  /// The predicate as the reference implementation writes it, which names shards differently.
  JsonObject referencePredicate() {
    return predicate(
        serialization.isSharded() ? shardedAlgorithm(serialization) : serialization.hash().word());
  }

  /// What the reference implementation calls the algorithm of a shard: `sha256-sharded-1000`.
  static String shardedAlgorithm(Serialization serialization) {
    return serialization.hash().word() + "-sharded-" + serialization.shardSize();
  }

  private JsonObject predicate(String algorithm) {
    Map<String, JsonValue> how = new LinkedHashMap<>();
    how.put("method", new JsonString(serialization.isSharded() ? "shards" : "files"));
    how.put("hash_type", new JsonString(serialization.hash().word()));
    if (serialization.isSharded()) {
      how.put("shard_size", new JsonNumber(Long.toString(serialization.shardSize())));
    }
    how.put("allow_symlinks", new JsonBoolean(serialization.allowSymlinks()));
    if (!serialization.ignorePaths().isEmpty()) {
      how.put("ignore_paths", strings(serialization.ignorePaths()));
    }
    List<JsonValue> list = new ArrayList<>();
    for (Resource resource : resources) {
      Map<String, JsonValue> descriptor = new LinkedHashMap<>();
      descriptor.put("name", new JsonString(resource.name()));
      descriptor.put("algorithm", new JsonString(algorithm));
      descriptor.put("digest", new JsonString(resource.digest()));
      list.add(new JsonObject(descriptor));
    }
    Map<String, JsonValue> predicate = new LinkedHashMap<>();
    predicate.put("serialization", new JsonObject(how));
    predicate.put("resources", new JsonArray(list));
    return new JsonObject(predicate);
  }

  private static JsonArray strings(List<String> texts) {
    return new JsonArray(texts.stream().map(text -> (JsonValue) new JsonString(text)).toList());
  }
}
