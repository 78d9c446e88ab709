package dev.vidimus.cli.rules;

import dev.vidimus.artifact.Rule;
import dev.vidimus.inventory.bom.BomRule;
import dev.vidimus.inventory.card.CardRule;
import dev.vidimus.inventory.findings.DependencyRule;
import dev.vidimus.scan.RuleCatalogue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of all rooms.
public final class Catalogue {
  private Catalogue() {}

  /// Every rule, room by room.
  public static List<Rule> all() {
    List<Rule> rules = new ArrayList<>(RuleCatalogue.all());
    rules.addAll(List.of(DependencyRule.values()));
    rules.addAll(List.of(BomRule.values()));
    rules.addAll(List.of(CardRule.values()));
    return rules;
  }

  /// The rule of an id, or null.
  static @Nullable Rule find(String id) {
    for (Rule rule : all()) {
      if (rule.id().text().equals(id)) {
        return rule;
      }
    }
    return null;
  }
}
