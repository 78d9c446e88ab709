package dev.vidimus.evidence.sigstore.rekor;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path from an entry to the root of a tree. Its own size and root prove nothing: those of the
/// signed checkpoint count.
///
/// @param index of the entry in that tree, which in version 1 is not its index in the log
/// @param size that the tree is said to have
/// @param root that the tree is said to have
/// @param path nearest sibling first
/// @param checkpoint the signed note, or null in early bundles of version 0.1
record InclusionProof(
    long index, long size, Digest root, List<Digest> path, @Nullable String checkpoint) {
  InclusionProof {
    path = List.copyOf(path);
  }

  static InclusionProof read(Members proof) throws FormatException {
    List<JsonValue> hashes = proof.has("hashes") ? proof.array("hashes") : List.of();
    if (hashes.size() > Merkle.MOST_LEVELS) {
      throw new FormatException.LimitExceeded(
          proof.where() + ".hashes", 0, hashes.size() + " hashes, over " + Merkle.MOST_LEVELS);
    }
    List<Digest> path = new ArrayList<>();
    for (JsonValue hash : hashes) {
      path.add(digest(hash, proof));
    }
    return new InclusionProof(
        proof.int64("logIndex"),
        proof.int64("treeSize"),
        digest(new JsonString(proof.string("rootHash")), proof),
        path,
        proof.has("checkpoint") ? proof.object("checkpoint").stringOrNull("envelope") : null);
  }

  private static Digest digest(JsonValue value, Members proof) throws FormatException {
    if (value instanceof JsonString(String text)) {
      try {
        return Digest.of(Base64.getDecoder().decode(text));
      } catch (IllegalArgumentException e) {
        // neither base64 nor of that length
      }
    }
    throw proof.malformed("hashes", "holds what is no base64 of 32 bytes");
  }
}
