package dev.vidimus.registry.statement;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import org.jspecify.annotations.Nullable;

/// An artifact runs somewhere from now on, or does not any more.
///
/// @param environment where
/// @param workload what runs it, such as a service's name
/// @param config digest of the configuration that it runs with, or null
/// @param retired whether it does not run any more
public record Deployment(
    String environment, String workload, @Nullable String config, boolean retired) {
  /// The predicate.
  public JsonObject json() {
    return new JsonMembers()
        .put("environment", environment)
        .put("workload", workload)
        .put("config", config)
        .put("action", retired ? "retire" : "deploy")
        .object();
  }

  /// Reads the predicate.
  public static Deployment read(JsonObject predicate) throws FormatException {
    PredicateReader reader = new PredicateReader(predicate, Kind.DEPLOYMENT);
    return new Deployment(
        reader.text("environment"),
        reader.text("workload"),
        reader.textOrNull("config"),
        !reader.text("action").equals("deploy"));
  }
}
