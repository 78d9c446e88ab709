package dev.vidimus.registry.view;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.question.Artifact;

/// An artifact as it is listed.
public final class ArtifactView {
  private ArtifactView() {}

  /// Writes it as an object.
  public static void write(JsonWriter json, Artifact artifact) {
    json.object();
    members(json, artifact);
    json.endObject();
  }

  /// Writes its members into an object that is open.
  public static void members(JsonWriter json, Artifact artifact) {
    json.name("snapshot").string(artifact.snapshot()).name("name").string(artifact.name());
    json.name("version").number(artifact.version()).name("label").string(artifact.label());
    json.name("state").string(artifact.state()).name("tier").string(artifact.tier());
    json.name("submitter").string(artifact.submitter()).name("since").string(artifact.time());
    json.name("bytes").number(artifact.bytes()).name("files").number(artifact.files());
    json.name("source").object().name("kind").string(artifact.kind());
    json.name("location").string(artifact.source());
    json.name("revision").string(artifact.revision()).endObject();
  }
}
