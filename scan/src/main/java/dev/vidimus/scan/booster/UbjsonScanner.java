package dev.vidimus.scan.booster;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.formats.ubjson.UbjsonListener;
import dev.vidimus.formats.ubjson.UbjsonReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges models of XGBoost in UBJSON.
public final class UbjsonScanner implements Scanner {
  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    Judge judge = new Judge(location.path());
    try {
      UbjsonReader.read(target.bytes(), location.path(), judge);
      judge.end();
      if (!judge.isModel) {
        inspection.notExamined(location, "UBJSON of a kind that is not known");
      }
    } catch (FormatException e) {
      inspection.ended(location, e, BoosterRule.BROKEN);
    }
  }

  private static final class Judge implements UbjsonListener {
    private final XgboostTrees trees;
    private @Nullable FormatException broken;
    private boolean isModel;

    Judge(String source) {
      this.trees = new XgboostTrees(source);
    }

    @Override
    public void text(List<String> path, String text, long offset) {
      isModel |= XgboostTrees.isModel(path) || XgboostTrees.isModel(inner(path));
    }

    /// A pickled booster keeps its model one level further in.
    private static List<String> inner(List<String> path) {
      return path.isEmpty() ? path : path.subList(1, path.size());
    }

    @Override
    public void number(List<String> path, double value, long offset) {
      try {
        if (broken == null) {
          trees.number(path, value, offset);
        }
      } catch (FormatException e) {
        broken = e;
      }
    }

    void end() throws FormatException {
      if (broken != null) {
        throw broken;
      }
      trees.end();
    }
  }
}
