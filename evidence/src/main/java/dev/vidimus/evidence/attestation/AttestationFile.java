package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.Members;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The attestations of a file: one bundle or envelope, one on each line ([in-toto
/// bundle](https://github.com/in-toto/attestation/blob/main/spec/v1/bundle.md)), or npm's list
/// `{"attestations":[{"predicateType":…,"bundle":…}]}`.
final class AttestationFile {
  private static final int MOST_BYTES = 64 << 20;
  private static final int MOST = 1_000;
  private static final JsonLimits LIMITS = new JsonLimits(MOST_BYTES, 64, 1 << 12, MOST_BYTES, 64);

  private AttestationFile() {}

  /// @throws FormatException if it is too large, or no such file
  static List<Attestation> read(Path file) throws FormatException, IOException {
    byte[] content;
    try (Bytes bytes = FileBytes.open(file)) {
      if (bytes.size() > MOST_BYTES) {
        throw new FormatException.LimitExceeded(
            file.toString(), 0, bytes.size() + " bytes, over " + MOST_BYTES);
      }
      content = bytes.head((int) bytes.size());
    }
    return read(content, file.toString());
  }

  static List<Attestation> read(byte[] content, String where) throws FormatException, IOException {
    List<Attestation> lines = lines(content);
    if (lines.isEmpty()) {
      throw new FormatException.Malformed(where, 0, "is empty");
    }
    // A document over several lines does not end on its first.
    if (lines.size() == 1 || !isDocument(lines.getFirst().json())) {
      return ofDocument(content, where);
    }
    if (lines.size() > MOST) {
      throw new FormatException.LimitExceeded(where, 0, "more than " + MOST + " lines");
    }
    return lines;
  }

  /// Lines that are not blank, until there are too many.
  private static List<Attestation> lines(byte[] content) {
    List<Attestation> lines = new ArrayList<>();
    int number = 1;
    int start = 0;
    for (int i = 0; i <= content.length && lines.size() <= MOST; i++) {
      if (i == content.length || content[i] == '\n') {
        byte[] line = Arrays.copyOfRange(content, start, i);
        if (!isBlank(line)) {
          lines.add(new Attestation("line " + number, "", Bytes.of(line)));
        }
        number++;
        start = i + 1;
      }
    }
    return lines;
  }

  private static boolean isBlank(byte[] line) {
    for (byte b : line) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }

  private static boolean isDocument(Bytes line) throws IOException {
    try {
      return Json.parse(line, "line", LIMITS) instanceof JsonObject;
    } catch (FormatException e) {
      return false;
    }
  }

  private static List<Attestation> ofDocument(byte[] content, String where)
      throws FormatException, IOException {
    Members document = Members.of(Json.parse(Bytes.of(content), where, LIMITS), where);
    if (!document.has("attestations")) {
      return List.of(new Attestation("", "", Bytes.of(content)));
    }
    List<JsonValue> elements = document.array("attestations");
    if (elements.isEmpty() || elements.size() > MOST) {
      throw new FormatException.LimitExceeded(
          where + ".attestations",
          0,
          elements.size() + " attestations; 1 to " + MOST + " are read");
    }
    List<Attestation> attestations = new ArrayList<>();
    for (int i = 0; i < elements.size(); i++) {
      String place = "attestations[" + i + "]";
      Members element = Members.of(elements.get(i), where + "." + place);
      byte[] bundle = Json.text(element.object("bundle").object()).getBytes(StandardCharsets.UTF_8);
      attestations.add(new Attestation(place, element.string("predicateType"), Bytes.of(bundle)));
    }
    return attestations;
  }
}
