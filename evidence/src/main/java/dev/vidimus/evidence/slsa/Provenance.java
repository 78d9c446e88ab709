package dev.vidimus.evidence.slsa;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import dev.vidimus.evidence.Members;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How an artifact was built, as its builder says: [SLSA provenance
/// v1](https://slsa.dev/spec/v1.2/build-provenance), and v0.2 in the same shape. Unknown members
/// are ignored.
///
/// @param builderId who built; to be believed only of a signer who may speak for that builder
/// @param buildType a URI that says what the parameters mean
/// @param externalParameters what whoever asked for the build could choose
/// @param sources the parameters and the dependency that name the source, by their place
/// @param dependencies what the build fetched
public record Provenance(
    String builderId,
    String buildType,
    JsonObject externalParameters,
    Map<String, String> sources,
    List<Dependency> dependencies) {
  /// The predicate type of version 1.
  public static final String V1 = "https://slsa.dev/provenance/v1";

  /// The predicate type of version 0.2.
  public static final String V0_2 = "https://slsa.dev/provenance/v0.2";

  /// Every predicate type that is read.
  public static final Set<String> TYPES = Set.of(V1, V0_2);

  public Provenance {
    sources = Map.copyOf(sources);
    dependencies = List.copyOf(dependencies);
  }

  /// Reads a predicate.
  ///
  /// @param type one of [#TYPES]
  /// @throws FormatException if something that SLSA requires is missing or of another kind
  public static Provenance read(String type, JsonObject predicate) throws FormatException {
    Members members = new Members(predicate, "predicate");
    return type.equals(V0_2) ? ofV02(members) : ofV1(members);
  }

  private static Provenance ofV1(Members predicate) throws FormatException {
    Members definition = predicate.object("buildDefinition");
    Members parameters = definition.object("externalParameters");
    List<Dependency> dependencies = Dependency.list(definition, "resolvedDependencies");
    return new Provenance(
        predicate.object("runDetails").object("builder").string("id"),
        definition.string("buildType"),
        parameters.object(),
        sourcesOfV1(parameters.object(), dependencies),
        dependencies);
  }

  /// Where the build types that are in use name the source: GitHub's workflows, Google Cloud Build,
  /// container-based builds and older delegators; beside them the first repository that was
  /// fetched.
  private static Map<String, String> sourcesOfV1(
      JsonObject parameters, List<Dependency> dependencies) {
    Map<String, String> sources = new LinkedHashMap<>();
    for (String place : List.of("workflow", "sourceToBuild", "source")) {
      switch (parameters.get(place)) {
        case JsonString(String uri) -> sources.put(place, uri);
        case JsonObject object -> repository(place, object, sources);
        case null, default -> {
          // not of this build type
        }
      }
    }
    firstRepository(dependencies, sources);
    return sources;
  }

  private static void repository(String place, JsonObject object, Map<String, String> sources) {
    for (String name : List.of("repository", "uri", "ref")) {
      String text = object.string(name);
      if (text != null) {
        sources.put(place + "." + name, name.equals("ref") ? "@" + text : text);
      }
    }
    if (object.get("artifact") instanceof JsonObject artifact) {
      repository(place + ".artifact", artifact, sources);
    }
  }

  private static void firstRepository(List<Dependency> dependencies, Map<String, String> sources) {
    dependencies.stream()
        .filter(dependency -> dependency.uri().startsWith("git+"))
        .findFirst()
        .ifPresent(first -> sources.put("", first.uri()));
  }

  /// Version 0.2 in the shape of version 1. Its environment is the builder's own and no parameter.
  private static Provenance ofV02(Members predicate) throws FormatException {
    List<Dependency> dependencies = Dependency.list(predicate, "materials");
    Map<String, JsonValue> parameters = new LinkedHashMap<>();
    Map<String, String> sources = new LinkedHashMap<>();
    if (predicate.has("invocation")) {
      Members invocation = predicate.object("invocation");
      if (invocation.has("configSource")) {
        Members source = invocation.object("configSource");
        Map<String, JsonValue> chosen = new LinkedHashMap<>();
        for (String name : List.of("uri", "entryPoint")) {
          String text = source.stringOrNull(name);
          if (text != null) {
            chosen.put(name, new JsonString(text));
          }
        }
        parameters.put("configSource", new JsonObject(chosen));
        String uri = source.stringOrNull("uri");
        if (uri != null) {
          sources.put("configSource.uri", uri);
        }
      }
      JsonValue given = invocation.get("parameters");
      if (given != null) {
        parameters.put("parameters", given);
      }
    }
    firstRepository(dependencies, sources);
    return new Provenance(
        predicate.object("builder").string("id"),
        predicate.string("buildType"),
        new JsonObject(parameters),
        sources,
        dependencies);
  }
}
