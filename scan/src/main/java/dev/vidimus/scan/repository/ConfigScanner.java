package dev.vidimus.scan.repository;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.booster.BoosterRule;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Judges JSON by what loaders of models do with its members: configurations, tokenizers, indexes.
final class ConfigScanner implements Scanner {
  private final Scanner keras;
  private final Scanner skops;

  ConfigScanner(Scanner keras, Scanner skops) {
    this.keras = keras;
    this.skops = skops;
  }

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    String name = target.name().toLowerCase(Locale.ROOT);
    if (name.endsWith(".jsonl") || name.endsWith(".ndjson")) {
      return; // records of data, one a line; no loader acts upon them
    }
    Location location = target.location();
    ConfigRules rules = new ConfigRules(name, location, inspection);
    List<JsonWalk.Visitor> visitors = new ArrayList<>();
    visitors.add(rules);
    visitors.add(new ConfigReferences(name, location, inspection));
    TokenizerRules tokens = TokenizerRules.of(location, inspection);
    if (TokenizerRules.concern(name)) {
      visitors.add(tokens);
    }
    try (JsonReader json = open(target)) {
      JsonWalk.walk(json, visitors);
      tokens.end();
    } catch (FormatException e) {
      inspection.notExamined(target.location().at(e.offset()), "JSON: " + e.problem());
      return;
    }
    otherLanguages(rules.languages(), target, inspection);
  }

  private static JsonReader open(Target target) throws IOException, FormatException {
    return new JsonReader(
        target.bytes(), target.location().path(), JsonLimits.DEFAULT, JsonReader.Dialect.PYTHON);
  }

  private void otherLanguages(Languages languages, Target target, Inspection inspection)
      throws IOException {
    if (languages.isKeras()) {
      keras.scan(target, inspection);
    }
    if (languages.isSkops()) {
      skops.scan(target, inspection);
    }
    if (languages.isXgboost()) {
      try (JsonReader json = open(target)) {
        XgboostJson.check(json, target.location().path());
      } catch (FormatException e) {
        inspection.ended(target.location(), e, BoosterRule.BROKEN);
      }
    }
  }
}
