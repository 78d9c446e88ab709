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

  static String line(Impact.Running running) {
    return running.environment()
        + "/"
        + running.workload()
        + "  "
        + running.label()
        + "  "
        + running.snapshot()
        + "  since "
        + running.since()
        + (running.until().isEmpty() ? "" : " until " + running.until())
        + "\n";
  }
}
