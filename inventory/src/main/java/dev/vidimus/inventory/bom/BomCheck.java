package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.IOException;
import java.util.List;

/// What is to be said of a bill of materials.
///
/// @param format such as `CycloneDX 1.6` or `SPDX 3.0.1`
/// @param findings in the order in which they were found
public record BomCheck(String format, List<Finding> findings) {
  /// Wide enough for the bills of whole systems, and no deeper than any has to be.
  static final JsonLimits LIMITS = new JsonLimits(64L << 20, 128, 1 << 12, 16 << 20, 1_000);

  public BomCheck {
    findings = List.copyOf(findings);
  }

  /// Whether the document is one.
  public boolean isValid() {
    return findings.stream().noneMatch(finding -> finding.implies() == Verdict.INVALID);
  }

  /// Reads and checks a document.
  ///
  /// @param source its name in errors and findings
  /// @throws FormatException if it is no JSON, is over a limit, or of no format that is known
  /// @throws IOException if the bytes cannot be read
  public static BomCheck of(Bytes bytes, String source) throws IOException, FormatException {
    return of(BillReader.document(bytes, source), source);
  }

  static BomCheck of(JsonObject object, String source) throws FormatException {
    if (object.get("bomFormat") != null || object.get("specVersion") != null) {
      return CycloneDxCheck.of(object, source);
    }
    if (object.get("@graph") != null || object.get("@context") != null) {
      return SpdxCheck.of(object, source);
    }
    throw new FormatException.Unsupported(
        source, 0, "neither CycloneDX in JSON nor SPDX 3 in JSON-LD");
  }
}
