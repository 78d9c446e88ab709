package dev.vidimus.inventory.vex;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Statements of any number of documents.
///
/// @param statements in the order of the documents
/// @param now the time by which they expire
/// @param oldest how long statements count that say when they were made
public record Vex(List<Statement> statements, Instant now, Duration oldest) {
  private static final JsonLimits LIMITS = new JsonLimits(64L << 20, 128, 1 << 12, 1 << 20, 1_000);
  private static final int MOST = 100_000;

  public Vex {
    statements = List.copyOf(statements);
  }

  /// Nobody says anything.
  public static Vex none() {
    return new Vex(List.of(), Instant.EPOCH, Duration.ZERO);
  }

  /// Reads a document of OpenVEX or CycloneDX.
  ///
  /// @param source its name in errors and findings
  /// @throws FormatException if it is neither, or over a limit
  public static List<Statement> read(Bytes bytes, String source)
      throws IOException, FormatException {
    if (Json.parse(bytes, source, LIMITS) instanceof JsonObject document) {
      List<Statement> statements = new ArrayList<>();
      if (document.get("statements") != null) {
        OpenVex.read(document, source, statements);
      } else if (document.get("bomFormat") != null) {
        CycloneDxVex.read(document, source, statements);
      } else {
        throw new FormatException.Unsupported(source, 0, "neither OpenVEX nor CycloneDX");
      }
      if (statements.size() > MOST) {
        throw new FormatException.LimitExceeded(source, 0, "more than " + MOST + " statements");
      }
      return statements;
    }
    throw new FormatException.Unsupported(source, 0, "neither OpenVEX nor CycloneDX");
  }

  /// What is said of a vulnerability in a package: the latest statement, of several of one time
  /// the one that matters most. Null if nothing is said.
  ///
  /// @param ids of the vulnerability and its aliases
  /// @param purl of the package with its version
  public @Nullable Statement about(Set<String> ids, String purl) {
    return statements.stream()
        .filter(one -> one.speaksOf(ids, purl))
        .max(
            Comparator.comparing((Statement one) -> one.at() == null ? Instant.MIN : one.at())
                .thenComparing(Statement::state))
        .orElse(null);
  }
}
