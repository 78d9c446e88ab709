package dev.vidimus.server.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The shape of a path: literal segments, `{name}` for one segment, and as the last one `{name+}`
/// for one or more. A segment is decoded after the path is split, so that `%2F` in a value stays
/// part of it.
public final class PathPattern {
  private final String text;
  private final List<String> segments;
  private final boolean greedy;

  private PathPattern(String text, List<String> segments, boolean greedy) {
    this.text = text;
    this.segments = segments;
    this.greedy = greedy;
  }

  /// @param text such as `/api/v1/artifacts/{ref}`
  public static PathPattern of(String text) {
    List<String> segments = split(text);
    return new PathPattern(text, segments, !segments.isEmpty() && isGreedy(segments.getLast()));
  }

  private static boolean isGreedy(String segment) {
    return segment.endsWith("+}");
  }

  private static boolean isValue(String segment) {
    return segment.startsWith("{");
  }

  /// The segments of a path, still encoded. A slash at the end makes no segment.
  static List<String> split(String path) {
    List<String> segments = new ArrayList<>();
    int begin = 1;
    while (begin < path.length()) {
      int end = path.indexOf('/', begin);
      end = end < 0 ? path.length() : end;
      segments.add(path.substring(begin, end));
      begin = end + 1;
    }
    return segments;
  }

  /// The first segment if it is a literal, else an empty text.
  String head() {
    return segments.isEmpty() || isValue(segments.getFirst()) ? "" : segments.getFirst();
  }

  /// The values of a path that has this shape, or null.
  ///
  /// @param path its segments, decoded
  @Nullable Map<String, String> match(List<String> path) {
    if (greedy ? path.size() < segments.size() : path.size() != segments.size()) {
      return null;
    }
    for (int i = 0; i < segments.size(); i++) {
      if (!isValue(segments.get(i)) && !segments.get(i).equals(path.get(i))) {
        return null;
      }
    }
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      String segment = segments.get(i);
      if (isGreedy(segment)) {
        values.put(
            segment.substring(1, segment.length() - 2),
            String.join("/", path.subList(i, path.size())));
      } else if (isValue(segment)) {
        values.put(segment.substring(1, segment.length() - 1), path.get(i));
      }
    }
    return values;
  }

  /// How many segments are literals: of two shapes that a path has, the one with more is meant.
  int literals() {
    return (int) segments.stream().filter(segment -> !isValue(segment)).count();
  }

  /// The names of its values.
  public List<String> names() {
    return segments.stream()
        .filter(PathPattern::isValue)
        .map(segment -> segment.substring(1, segment.length() - (isGreedy(segment) ? 2 : 1)))
        .toList();
  }

  @Override
  public String toString() {
    return text;
  }
}
