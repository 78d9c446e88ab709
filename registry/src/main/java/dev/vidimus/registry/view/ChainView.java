package dev.vidimus.registry.view;

import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.registry.question.Chain;
import dev.vidimus.registry.question.Impact;
import java.util.List;

/// What was said of an artifact, in parts; each is written as a member of an object that is open.
public final class ChainView {
  private ChainView() {}

  /// `revoked`: what keeps it from running.
  public static void revoked(JsonWriter json, List<Impact.Revoked> all) {
    json.name("revoked").array();
    for (Impact.Revoked revoked : all) {
      json.object().name("reason").string(revoked.reason()).name("malicious");
      json.bool(revoked.malicious()).name("statement").string(revoked.envelope());
      json.name("time").string(revoked.time()).endObject();
    }
    json.endArray();
  }

  /// `promoted`: where it was let in.
  public static void promoted(JsonWriter json, List<Chain.Promoted> all) {
    json.name("promoted").array();
    for (Chain.Promoted promoted : all) {
      json.object().name("environment").string(promoted.environment());
      json.name("since").string(promoted.since()).name("until").string(promoted.until());
      json.name("decision").string(promoted.decision()).endObject();
    }
    json.endArray();
  }

  /// `statements`: everything, in the order of the log.
  public static void statements(JsonWriter json, List<Chain.Said> all) {
    json.name("statements").array();
    for (Chain.Said said : all) {
      json.object().name("index").number(said.index()).name("kind").string(said.kind());
      json.name("actor").string(said.actor()).name("time").string(said.time());
      json.name("envelope").string(said.envelope()).name("fact").bool(said.problem().isEmpty());
      json.endObject();
    }
    json.endArray();
  }

  /// `decisions`: what was decided, in the order of the log.
  public static void decisions(JsonWriter json, List<Chain.Decided> all) {
    json.name("decisions").array();
    all.forEach(one -> decision(json, one));
    json.endArray();
  }

  /// One decision as an object.
  public static void decision(JsonWriter json, Chain.Decided one) {
    json.object().name("index").number(one.index()).name("artifact").string(one.snapshot());
    json.name("environment").string(one.environment()).name("stage").string(one.stage());
    json.name("outcome").string(one.outcome()).name("policy").string(one.policy());
    json.name("time").string(one.time()).name("decision").string(one.envelope());
    json.name("facts").string(one.facts()).endObject();
  }

  /// `answers`: what people said.
  public static void answers(JsonWriter json, List<Chain.Answer> all) {
    json.name("answers").array();
    for (Chain.Answer answer : all) {
      json.object().name("person").string(answer.person());
      json.name("answer").string(answer.rejected() ? "rejected" : "approved");
      json.name("environment").string(answer.environment());
      json.name("reason").string(answer.reason()).name("time").string(answer.time());
      json.name("counts").bool(answer.valid()).name("statement").string(answer.envelope());
      json.endObject();
    }
    json.endArray();
  }

  /// `versions` of a name.
  public static void versions(JsonWriter json, List<Chain.Version> all) {
    json.name("versions").array();
    for (Chain.Version version : all) {
      json.object().name("version").number(version.version());
      json.name("snapshot").string(version.snapshot()).name("state").string(version.state());
      json.name("submitter").string(version.submitter()).name("source").string(version.source());
      json.name("time").string(version.time()).name("promoted").array();
      version.environments().forEach(json::string);
      json.endArray().endObject();
    }
    json.endArray();
  }
}
