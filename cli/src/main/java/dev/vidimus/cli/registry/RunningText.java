package dev.vidimus.cli.registry;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.question.Impact;

/// A workload that runs something, as it is printed.
final class RunningText {
  private RunningText() {}

  static void write(JsonWriter json, Impact.Running running) {
    json.object().name("environment").string(running.environment());
    json.name("workload").string(running.workload()).name("artifact").string(running.snapshot());
    json.name("label").string(running.label()).name("config").string(running.config());
    json.name("since").string(running.since()).name("until").string(running.until());
    json.name("by").string(running.actor()).endObject();
  }

  static void line(StringBuilder text, Impact.Running running) {
    text.append(running.environment()).append('/').append(running.workload()).append("  ");
    text.append(running.label()).append("  ").append(running.snapshot()).append("  since ");
    text.append(running.since());
    if (!running.until().isEmpty()) {
      text.append(" until ").append(running.until());
    }
    text.append('\n');
  }
}
