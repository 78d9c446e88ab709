package dev.vidimus.inventory.vex;

import dev.vidimus.artifact.json.JsonValue.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Reads the vulnerabilities of a document of CycloneDX that have an analysis. A property
/// `vidimus:expires` of a vulnerability is ours: the format has none.
final class CycloneDxVex {
  private static final String EXPIRES = "vidimus:expires";

  private CycloneDxVex() {}

  static void read(JsonObject document, String source, List<Statement> statements) {
    Map<String, String> purls = purls(document);
    JsonObject metadata = document.get("metadata") instanceof JsonObject one ? one : null;
    for (JsonObject one : Facts.objects(document, "vulnerabilities")) {
      if (!(one.get("analysis") instanceof JsonObject analysis)) {
        continue;
      }
      Statement.State state =
          switch (Facts.text(analysis, "state")) {
            case "not_affected", "false_positive" -> Statement.State.NOT_AFFECTED;
            case "resolved", "resolved_with_pedigree" -> Statement.State.FIXED;
            case "exploitable" -> Statement.State.AFFECTED;
            default -> Statement.State.UNDER_INVESTIGATION;
          };
      Set<String> ids = new TreeSet<>(Set.of(Facts.text(one, "id")));
      Facts.objects(one, "references").forEach(other -> ids.add(Facts.text(other, "id")));
      ids.remove("");
      List<String> packages = new ArrayList<>();
      List<JsonObject> affects = Facts.objects(one, "affects");
      for (JsonObject affected : affects) {
        packages.addAll(packages(affected, purls));
      }
      // What leads to no package must not become a statement about all of them.
      if (!ids.isEmpty() && (affects.isEmpty() || !packages.isEmpty())) {
        String reason = Facts.text(analysis, "justification");
        reason = reason.isEmpty() ? Facts.text(analysis, "detail") : reason;
        Instant at = Facts.time(Facts.text(metadata, "timestamp"));
        for (String member : List.of("firstIssued", "lastUpdated")) {
          Instant time = Facts.time(Facts.text(analysis, member));
          at = time == null ? at : time;
        }
        statements.add(new Statement(ids, packages, state, reason, at, expires(one), source));
      }
    }
  }

  private static @Nullable Instant expires(JsonObject one) {
    for (JsonObject property : Facts.objects(one, "properties")) {
      if (Facts.text(property, "name").equals(EXPIRES)) {
        return Facts.time(Facts.text(property, "value"));
      }
    }
    return null;
  }

  /// Package URLs by the identifiers of their parts.
  private static Map<String, String> purls(JsonObject document) {
    Map<String, String> purls = new HashMap<>();
    Deque<JsonObject> waiting = new ArrayDeque<>(Facts.objects(document, "components"));
    if (document.get("metadata") instanceof JsonObject metadata
        && metadata.get("component") instanceof JsonObject main) {
      waiting.add(main);
    }
    while (!waiting.isEmpty()) {
      JsonObject part = waiting.removeFirst();
      purls.put(Facts.text(part, "bom-ref"), Facts.text(part, "purl"));
      waiting.addAll(Facts.objects(part, "components"));
    }
    return purls;
  }

  /// One reference, which may be a part of this document, a link into another, or an address; with
  /// the versions that are said to be affected or not.
  private static List<String> packages(JsonObject affected, Map<String, String> purls) {
    String ref = Facts.text(affected, "ref");
    int hash = ref.startsWith("urn:cdx:") ? ref.indexOf('#') : -1;
    String named = hash < 0 ? ref : ref.substring(hash + 1);
    String purl = purls.getOrDefault(named, "");
    purl = purl.isEmpty() && named.startsWith("pkg:") ? named : purl;
    if (purl.isEmpty()) {
      return List.of();
    }
    List<String> packages = new ArrayList<>();
    boolean isOpen = purl.lastIndexOf('@') <= purl.lastIndexOf('/');
    for (JsonObject version : Facts.objects(affected, "versions")) {
      String exact = Facts.text(version, "version");
      if (isOpen && !exact.isEmpty()) {
        packages.add(purl + "@" + exact);
      }
    }
    return packages.isEmpty() ? List.of(purl) : packages;
  }
}
