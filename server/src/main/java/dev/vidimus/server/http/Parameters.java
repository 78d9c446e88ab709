package dev.vidimus.server.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names with values, as a query or a form has them.
public final class Parameters {
  private static final int MOST = 1_000;

  private final Map<String, List<String>> values;

  private Parameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /// @param text `a=1&b=2`, encoded
  public static Parameters parse(String text) throws Problem {
    Map<String, List<String>> values = new LinkedHashMap<>();
    int begin = 0;
    int count = 0;
    while (begin < text.length()) {
      int end = text.indexOf('&', begin);
      end = end < 0 ? text.length() : end;
      String pair = text.substring(begin, end);
      begin = end + 1;
      if (pair.isEmpty()) {
        continue;
      }
      if (++count > MOST) {
        throw Problem.badRequest("more than " + MOST + " parameters", "");
      }
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String value = equals < 0 ? "" : pair.substring(equals + 1);
      values
          .computeIfAbsent(PercentCode.value(name), key -> new ArrayList<>())
          .add(PercentCode.value(value));
    }
    return new Parameters(values);
  }

  /// The one value of a name, or null.
  public @Nullable String get(String name) throws Problem {
    List<String> all = all(name);
    if (all.size() > 1) {
      throw Problem.badRequest("parameter " + name + " is given twice", "");
    }
    return all.isEmpty() ? null : all.getFirst();
  }

  /// The one value of a name, or an empty text.
  public String text(String name) throws Problem {
    String value = get(name);
    return value == null ? "" : value;
  }

  /// All values of a name.
  public List<String> all(String name) {
    return values.getOrDefault(name, List.of());
  }
}
