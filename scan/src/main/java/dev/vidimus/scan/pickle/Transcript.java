package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Location;
import dev.vidimus.scan.inspection.Inspection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The readable reconstruction of a stream: imports and calls in the order of execution. Calls of
/// known names are only counted.
sealed interface Transcript {
  /// An import, shown once for each name.
  void imports(long at, Meaning meaning);

  /// A call of a known name.
  void called(String path);

  /// Any other effect, as Python.
  void line(long at, String expression);

  /// Ends the stream.
  void end();

  /// Nobody asked.
  record Silent() implements Transcript {
    @Override
    public void imports(long at, Meaning meaning) {}

    @Override
    public void called(String path) {}

    @Override
    public void line(long at, String expression) {}

    @Override
    public void end() {}
  }

  /// For `--explain`.
  final class Written implements Transcript {
    private static final int MOST = 10_000;

    private final Inspection inspection;
    private final Location location;
    private final Set<Meaning> imported = new HashSet<>();
    private final Map<String, Integer> calls = new LinkedHashMap<>();
    private int lines;

    Written(Inspection inspection, Location location) {
      this.inspection = inspection;
      this.location = location;
    }

    @Override
    public void imports(long at, Meaning meaning) {
      if (imported.size() < MOST && imported.add(meaning)) {
        line(at, "import " + meaning.shown());
      }
    }

    @Override
    public void called(String path) {
      if (calls.size() < MOST || calls.containsKey(path)) {
        calls.merge(path, 1, Integer::sum);
      }
    }

    @Override
    public void line(long at, String expression) {
      if (lines++ < MOST) {
        inspection.explain(location.at(at), expression);
      }
    }

    @Override
    public void end() {
      calls.forEach(
          (path, count) ->
              inspection.explain(
                  location, "# " + count + (count == 1 ? " call of " : " calls of ") + path));
      if (lines > MOST) {
        inspection.explain(location, "# … and " + (lines - MOST) + " lines more");
      }
    }
  }
}
