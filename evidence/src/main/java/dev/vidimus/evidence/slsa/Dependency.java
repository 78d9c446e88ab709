package dev.vidimus.evidence.slsa;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.evidence.Members;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Something that a build fetched: a `ResourceDescriptor` among the resolved dependencies.
///
/// @param uri empty if there is none
/// @param digest by algorithm; perhaps none
public record Dependency(String uri, Map<String, String> digest) {
  /// Far more than any build fetches.
  private static final int MOST = 100_000;

  public Dependency {
    digest = Collections.unmodifiableMap(new LinkedHashMap<>(digest));
  }

  /// The elements of a member that is an array of descriptors, or absent.
  static List<Dependency> list(Members of, String name) throws FormatException {
    if (!of.has(name)) {
      return List.of();
    }
    List<JsonValue> elements = of.array(name);
    String where = of.where() + "." + name;
    if (elements.size() > MOST) {
      throw new FormatException.LimitExceeded(
          where, 0, elements.size() + " elements, over " + MOST);
    }
    List<Dependency> dependencies = new ArrayList<>();
    for (JsonValue element : elements) {
      Members members = Members.of(element, where);
      String uri = members.stringOrNull("uri");
      dependencies.add(new Dependency(uri == null ? "" : uri, digests(members)));
    }
    return dependencies;
  }

  private static Map<String, String> digests(Members members) throws FormatException {
    Map<String, String> digest = new LinkedHashMap<>();
    if (members.has("digest")) {
      Members digests = members.object("digest");
      for (String algorithm : digests.object().members().keySet()) {
        digest.put(algorithm, digests.string(algorithm));
      }
    }
    return digest;
  }
}
