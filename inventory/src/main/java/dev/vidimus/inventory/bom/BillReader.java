package dev.vidimus.inventory.bom;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.IOException;

/// Reads bills of materials of other programs and of this one.
public final class BillReader {
  private static final int MOST_PARTS = 1_000_000;

  private BillReader() {}

  /// A bill, and the document that it came from.
  ///
  /// @param check what is to be said of the document
  public record Read(Bill bill, BomCheck check) {}

  /// Reads CycloneDX 1.4 to 1.7 in JSON, or SPDX 3 in JSON-LD.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is neither, is not valid, or is over a limit
  /// @throws IOException if the bytes cannot be read
  public static Read read(Bytes bytes, String source) throws IOException, FormatException {
    JsonObject document = document(bytes, source);
    BomCheck check = BomCheck.of(document, source);
    if (!check.isValid()) {
      throw new FormatException.Malformed(source, 0, check.findings().getFirst().message());
    }
    Bill bill =
        document.get("bomFormat") == null
            ? SpdxReader.read(document, source)
            : CycloneDxReader.read(document, source);
    if (bill.parts().size() > MOST_PARTS) {
      throw new FormatException.LimitExceeded(source, 0, "more than " + MOST_PARTS + " parts");
    }
    return new Read(bill, check);
  }

  static JsonObject document(Bytes bytes, String source) throws IOException, FormatException {
    if (Json.parse(bytes, source, BomCheck.LIMITS) instanceof JsonObject object) {
      return object;
    }
    throw new FormatException.Unsupported(
        source, 0, "neither CycloneDX in JSON nor SPDX 3 in JSON-LD");
  }
}
