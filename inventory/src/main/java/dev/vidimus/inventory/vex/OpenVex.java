package dev.vidimus.inventory.vex;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Reads documents of [OpenVEX](https://github.com/openvex/spec). A member `expires` of a statement
/// is ours: the format has none.
final class OpenVex {
  private static final int SHOWN = 80;

  private OpenVex() {}

  static void read(JsonObject document, String source, List<Statement> statements)
      throws FormatException {
    String context = Facts.text(document, "@context");
    if (!context.startsWith("https://openvex.dev/ns")) {
      throw new FormatException.Unsupported(
          source + ": @context", 0, Printable.of(context, SHOWN) + " is not that of OpenVEX");
    }
    for (JsonObject one : Facts.objects(document, "statements")) {
      statements.add(statement(document, one, source));
    }
  }

  private static Statement statement(JsonObject document, JsonObject one, String source)
      throws FormatException {
    Set<String> ids = new TreeSet<>();
    if (one.get("vulnerability") instanceof JsonObject vulnerability) {
      ids.add(Facts.text(vulnerability, "name"));
      ids.addAll(Facts.strings(vulnerability, "aliases"));
      String id = Facts.text(vulnerability, "@id");
      ids.add(id.substring(id.lastIndexOf('/') + 1));
    } else {
      ids.add(Facts.text(one, "vulnerability")); // as it was before version 0.2
    }
    ids.remove("");
    Statement.State state =
        switch (Facts.text(one, "status")) {
          case "not_affected" -> Statement.State.NOT_AFFECTED;
          case "fixed" -> Statement.State.FIXED;
          case "under_investigation" -> Statement.State.UNDER_INVESTIGATION;
          case "affected" -> Statement.State.AFFECTED;
          default ->
              throw new FormatException.Malformed(
                  source + ": status", 0, Printable.of(Facts.text(one, "status"), SHOWN));
        };
    List<String> packages = packages(one);
    if (packages.isEmpty() || ids.isEmpty()) {
      throw new FormatException.Malformed(
          source + ": statement", 0, "names no vulnerability or no product");
    }
    String reason = Facts.text(one, "justification");
    reason = reason.isEmpty() ? Facts.text(one, "impact_statement") : reason;
    Instant at = null;
    for (JsonObject object : List.of(document, one)) {
      for (String member : List.of("timestamp", "last_updated")) {
        Instant time = Facts.time(Facts.text(object, member));
        at = time == null ? at : time;
      }
    }
    Instant expires = Facts.time(Facts.text(one, "expires"));
    return new Statement(ids, packages, state, reason, at, expires, source);
  }

  /// Parts of products where they are named, else the products.
  private static List<String> packages(JsonObject one) {
    List<String> packages = new ArrayList<>();
    for (JsonValue product : Facts.values(one, "products")) {
      if (product instanceof JsonString(String text)) {
        packages.add(text);
      } else if (product instanceof JsonObject object) {
        List<JsonObject> parts = Facts.objects(object, "subcomponents");
        for (JsonObject part : parts.isEmpty() ? List.of(object) : parts) {
          String purl =
              part.get("identifiers") instanceof JsonObject names ? Facts.text(names, "purl") : "";
          packages.add(purl.isEmpty() ? Facts.text(part, "@id") : purl);
        }
      }
    }
    packages.remove("");
    return packages;
  }
}
