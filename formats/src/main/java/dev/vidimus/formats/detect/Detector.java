package dev.vidimus.formats.detect;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.formats.pickle.PickleProbe;
import dev.vidimus.formats.tensorflow.CheckpointIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Looks at the first and last bytes, and only then at the name.
///
/// It reads at most the first 4 KiB and the last 64 KiB, whatever the size. Content decides: every
/// format whose loaders would accept these bytes is a reading. The name has a say in two cases:
/// it tells kinds of text apart, and bytes that look like nothing known are judged as what their
/// name claims, because that is how a loader would open them.
public final class Detector {
  private static final int HEAD = 4096;

  /// Every kind of weights goes by this extension, so it disagrees with none.
  private static final String GENERIC = "bin";

  private Detector() {}

  /// Every format that the bytes could plausibly be read as.
  ///
  /// @param name base name with extension: a second opinion
  public static Detection detect(Bytes bytes, String name) throws IOException {
    NameClaim claim = NameClaim.of(name);
    List<Format> found = byContent(bytes, claim);
    return new Detection(found, disagreement(found, claim));
  }

  /// True if a loader of models would open a file of this name as its extension says, whatever the
  /// content: `model.pt`, but not `notes.md` or `tool.exe`.
  public static boolean isModelName(String name) {
    return NameClaim.of(name).isModel();
  }

  private static List<Format> byContent(Bytes bytes, NameClaim claim) throws IOException {
    if (bytes.size() == 0) {
      return List.of(Format.EMPTY);
    }
    byte[] head = bytes.head(HEAD);
    List<Format> found = new ArrayList<>(2);
    Signatures.addTo(found, head);
    Heads.addTo(found, head, bytes.size());
    if (isBinaryPickle(head) || (found.isEmpty() && PickleProbe.plausible(bytes))) {
      found.add(Format.PICKLE);
    }
    if (!found.contains(Format.ZIP) && ZipTail.present(bytes)) {
      found.add(Format.ZIP);
    }
    if (found.isEmpty() && CheckpointIndex.isTable(bytes)) {
      found.add(Format.TENSORFLOW_INDEX);
    }
    if (found.isEmpty() || (found.equals(List.of(Format.ZIP)) && TextHead.isScript(head))) {
      found.add(withoutSignature(head, claim));
    }
    if (found.equals(List.of(Format.MEDIA)) && claim.isModel()) {
      found.addFirst(claim.formats().getFirst()); // a picture that a loader would open as a model
    }
    return found;
  }

  private static boolean isBinaryPickle(byte[] head) {
    return head.length >= 2 && (head[0] & 0xff) == 0x80 && head[1] >= 0 && head[1] <= 5;
  }

  /// Text of some kind, or what the name claims, or unknown.
  private static Format withoutSignature(byte[] head, NameClaim claim) {
    if (TextHead.isScript(head)) {
      return Format.SCRIPT;
    }
    if (TextHead.isHtml(head) && !claim.formats().contains(Format.TEXT)) {
      return Format.HTML;
    }
    boolean isGeneric = claim.extension().equals(GENERIC);
    if (claim.isModel() && !(isGeneric && TextHead.isUtf8(head))) {
      return claim.formats().getFirst();
    }
    if (isGeneric) {
      return Format.TEXT; // a text that happens to be called data
    }
    if (TextHead.isUtf8(head)) {
      return textKind(head, claim);
    }
    if (claim.formats().contains(Format.TEXT) && TextHead.isLatin(head)) {
      return Format.TEXT;
    }
    return Format.UNKNOWN;
  }

  private static Format textKind(byte[] head, NameClaim claim) {
    if (claim.isTextual()) {
      return claim.textual();
    }
    if (TextHead.isXml(head)) {
      return Format.XML;
    }
    if (TextHead.isJson(head)) {
      return Format.JSON;
    }
    // Frameworks put short notes without an extension into their archives: `version`, `byteorder`.
    return claim.extension().isEmpty() ? Format.TEXT : Format.OTHER_TEXT;
  }

  private static List<Format> disagreement(List<Format> found, NameClaim claim) {
    if (claim.formats().isEmpty() || claim.extension().equals(GENERIC)) {
      return List.of();
    }
    for (Format format : found) {
      if (claim.formats().contains(format)) {
        return List.of();
      }
    }
    return claim.formats();
  }
}
