package dev.vidimus.scan.booster;

import dev.vidimus.artifact.FormatException;
import java.util.List;

/// Proves that the branches of XGBoost's trees lead to nodes of the same tree, which the library
/// takes for granted
// ([schema](https://xgboost.readthedocs.io/en/stable/tutorials/saving_model.html)).
public final class XgboostTrees {
  private static final String LEFT = "left_children";
  private static final String RIGHT = "right_children";

  private final String source;
  private String tree = "";
  private long left;
  private long right;
  private double furthest;
  private long furthestAt;

  /// @param source name of the file in errors
  public XgboostTrees(String source) {
    this.source = source;
  }

  /// True if a member is of a model of XGBoost.
  ///
  /// @param path names of the members around a value, outermost first
  public static boolean isModel(List<String> path) {
    return path.size() > 2
        && path.getFirst().equals("learner")
        && (path.get(1).equals("gradient_booster") || path.get(1).equals("learner_model_param"));
  }

  /// Takes an element of an array.
  ///
  /// @param path of the array
  /// @throws FormatException if the tree before this one breaks the format, or a branch does
  public void number(List<String> path, double value, long at) throws FormatException {
    int size = path.size();
    if (size < 3 || !path.get(size - 3).equals("trees")) {
      return;
    }
    String name = path.getLast();
    boolean isLeft = name.equals(LEFT);
    if (!isLeft && !name.equals(RIGHT)) {
      return;
    }
    if (!path.get(size - 2).equals(tree)) {
      end();
      tree = path.get(size - 2);
    }
    if (value < -1 || value != Math.rint(value)) {
      throw malformed(name, at, "has a branch to " + value);
    }
    left += isLeft ? 1 : 0;
    right += isLeft ? 0 : 1;
    if (value > furthest) {
      furthest = value;
      furthestAt = at;
    }
  }

  /// Ends the last tree.
  public void end() throws FormatException {
    if (left != right) {
      throw malformed(RIGHT, furthestAt, "has " + right + " branches but " + left + " on the left");
    }
    if (furthest >= left && furthest > 0) {
      throw malformed(LEFT, furthestAt, "has a branch to " + furthest + " of " + left + " nodes");
    }
    left = 0;
    right = 0;
    furthest = 0;
  }

  private FormatException malformed(String name, long at, String problem) {
    return new FormatException.Malformed(source + ": tree " + tree + " " + name, at, problem);
  }
}
