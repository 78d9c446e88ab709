package dev.vidimus.cli.registry;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.lifecycle.Acts;

/// An act that was recorded, as JSON.
final class Recorded {
  private Recorded() {}

  /// @param command whose act it was
  static String json(String command, Acts.Done done) {
    return new JsonWriter()
            .object()
            .name("schema")
            .string("vidimus." + command + "/1")
            .name("artifact")
            .string(done.artifact().snapshot())
            .name("label")
            .string(done.artifact().label())
            .name("statement")
            .string(done.envelope())
            .endObject()
        + "\n";
  }
}
