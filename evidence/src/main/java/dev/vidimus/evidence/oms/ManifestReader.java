package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Members;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a signed predicate of version 1.0 in every spelling that was published, and refuses what
/// no honest signer writes.
final class ManifestReader {
  private static final String STEP = "manifest";
  private static final String WHERE = "predicate";
  private static final BigDecimal LARGEST_SHARD = BigDecimal.valueOf(1L << 53);
  private static final int PRINTED = 200;

  private final Members predicate;
  private final List<String> unknown = new ArrayList<>();

  ManifestReader(JsonValue.JsonObject predicate) {
    this.predicate = new Members(predicate, WHERE);
  }

  /// @throws CheckFailed if the manifest is not to be believed
  /// @throws FormatException if it is not of the specification's shape
  Manifest read() throws CheckFailed, FormatException {
    unknown.addAll(predicate.unknown(Set.of("serialization", "resources")));
    Serialization serialization = serialization(predicate.object("serialization"));
    List<Resource> resources = new ArrayList<>();
    for (JsonValue element : predicate.array("resources")) {
      resources.add(resource(Members.of(element, WHERE + ".resources"), serialization));
    }
    if (resources.isEmpty()) {
      throw new CheckFailed(STEP, "at least one resource", "none");
    }
    requireDistinct(resources);
    requireOrder(resources);
    if (serialization.isSharded()) {
      requireCoverage(resources, serialization.shardSize());
    }
    return new Manifest(serialization, resources);
  }

  /// Members that the specification does not know.
  List<String> unknown() {
    return List.copyOf(unknown);
  }

  private Serialization serialization(Members members) throws CheckFailed, FormatException {
    unknown.addAll(
        members.unknown(
            Set.of("method", "hash_type", "shard_size", "allow_symlinks", "ignore_paths")));
    String method = members.string("method");
    if (!method.equals("files") && !method.equals("shards")) {
      throw new CheckFailed(STEP, "method files or shards", Printable.of(method, PRINTED));
    }
    HashType hash = HashType.ofWord(members.string("hash_type"));
    JsonValue size = members.get("shard_size");
    if (method.equals("files") && size != null) {
      throw new CheckFailed(STEP, "no shard_size with method files", "one");
    }
    return new Serialization(
        hash,
        method.equals("shards") ? shardSize(members, size) : 0,
        allowSymlinks(members),
        ignorePaths(members));
  }

  /// A whole number, which the reference implementation writes as a double: `64.0`.
  private static long shardSize(Members members, @Nullable JsonValue size)
      throws CheckFailed, FormatException {
    if (!(size instanceof JsonNumber(String text))) {
      throw members.malformed("shard_size", "is no number");
    }
    // Not parsed when it is long: 1e999999999 would take all memory to be made whole.
    if (text.length() <= 24) {
      BigDecimal value = new BigDecimal(text);
      if (value.signum() > 0
          && value.compareTo(LARGEST_SHARD) <= 0
          && value.stripTrailingZeros().scale() <= 0) {
        return value.longValueExact();
      }
    }
    throw new CheckFailed(
        STEP, "a whole positive shard_size up to 2^53", Printable.of(text, PRINTED));
  }

  private static boolean allowSymlinks(Members members) throws FormatException {
    if (members.get("allow_symlinks") instanceof JsonBoolean(boolean allowed)) {
      return allowed;
    }
    throw members.malformed("allow_symlinks", "is not true or false");
  }

  private static List<String> ignorePaths(Members members) throws CheckFailed, FormatException {
    if (!members.has("ignore_paths")) {
      return List.of();
    }
    List<String> paths = new ArrayList<>();
    for (JsonValue element : members.array("ignore_paths")) {
      if (!(element instanceof JsonString(String path))) {
        throw members.malformed("ignore_paths", "has an element that is no string");
      }
      ResourcePath.requireCanonical(STEP, path);
      // The specification knows no patterns; a signer who wrote one meant something else.
      if (path.chars().anyMatch(c -> c == '*' || c == '?')) {
        throw new CheckFailed(STEP, "ignore_paths without patterns", path);
      }
      paths.add(path);
    }
    return paths;
  }

  private static Resource resource(Members members, Serialization serialization)
      throws CheckFailed, FormatException {
    String name = members.string("name");
    String algorithm = members.string("algorithm");
    boolean known =
        algorithm.equals(serialization.hash().word())
            || (serialization.isSharded()
                && algorithm.equals(Manifest.shardedAlgorithm(serialization)));
    if (!known) {
      throw new CheckFailed(
          STEP,
          "algorithm " + serialization.hash().word() + " for every resource",
          Printable.of(algorithm, PRINTED) + " for " + Printable.of(name, PRINTED));
    }
    String digest = members.string("digest");
    if (digest.length() != serialization.hash().digits()
        || !digest.chars().allMatch(c -> "0123456789abcdef".indexOf(c) >= 0)) {
      throw new CheckFailed(
          STEP,
          "a digest of " + serialization.hash().digits() + " lower-case hex digits",
          Printable.of(digest, PRINTED) + " for " + Printable.of(name, PRINTED));
    }
    Resource resource =
        serialization.isSharded()
            ? ShardName.parse(name, digest)
            : new Resource(name, 0, Resource.WHOLE, digest);
    if (!resource.path().equals(Resource.SELF)) {
      ResourcePath.requireCanonical(STEP, resource.path());
    }
    return resource;
  }

  private static void requireDistinct(List<Resource> resources) throws CheckFailed {
    Set<String> names = new HashSet<>();
    for (Resource resource : resources) {
      if (!names.add(resource.name())) {
        throw new CheckFailed(
            STEP, "each resource once", "twice " + Printable.of(resource.name(), PRINTED));
      }
      if (resource.path().equals(Resource.SELF)
          && !resources.getFirst().path().equals(Resource.SELF)) {
        throw new CheckFailed(STEP, "\".\" as the name of the only file", "other files beside it");
      }
    }
  }

  private static void requireOrder(List<Resource> resources) throws CheckFailed {
    if (!ResourceOrder.SPECIFICATION.holds(resources)
        && !ResourceOrder.REFERENCE.holds(resources)) {
      throw new CheckFailed(
          STEP, "resources in the order of their names or path components", "another order");
    }
  }

  /// Every shard but a file's last has the full size, the first begins at 0, and none is missing
  /// between them. That the last one ends with the file is seen when the file is.
  private static void requireCoverage(List<Resource> resources, long size) throws CheckFailed {
    String path = "";
    long covered = 0;
    boolean full = true;
    for (Resource shard : resources.stream().sorted(ResourceOrder.REFERENCE).toList()) {
      if (!shard.path().equals(path)) {
        path = shard.path();
        covered = 0;
        full = true;
      }
      if (shard.start() != covered || !full || shard.end() - shard.start() > size) {
        throw new CheckFailed(
            STEP,
            "shards of " + size + " bytes that leave no gap, next at byte " + covered,
            Printable.of(shard.name(), PRINTED));
      }
      covered = shard.end();
      full = shard.end() - shard.start() == size;
    }
  }
}
