package dev.vidimus.evidence.ledger.note;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Text and its signatures, not verified yet (c2sp.org/signed-note).
///
/// @param text what is signed; ends in a line end
/// @param signatures at least one in a note that was read
public record Note(String text, List<NoteSignature> signatures) {
  /// What a signature line begins with: U+2014 and a space.
  static final String DASH = "\u2014 ";

  /// The largest note that is read, in bytes: a text of a few lines and 100 ML-DSA signatures.
  public static final int MOST_BYTES = 1 << 20;

  /// The most signature lines that are read; 16 at least must be.
  public static final int MOST_SIGNATURES = 100;

  /// Copies the list.
  public Note {
    signatures = List.copyOf(signatures);
  }

  /// Reads a note.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is not one, or over a limit
  public static Note parse(byte[] bytes, String source) throws FormatException {
    if (bytes.length > MOST_BYTES) {
      throw new FormatException.LimitExceeded(
          source + ": note", 0, bytes.length + " bytes, over the limit of " + MOST_BYTES);
    }
    String note = decode(bytes, source);
    // The text may hold empty lines, so the last one of the note ends it.
    int gap = note.lastIndexOf("\n\n");
    if (gap < 0) {
      throw new FormatException.Malformed(source + ": note", 0, "has no empty line");
    }
    String text = note.substring(0, gap + 1);
    List<NoteSignature> signatures = signatures(note.substring(gap + 2), source);
    if (signatures.isEmpty()) {
      throw new FormatException.Malformed(source + ": note", bytes.length, "has no signature");
    }
    return new Note(text, signatures);
  }

  /// Reads signature lines, as a witness returns them.
  ///
  /// @throws FormatException if one is not of that form
  public static List<NoteSignature> signatures(String lines, String source) throws FormatException {
    List<NoteSignature> signatures = new ArrayList<>();
    if (!lines.isEmpty() && !lines.endsWith("\n")) {
      throw malformed(source, 0, "does not end in a line end");
    }
    for (String line : lines.isEmpty() ? List.<String>of() : lines.lines().toList()) {
      if (signatures.size() == MOST_SIGNATURES) {
        throw new FormatException.LimitExceeded(
            source + ": signature", 0, "over the limit of " + MOST_SIGNATURES + " lines");
      }
      signatures.add(signature(line, source, signatures.size()));
    }
    return signatures;
  }

  private static NoteSignature signature(String line, String source, int at)
      throws FormatException {
    int space = line.lastIndexOf(' ');
    if (!line.startsWith(DASH) || space <= DASH.length()) {
      throw malformed(source, at, "is not an em dash, a name and base64");
    }
    try {
      return new NoteSignature(line.substring(DASH.length(), space), line.substring(space + 1));
    } catch (IllegalArgumentException e) {
      throw malformed(source, at, String.valueOf(e.getMessage()));
    }
  }

  private static FormatException malformed(String source, int line, String problem) {
    return new FormatException.Malformed(
        source + ": signature", 0, "line " + (line + 1) + " " + problem);
  }

  /// Not empty, without Unicode spaces and `+`.
  public static boolean isName(String name) {
    return !name.isEmpty()
        && name.codePoints()
            .noneMatch(c -> c == '+' || Character.isWhitespace(c) || Character.isSpaceChar(c));
  }

  private static String decode(byte[] bytes, String source) throws FormatException {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ' && bytes[i] != '\n') {
        throw new FormatException.Malformed(source + ": note", i, "is a control character");
      }
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new FormatException.Malformed(source + ": note", 0, "is not UTF-8");
    }
  }

  /// Requires a signature by one of the keys. Signatures by other keys are ignored; one that names
  /// a given key and is wrong spoils the note.
  ///
  /// @return the keys that signed, each once, in the order of `known`
  /// @throws CheckFailed if a signature of a known key is wrong, or there is none
  public List<VerifierKey> requireSignedBy(List<VerifierKey> known) throws CheckFailed {
    List<VerifierKey> signers = new ArrayList<>();
    for (VerifierKey key : known) {
      for (NoteSignature signature : signatures) {
        if (signature.isBy(key)) {
          key.requireSignature(text, signature);
          if (!signers.contains(key)) {
            signers.add(key);
          }
        }
      }
    }
    if (signers.isEmpty()) {
      throw new CheckFailed(
          "note signature",
          "one by " + String.join(" or ", known.stream().map(VerifierKey::label).toList()),
          signatures.size() + " by other keys");
    }
    return signers;
  }

  /// The note with one more signature at its end.
  public Note with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new Note(text, more);
  }

  /// The note as it is stored.
  public byte[] bytes() {
    return toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }
}
