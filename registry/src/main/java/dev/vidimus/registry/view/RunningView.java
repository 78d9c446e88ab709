package dev.vidimus.registry.view;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.question.Impact;

/// A workload that runs something.
public final class RunningView {
  private RunningView() {}

  /// Writes it as an object.
  public static void write(JsonWriter json, Impact.Running running) {
    json.object().name("environment").string(running.environment());
    json.name("workload").string(running.workload()).name("artifact").string(running.snapshot());
    json.name("label").string(running.label()).name("config").string(running.config());
    json.name("since").string(running.since()).name("until").string(running.until());
    json.name("by").string(running.actor()).endObject();
  }
}
