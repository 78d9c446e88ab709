package dev.vidimus.scan.repository;

import dev.vidimus.scan.booster.XgboostTrees;
import java.util.List;

/// Notices in which libraries' terms a document of JSON is written, whatever its name.
final class Languages {
  private boolean isKeras;
  private boolean isSkops;
  private boolean isXgboost;

  /// Takes a text by the way to it.
  void text(List<String> path) {
    if (path.isEmpty()) {
      return;
    }
    String name = path.getLast();
    isKeras |= name.equals("class_name") || name.equals("registered_name");
    isSkops |= path.size() == 1 && name.equals("__loader__");
    isXgboost |= XgboostTrees.isModel(path);
  }

  /// True if objects name their classes as Keras does.
  boolean isKeras() {
    return isKeras;
  }

  /// True if the document is a schema of skops.
  boolean isSkops() {
    return isSkops;
  }

  /// True if the document is a model of XGBoost.
  boolean isXgboost() {
    return isXgboost;
  }
}
