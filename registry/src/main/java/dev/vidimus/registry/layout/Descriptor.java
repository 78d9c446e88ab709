package dev.vidimus.registry.layout;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.intake.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What points to a blob, by the
/// [image specification](https://github.com/opencontainers/image-spec/blob/v1.1.1/descriptor.md).
///
/// @param mediaType empty if it says none
/// @param size in bytes
/// @param annotations empty if there are none
record Descriptor(String mediaType, Digest digest, long size, JsonObject annotations) {
  private static final int PRINTED = 200;
  private static final int MOST_DIGITS = 18;
  private static final String PREFIX = "sha256:";

  /// Reads one.
  ///
  /// @param where it stands, for errors
  static Descriptor of(@Nullable JsonValue value, String where) throws Refusal {
    if (!(value instanceof JsonObject object)) {
      throw new Refusal(where + ": is no descriptor", "");
    }
    String digest = object.string("digest");
    if (digest == null || !digest.startsWith(PREFIX)) {
      throw new Refusal(
          where + ": has no SHA-256 digest but " + Printable.of(String.valueOf(digest), PRINTED),
          "");
    }
    if (!(object.get("size") instanceof JsonNumber(String size))
        || size.length() > MOST_DIGITS
        || !size.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw new Refusal(where + ": has no size in bytes", "");
    }
    String mediaType = object.string("mediaType");
    return new Descriptor(
        mediaType == null ? "" : mediaType,
        digest(digest, where),
        Long.parseLong(size),
        object.get("annotations") instanceof JsonObject annotations
            ? annotations
            : new JsonObject(Map.of()));
  }

  /// Reads `sha256:` and 64 hex digits.
  static Digest digest(String text, String where) throws Refusal {
    try {
      return Digest.ofHex(text.substring(PREFIX.length()));
    } catch (IllegalArgumentException e) {
      throw new Refusal(where + ": is no SHA-256 digest: " + Printable.of(text, PRINTED), "");
    }
  }

  /// An annotation; empty if it is not there.
  String annotation(String name) {
    String value = annotations.string(name);
    return value == null ? "" : value;
  }

  /// Whether it points to a list of manifests.
  boolean isIndex() {
    return mediaType.equals("application/vnd.oci.image.index.v1+json")
        || mediaType.equals("application/vnd.docker.distribution.manifest.list.v2+json");
  }

  /// Whether it points to nothing, in the way that the specification says it.
  boolean isEmpty() {
    return mediaType.equals("application/vnd.oci.empty.v1+json")
        && digest.equals(Digest.sha256(new byte[] {'{', '}'}));
  }
}
