package dev.vidimus.registry.decide;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.policy.FactSchema;
import dev.vidimus.policy.Facts;
import dev.vidimus.registry.question.Artifact;
import dev.vidimus.registry.statement.Examination;
import dev.vidimus.registry.store.Sql;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an artifact is made of, as facts. What was not looked for is unknown, which is not that
/// there is nothing.
final class Inventoried {
  private static final int LONGEST_LIST = 50;
  private static final List<String> LISTS =
      List.of("open", "sources", "lookAlikes", "licences", "widened", "contradictions");

  private final Sql sql;
  private final Artifact artifact;
  private final Facts.Builder facts;

  Inventoried(Sql sql, Artifact artifact, Facts.Builder facts) {
    this.sql = sql;
    this.artifact = artifact;
    this.facts = facts;
  }

  void add(Examination found, String envelope, Instant now) throws IOException, FormatException {
    JsonObject told = found.facts();
    if (!(told.get("packages") instanceof JsonNumber(String packages))
        || !(told.get("missing") instanceof JsonNumber(String missing))
        || !(told.get("parts") instanceof JsonNumber(String parts))) {
      return; // an examination that failed says nothing
    }
    facts.put(FactSchema.INVENTORY, "parts", Long.parseLong(parts));
    facts.put(FactSchema.INVENTORY, "packages", Long.parseLong(packages));
    facts.put(FactSchema.INVENTORY, "missing", Long.parseLong(missing));
    for (String list : LISTS) {
      facts.put(FactSchema.INVENTORY, list, FactFinder.texts(told.get(list)));
    }
    boolean hasPackages = !packages.equals("0");
    String newest = told.string("advisoriesOf");
    List<String> malware = FactFinder.texts(told.get("malware"));
    if (newest != null || !hasPackages || !malware.isEmpty()) {
      facts.put(FactSchema.INVENTORY, "malware", malware);
    }
    if (newest != null) {
      facts.put(FactSchema.INVENTORY, "vulnerable", FactFinder.texts(told.get("vulnerable")));
      facts.put(FactSchema.INVENTORY, "advisoriesAgeDays", age(newest, now));
    } else if (!hasPackages) { // nothing to be looked up
      facts.put(FactSchema.INVENTORY, "vulnerable", List.of());
      facts.put(FactSchema.INVENTORY, "advisoriesAgeDays", 0L);
    }
    List<String> unseen = unseen(told, hasPackages);
    if (unseen != null) {
      facts.put(FactSchema.INVENTORY, "unseen", unseen);
    }
    facts.evidence(FactSchema.INVENTORY, List.of(envelope));
  }

  private static long age(String newest, Instant now) throws FormatException {
    try {
      return Math.max(0, Duration.between(Instant.parse(newest), now).toDays());
    } catch (DateTimeParseException e) {
      throw new FormatException.Malformed("inspection: advisoriesOf", 0, newest);
    }
  }

  /// Packages that the version before did not name; of a first version none. Null if either has too
  /// many to be listed.
  private @Nullable List<String> unseen(JsonObject told, boolean hasPackages)
      throws IOException, FormatException {
    if (!hasPackages) {
      return List.of();
    }
    String before =
        sql.first(
            "SELECT i.body FROM submission s JOIN inspection i ON i.snapshot = s.snapshot"
                + " WHERE i.examiner = 'inventory' AND s.name = ? AND s.version < ?"
                + " ORDER BY s.version DESC LIMIT 1",
            row -> row.text(1),
            artifact.name(),
            artifact.version());
    if (before == null) {
      return List.of();
    }
    JsonObject other = Examination.read((JsonObject) Json.parse(before, "inspection")).facts();
    if (told.get("names") == null || other.get("names") == null) {
      return null;
    }
    List<String> unseen = new ArrayList<>(FactFinder.texts(told.get("names")));
    unseen.removeAll(new HashSet<>(FactFinder.texts(other.get("names"))));
    return unseen.subList(0, Math.min(LONGEST_LIST, unseen.size()));
  }
}
