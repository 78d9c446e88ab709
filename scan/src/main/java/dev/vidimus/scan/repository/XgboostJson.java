package dev.vidimus.scan.repository;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.scan.booster.XgboostTrees;
import java.io.IOException;
import java.util.List;

/// Goes through the trees of a model of XGBoost in JSON.
final class XgboostJson implements JsonWalk.Visitor {
  private final XgboostTrees trees;

  private XgboostJson(XgboostTrees trees) {
    this.trees = trees;
  }

  /// @throws FormatException at the first tree that breaks the format
  static void check(JsonReader json, String source) throws IOException, FormatException {
    XgboostTrees trees = new XgboostTrees(source);
    JsonWalk.walk(json, List.of(new XgboostJson(trees)));
    trees.end();
  }

  @Override
  public void text(List<String> path, String text, long at) {}

  @Override
  public void other(List<String> path, JsonReader.Kind kind, boolean value, long at) {}

  @Override
  public boolean hearsNumbers() {
    return true;
  }

  @Override
  public void number(List<String> path, String text, long at) throws FormatException {
    try {
      trees.number(path, Double.parseDouble(text), at);
    } catch (NumberFormatException e) {
      throw new FormatException.Malformed("number", at, "is " + text);
    }
  }
}
