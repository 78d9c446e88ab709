package dev.vidimus.scan.booster;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Judges models of LightGBM, which are text: whether the branches of every tree lead to nodes and
/// leaves that it has (`src/io/tree.cpp` takes that for granted).
public final class LightgbmScanner implements Scanner {
  private static final int LONGEST_LINE = 64 << 20;
  private static final int LONGEST_KEPT = 1 << 20;
  private static final int MOST_LEAVES = 1 << 24;
  private static final int LONGEST_NUMBER = 12;

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      new Model(new ByteCursor(target.bytes(), location.path())).read();
    } catch (FormatException e) {
      inspection.ended(location, e, BoosterRule.BROKEN);
    }
  }

  /// The lines of one model.
  private static final class Model {
    private final ByteCursor cursor;
    private final Map<String, Long> counts = new HashMap<>();
    private String tree = "";
    private long furthestNode;
    private long furthestLeaf;

    Model(ByteCursor cursor) {
      this.cursor = cursor;
    }

    void read() throws IOException, FormatException {
      while (cursor.hasRemaining()) {
        if (!line()) {
          break; // parameters and prose follow
        }
      }
      end();
    }

    /// @return false at the end of the trees
    private boolean line() throws IOException, FormatException {
      String line = text();
      if (line.equals("end of trees")) {
        return false;
      }
      int equals = line.indexOf('=');
      if (equals < 0) {
        return true;
      }
      String name = line.substring(0, equals);
      String value = line.substring(equals + 1);
      switch (name) {
        case "Tree" -> {
          end();
          tree = value;
        }
        case "num_leaves" -> counts.put(name, leaves(value));
        case "left_child", "right_child" -> counts.put(name, branches(name, value));
        default -> {}
      }
      return true;
    }

    private String text() throws IOException, FormatException {
      // The last line may lack its end.
      if (cursor.remaining() < LONGEST_KEPT && !hasLineEnd()) {
        byte[] rest = cursor.array("line", (int) cursor.remaining());
        return new String(rest, StandardCharsets.UTF_8);
      }
      String line = new String(cursor.line("line", LONGEST_LINE), StandardCharsets.UTF_8);
      return line.endsWith("\r") ? line.substring(0, line.length() - 1) : line;
    }

    private boolean hasLineEnd() throws IOException {
      byte[] last = cursor.bytes().array(cursor.size() - 1, 1);
      return last[0] == '\n';
    }

    private long leaves(String value) throws FormatException {
      long leaves = number("num_leaves", value.strip());
      if (leaves < 1 || leaves > MOST_LEAVES) {
        throw malformed("num_leaves", "is " + leaves);
      }
      return leaves;
    }

    /// Nodes count from 0, leaves from -1 down.
    private long branches(String name, String value) throws FormatException {
      long count = 0;
      int at = 0;
      while (at < value.length()) {
        int end = value.indexOf(' ', at);
        end = end < 0 ? value.length() : end;
        if (end > at) {
          long branch = number(name, value.substring(at, end));
          furthestNode = Math.max(furthestNode, branch);
          furthestLeaf = Math.max(furthestLeaf, -branch);
          count++;
        }
        at = end + 1;
      }
      return count;
    }

    private long number(String name, String text) throws FormatException {
      try {
        if (text.length() <= LONGEST_NUMBER) {
          return Long.parseLong(text);
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw malformed(name, "has a word that is no number");
    }

    private void end() throws FormatException {
      @Nullable Long leaves = counts.get("num_leaves");
      if (leaves != null && leaves > 1) {
        for (String side : new String[] {"left_child", "right_child"}) {
          long branches = counts.getOrDefault(side, 0L);
          if (branches != leaves - 1) {
            throw malformed(side, "has " + branches + " branches for " + leaves + " leaves");
          }
        }
        if (furthestNode >= leaves - 1 || furthestLeaf > leaves) {
          throw malformed("left_child", "or the other has a branch out of the tree");
        }
      }
      counts.clear();
      furthestNode = 0;
      furthestLeaf = 0;
    }

    private FormatException malformed(String name, String problem) {
      return cursor.malformed("tree " + tree + " " + name, problem);
    }
  }
}
