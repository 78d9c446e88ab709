package dev.vidimus.server.api;

import dev.vidimus.artifact.json.JsonWriter;

/// What the API answers.
///
/// @param status of HTTP
/// @param body JSON
/// @param location of what was made; empty if nothing was
record Reply(int status, String body, String location) {
  /// What was asked for.
  static Reply ok(JsonWriter json) {
    return new Reply(200, json.toString(), "");
  }

  /// What was made.
  static Reply created(String location, JsonWriter json) {
    return new Reply(201, json.toString(), location);
  }

  /// What is worked at from now on.
  static Reply accepted(String location, JsonWriter json) {
    return new Reply(202, json.toString(), location);
  }
}
