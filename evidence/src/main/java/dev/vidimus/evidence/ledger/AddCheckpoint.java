package dev.vidimus.evidence.ledger;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.ledger.note.Base64Text;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// What a log asks of a witness (c2sp.org/tlog-witness, add-checkpoint):
///
/// ```text
/// old 20852014                                     size that the witness cosigned last
/// PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=     consistency proof, at most 63 hashes
///                                                  then the checkpoint, a signed note
/// example.com/behind-the-sofa
/// ```
///
/// @param oldSize of the checkpoint that the witness cosigned last; 0 if none
/// @param proof that the tree of that size is the beginning of the checkpoint's
/// @param note the checkpoint, not verified yet
public record AddCheckpoint(long oldSize, List<Digest> proof, Note note) {
  /// Copies the list.
  public AddCheckpoint {
    proof = List.copyOf(proof);
  }

  /// Reads a request.
  ///
  /// @throws FormatException if it is not one; a note's limits bound it
  public static AddCheckpoint parse(byte[] bytes, String source) throws FormatException {
    if (bytes.length > Note.MOST_BYTES) {
      throw new FormatException.LimitExceeded(
          source + ": request", 0, bytes.length + " bytes, over the limit of " + Note.MOST_BYTES);
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int gap = text.indexOf("\n\n");
    if (gap < 0 || !text.startsWith("old ")) {
      throw new FormatException.Malformed(source + ": request", 0, "is not old size and proof");
    }
    List<String> lines = new ArrayList<>(List.of(text.substring(0, gap).split("\n", -1)));
    long oldSize = Checkpoint.number(lines.removeFirst().substring(4), source, "old");
    List<Digest> proof = ProofLines.hashes(lines, source);
    byte[] note = text.substring(gap + 2).getBytes(StandardCharsets.ISO_8859_1);
    return new AddCheckpoint(oldSize, proof, Note.parse(note, source));
  }

  /// The body of the request.
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("old ").append(oldSize).append('\n');
    proof.forEach(hash -> text.append(Base64Text.encode(hash.bytes())).append('\n'));
    return text.append('\n').append(note).toString();
  }
}
