package dev.vidimus.scan.repository;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.Locale;

/// Judges JSON by what loaders of models do with its members: configurations, tokenizers, indexes.
final class ConfigScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    String name = target.name().toLowerCase(Locale.ROOT);
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return; // records of data, one a line; no loader acts upon them
    }
    ConfigRules rules = new ConfigRules(name, target.location(), inspection);
    try (JsonReader json =
        new JsonReader(target.bytes(), target.location().path(), JsonLimits.DEFAULT)) {
      JsonWalk.walk(json, rules, new ConfigReferences(name, target.location(), inspection));
    } catch (FormatException e) {
      inspection.notExamined(target.location().at(e.offset()), "JSON: " + e.problem());
    }
  }
}
