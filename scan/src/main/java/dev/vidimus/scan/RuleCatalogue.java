package dev.vidimus.scan;

import dev.vidimus.artifact.Rule;
import dev.vidimus.artifact.RuleId;
import dev.vidimus.scan.archive.ArchiveRule;
import dev.vidimus.scan.booster.BoosterRule;
import dev.vidimus.scan.content.ContentRule;
import dev.vidimus.scan.graph.OnnxRule;
import dev.vidimus.scan.keras.Hdf5Rule;
import dev.vidimus.scan.keras.KerasRule;
import dev.vidimus.scan.operator.OperatorRule;
import dev.vidimus.scan.pickle.PickleRule;
import dev.vidimus.scan.python.PythonRule;
import dev.vidimus.scan.python.TorchScriptRule;
import dev.vidimus.scan.rds.RdsRule;
import dev.vidimus.scan.repository.RepositoryRule;
import dev.vidimus.scan.repository.TokenizerRule;
import dev.vidimus.scan.repository.YamlRule;
import dev.vidimus.scan.skops.SkopsRule;
import dev.vidimus.scan.template.TemplateRule;
import dev.vidimus.scan.tensor.TensorRule;
import dev.vidimus.scan.tensorflow.TensorflowRule;
import dev.vidimus.scan.tensorflow.TfliteRule;
import dev.vidimus.scan.whole.GraphRule;
import dev.vidimus.scan.xml.XmlRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All rules of this room: the one place that knows every catalogue.
public final class RuleCatalogue {
  private RuleCatalogue() {}

  /// Every rule, area by area, each in the order of its numbers.
  public static List<Rule> all() {
    List<Rule> rules = new ArrayList<>();
    rules.addAll(List.of(PickleRule.values()));
    rules.addAll(List.of(ArchiveRule.values()));
    rules.addAll(List.of(TensorRule.values()));
    rules.addAll(List.of(OnnxRule.values()));
    rules.addAll(List.of(KerasRule.values()));
    rules.addAll(List.of(Hdf5Rule.values()));
    rules.addAll(List.of(TensorflowRule.values()));
    rules.addAll(List.of(TfliteRule.values()));
    rules.addAll(List.of(SkopsRule.values()));
    rules.addAll(List.of(RdsRule.values()));
    rules.addAll(List.of(BoosterRule.values()));
    rules.addAll(List.of(OperatorRule.values()));
    rules.addAll(List.of(XmlRule.values()));
    rules.addAll(List.of(ContentRule.values()));
    rules.addAll(List.of(TemplateRule.values()));
    rules.addAll(List.of(RepositoryRule.values()));
    rules.addAll(List.of(YamlRule.values()));
    rules.addAll(List.of(TokenizerRule.values()));
    rules.addAll(List.of(PythonRule.values()));
    rules.addAll(List.of(TorchScriptRule.values()));
    rules.addAll(List.of(GraphRule.values()));
    rules.addAll(List.of(TreeRule.values()));
    return rules;
  }

  /// The rule of an id, or null.
  public static @Nullable Rule find(String id) {
    // Most findings are of one area; the other catalogues are then not even loaded.
    if (id.startsWith("VID-PICKLE-")) {
      return find(id, PickleRule.values());
    }
    for (Rule rule : all()) {
      if (rule.id().text().equals(id)) {
        return rule;
      }
    }
    return null;
  }

  /// The title of a rule that a finding names.
  ///
  /// @throws IllegalArgumentException if no catalogue has it
  public static String title(RuleId id) {
    Rule rule = find(id.text());
    if (rule == null) {
      throw new IllegalArgumentException("no catalogue has the rule " + id);
    }
    return rule.title();
  }

  private static @Nullable Rule find(String id, Rule[] rules) {
    for (Rule rule : rules) {
      if (rule.id().text().equals(id)) {
        return rule;
      }
    }
    return null;
  }
}
