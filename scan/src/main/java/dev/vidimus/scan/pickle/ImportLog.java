package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The imports that are findings of their own, once for each name, unless a call of the same name
/// already says more.
final class ImportLog {
  private static final int MOST = 100;

  private final Location location;
  private final Map<Meaning, Long> first = new LinkedHashMap<>();
  private final Set<Meaning> explained = new HashSet<>();

  ImportLog(Location location) {
    this.location = location;
  }

  void add(long at, Meaning meaning) {
    if (!(meaning instanceof Meaning.Known) && first.size() < MOST) {
      first.putIfAbsent(meaning, at);
    }
  }

  /// A finding about a call names the import too.
  void explained(Meaning meaning) {
    explained.add(meaning);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    first.forEach(
        (meaning, at) -> {
          if (!explained.contains(meaning)) {
            findings.add(finding(meaning, at));
          }
        });
    return findings;
  }

  private Finding finding(Meaning meaning, long at) {
    return switch (meaning) {
      case Meaning.Unknown(String path) ->
          PickleRule.UNKNOWN_IMPORT.at(
              location.at(at), "imports " + path + ", which is not known to be inert", path);
      case Meaning.Dangerous(String path, String danger) ->
          PickleRule.DANGEROUS_IMPORT.at(location.at(at), "imports " + path + ": " + danger, path);
      case Meaning.Known known -> throw new IllegalStateException("known names are no finding");
      case Meaning.Made made -> throw new IllegalStateException("what was made is no import");
      case Meaning.Method method -> throw new IllegalStateException("what was made is no import");
      case Meaning.Encoded text -> throw new IllegalStateException("what was made is no import");
      case Meaning.Dtype dtype -> throw new IllegalStateException("what was made is no import");
    };
  }
}
