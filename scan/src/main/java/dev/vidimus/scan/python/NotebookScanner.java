package dev.vidimus.scan.python;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonReader;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.formats.python.PyReader;
import dev.vidimus.scan.inspection.Inspection;
import dev.vidimus.scan.inspection.Scanner;
import dev.vidimus.scan.inspection.Target;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Judges the cells of a notebook that are code. No loader runs them; people do, one after the
/// other. Lines for the shell and the magic of the notebook itself are passed over.
public final class NotebookScanner implements Scanner {
  /// Outputs with pictures make notebooks large; as a tree they cost a multiple.
  private static final JsonLimits LIMITS = new JsonLimits(16L << 20, 64, 1 << 12, 8 << 20, 400);

  @Override
  public void scan(Target target, Inspection inspection) throws IOException {
    Location location = target.location();
    try {
      JsonValue notebook =
          Json.parse(target.bytes(), location.path(), LIMITS, JsonReader.Dialect.PYTHON);
      if (notebook instanceof JsonObject whole && whole.get("cells") instanceof JsonArray cells) {
        cells(cells.elements(), location, inspection);
      } else {
        inspection.notExamined(location, "a notebook without cells");
      }
    } catch (FormatException e) {
      inspection.notExamined(location.at(e.offset()), "notebook: " + e.problem());
    }
  }

  private static void cells(List<JsonValue> cells, Location location, Inspection inspection) {
    int number = 0;
    for (JsonValue value : cells) {
      number++;
      if (!(value instanceof JsonObject cell) || !"code".equals(cell.string("cell_type"))) {
        continue;
      }
      Location place = location.inside("cell " + number);
      String source = source(cell.get("source"));
      if (source.stripLeading().startsWith("%%")) {
        continue; // a cell of another language
      }
      try {
        new PythonJudge(PyReader.read(withoutMagic(source), "cell"), place, inspection)
            .judge(false);
      } catch (FormatException e) {
        inspection.notExamined(
            place, "Python: " + Printable.of(e.where() + ": " + e.problem(), 200));
      }
    }
  }

  private static String source(@Nullable JsonValue value) {
    if (value instanceof JsonString(String text)) {
      return text;
    }
    StringBuilder out = new StringBuilder();
    if (value instanceof JsonArray lines) {
      for (JsonValue line : lines.elements()) {
        out.append(line instanceof JsonString(String text) ? text : "");
      }
    }
    return out.toString();
  }

  private static String withoutMagic(String source) {
    StringBuilder out = new StringBuilder(source.length());
    for (String line : source.split("\n", -1)) {
      String bare = line.stripLeading();
      boolean isMagic = bare.startsWith("!") || bare.startsWith("%") || bare.startsWith("?");
      String indent = line.substring(0, line.length() - bare.length());
      out.append(isMagic ? indent + "pass" : line);
      out.append('\n');
    }
    return out.toString();
  }
}
