package dev.vidimus.server.hub;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.artifact.json.JsonValue.JsonString;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A conversation of a real client with a small hub, as it was recorded.
record Recording(List<Turn> turns) {
  /// One request and its answer. Names of headers are in lower case; a body that is not there is
  /// empty.
  record Turn(
      String method,
      String path,
      Map<String, String> headers,
      String body,
      int status,
      Map<String, String> answered,
      String answer) {
    String header(String name) {
      return answered.getOrDefault(name, "");
    }
  }

  static Recording read(Path file) throws Exception {
    JsonObject whole = (JsonObject) Json.parse(Files.readString(file), file.toString());
    List<Turn> turns = new ArrayList<>();
    for (JsonValue one : ((JsonArray) whole.members().get("exchanges")).elements()) {
      JsonObject turn = (JsonObject) one;
      JsonObject request = (JsonObject) turn.members().get("request");
      JsonObject answer = (JsonObject) turn.members().get("response");
      turns.add(
          new Turn(
              String.valueOf(request.string("method")),
              String.valueOf(request.string("path")),
              headers(request),
              text(request),
              Integer.parseInt(((JsonNumber) answer.members().get("status")).text()),
              headers(answer),
              text(answer)));
    }
    return new Recording(turns);
  }

  private static Map<String, String> headers(JsonObject message) {
    Map<String, String> headers = new TreeMap<>();
    ((JsonObject) message.members().get("headers"))
        .members()
        .forEach(
            (name, value) ->
                headers.put(name.toLowerCase(Locale.ROOT), ((JsonString) value).text()));
    return headers;
  }

  private static String text(JsonObject message) {
    String body = message.string("body");
    return body == null ? "" : body;
  }
}
