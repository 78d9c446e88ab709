package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.ledger.note.Base64Text;
import dev.vidimus.evidence.ledger.tlog.Merkle;
import java.util.ArrayList;
import java.util.List;

/// The lines of a proof as text, one hash in base64 each.
final class ProofLines {
  private ProofLines() {}

  /// @param lines at most 63, as no path is longer
  static List<Digest> hashes(List<String> lines, String source) throws FormatException {
    if (lines.size() > Merkle.MOST_LEVELS) {
      throw new FormatException.LimitExceeded(
          source + ": proof", 0, lines.size() + " hashes, over the limit of " + Merkle.MOST_LEVELS);
    }
    List<Digest> hashes = new ArrayList<>(lines.size());
    for (String line : lines) {
      byte[] hash = base64(line, source, "proof");
      if (hash.length != 32) {
        throw new FormatException.Malformed(
            source + ": proof", 0, "has a hash of " + hash.length + " bytes, not 32");
      }
      hashes.add(Digest.of(hash));
    }
    return hashes;
  }

  static byte[] base64(String text, String source, String field) throws FormatException {
    byte[] value = Base64Text.decode(text);
    if (value == null) {
      throw new FormatException.Malformed(source + ": " + field, 0, "is not base64");
    }
    return value;
  }
}
