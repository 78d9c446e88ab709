package dev.vidimus.evidence.sigstore.rekor;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.ledger.note.Checkpoint;
import dev.vidimus.evidence.ledger.note.Note;
import dev.vidimus.evidence.ledger.note.NoteSignature;
import dev.vidimus.evidence.trust.LogKey;
import dev.vidimus.evidence.trust.TransparencyLog;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// A checkpoint that a log of signatures signed, with a key of any kind that such logs have.
///
/// @param others signatures under it that are not the log's: a trusted root has no keys of
/// witnesses, so whether these are theirs nobody can say
record LogCheckpoint(Checkpoint checkpoint, int others) {
  private static final String STEP = "checkpoint";
  private static final int PRINTED = 200;
  private static final int ED25519 = 0x01;
  private static final int OTHER = 0xff;
  private static final String RSA = "PKIX-RSA-PKCS#1v1.5";

  /// Requires that the log signed it. Signatures of others, witnesses among them, are passed over;
  /// one that names the log and is wrong spoils the note.
  ///
  /// @throws FormatException if it is no note or no checkpoint
  static LogCheckpoint open(String envelope, TransparencyLog log)
      throws CheckFailed, FormatException {
    Note note = Note.parse(envelope.getBytes(StandardCharsets.UTF_8), STEP);
    Checkpoint checkpoint = Checkpoint.parse(note.text(), STEP);
    byte[] text = note.text().getBytes(StandardCharsets.UTF_8);
    int signed = 0;
    for (NoteSignature signature : note.signatures()) {
      if (isName(signature.name(), checkpoint.origin())
          && signature.keyId() == keyId(signature.name(), log)) {
        log.key().require(STEP, text, signature.signature());
        signed++;
      }
    }
    if (signed == 0) {
      throw new CheckFailed(
          STEP,
          "a signature by the log " + log.url() + " in its own name",
          note.signatures().size()
              + " of others under "
              + Printable.of(checkpoint.origin(), PRINTED));
    }
    return new LogCheckpoint(checkpoint, note.signatures().size() - signed);
  }

  /// Whether a key of this name signs for this origin: version 1 adds the number of its tree.
  private static boolean isName(String name, String origin) {
    return origin.equals(name) || origin.startsWith(name + " - ");
  }

  /// The key id by c2sp.org/signed-note, and for ECDSA by what Go's package of notes does.
  private static int keyId(String name, TransparencyLog log) {
    LogKey key = log.key();
    Digest id = key.id();
    if (key.isEd25519()) {
      // Behind the fixed head of a SubjectPublicKeyInfo stand the 32 bytes.
      id = hash(name, ED25519, "", key.der(), key.der().length - 32);
    } else if (key.isRsa()) {
      id = hash(name, OTHER, RSA, key.der(), 0);
    }
    return ByteBuffer.wrap(id.bytes()).getInt();
  }

  private static Digest hash(String name, int type, String kind, byte[] key, int from) {
    ByteArrayOutputStream hashed = new ByteArrayOutputStream();
    hashed.writeBytes(name.getBytes(StandardCharsets.UTF_8));
    hashed.write('\n');
    hashed.write(type);
    hashed.writeBytes(kind.getBytes(StandardCharsets.US_ASCII));
    hashed.write(key, from, key.length - from);
    return Digest.sha256(hashed.toByteArray());
  }
}
