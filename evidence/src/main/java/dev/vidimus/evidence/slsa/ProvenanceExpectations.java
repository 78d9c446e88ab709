package dev.vidimus.evidence.slsa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a build of an artifact must have been, as its consumer knows beforehand.
///
/// @param builder the builder's id, or null if it is not looked at
/// @param buildType or null
/// @param source the repository, perhaps with `@` and a ref, or null
/// @param ref of the source, or null: `refs/tags/v1.0`
/// @param parameters values by name; `*` stands for any value, and behind `.` for any name
/// @param dependencies each a URI, or a digest as `sha256:` and its hex digits
public record ProvenanceExpectations(
    @Nullable String builder,
    @Nullable String buildType,
    @Nullable String source,
    @Nullable String ref,
    Map<String, String> parameters,
    List<String> dependencies) {
  /// Nothing is expected.
  public static final ProvenanceExpectations NONE =
      new ProvenanceExpectations(null, null, null, null, Map.of(), List.of());

  private static final Pattern DIGEST = Pattern.compile("[a-zA-Z0-9_]+:[0-9a-f]{32,}");
  private static final String PARAMETER = "param.";

  public ProvenanceExpectations {
    parameters = Map.copyOf(parameters);
    dependencies = List.copyOf(dependencies);
  }

  /// Reads expectations, each a name, `=` and a value.
  ///
  /// @throws IllegalArgumentException if a name is unknown, or two contradict each other
  public static ProvenanceExpectations of(List<String> texts) {
    Map<String, String> single = new LinkedHashMap<>();
    Map<String, String> parameters = new LinkedHashMap<>();
    List<String> dependencies = new ArrayList<>();
    for (String text : texts) {
      int equals = text.indexOf('=');
      String name = equals < 0 ? text : text.substring(0, equals);
      String value = equals < 0 ? "" : text.substring(equals + 1);
      boolean isParameter = name.startsWith(PARAMETER) && name.length() > PARAMETER.length();
      if (equals < 0 || (value.isEmpty() && !isParameter)) {
        throw new IllegalArgumentException("no name=value: " + text);
      }
      if (name.equals("dependency")) {
        dependencies.add(value);
        continue;
      }
      String old;
      if (isParameter) {
        old = parameters.put(name.substring(PARAMETER.length()), value);
      } else {
        old =
            switch (name) {
              case "builder", "build-type", "source", "ref" -> single.put(name, value);
              case "tag" -> single.put("ref", "refs/tags/" + value);
              default -> throw new IllegalArgumentException("unknown: " + name);
            };
      }
      if (old != null) {
        throw new IllegalArgumentException("expected twice: " + name);
      }
    }
    return new ProvenanceExpectations(
        single.get("builder"),
        single.get("build-type"),
        single.get("source"),
        single.get("ref"),
        parameters,
        dependencies);
  }

  /// Whether nothing is expected.
  public boolean isEmpty() {
    return equals(NONE);
  }

  /// Whether the value of that parameter is one of those that are expected; false if none is.
  boolean allows(Parameter parameter) {
    String value = parameters.get(parameter.name());
    if (value != null) {
      return value.equals("*") || value.equals(parameter.value());
    }
    for (Map.Entry<String, String> expected : parameters.entrySet()) {
      String name = expected.getKey();
      boolean covers =
          name.equals("*")
              || (name.endsWith(".*")
                  && parameter.name().startsWith(name.substring(0, name.length() - 1)));
      if (covers && expected.getValue().equals("*")) {
        return true;
      }
    }
    return false;
  }

  /// Whether a dependency is one that is expected.
  static boolean isMet(String expected, Dependency dependency) {
    if (!DIGEST.matcher(expected).matches()) {
      return expected.equals(dependency.uri());
    }
    int colon = expected.indexOf(':');
    return expected
        .substring(colon + 1)
        .equals(dependency.digest().get(expected.substring(0, colon)));
  }
}
