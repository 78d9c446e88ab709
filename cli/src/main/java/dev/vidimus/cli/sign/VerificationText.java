package dev.vidimus.cli.sign;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.oms.Comparison;
import dev.vidimus.evidence.oms.OmsQuorum;
import dev.vidimus.evidence.oms.OmsVerification;
import dev.vidimus.evidence.oms.Signer;
import dev.vidimus.evidence.oms.Verified;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What `vidimus verify` prints.
final class VerificationText {
  private static final String SCHEMA = "vidimus.verify/1";
  private static final int PRINTED = 300;

  private VerificationText() {}

  static String text(OmsVerification verification) {
    StringBuilder text = new StringBuilder();
    text.append(word(verification.answer()));
    Signer signer = verification.signer();
    if (signer != null) {
      text.append("; signed with ").append(signer.key());
      if (!signer.name().isEmpty()) {
        text.append(" of ").append(Printable.of(signer.name(), PRINTED));
      }
      if (signer.signedAt() != null) {
        text.append(" at ").append(signer.signedAt());
      }
    }
    text.append('\n');
    Verified verified = verification.verified();
    if (verified != null) {
      text.append("root digest ").append(verified.rootDigest()).append('\n');
    } else {
      Step last = verification.steps().getLast();
      text.append("step ").append(verification.steps().size()).append(", ");
      text.append(last.name()).append(": ").append(last.reason()).append('\n');
    }
    paths(verification.comparison())
        .forEach(
            (what, paths) ->
                paths.forEach(
                    path ->
                        text.append(what)
                            .append(": ")
                            .append(Printable.of(path, PRINTED))
                            .append('\n')));
    verification.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    return text.toString();
  }

  static String text(OmsQuorum quorum) {
    StringBuilder text = new StringBuilder();
    text.append(word(quorum.answer())).append(": ").append(quorum.signed());
    text.append(" of the ").append(quorum.needed()).append(" keys needed have signed\n");
    quorum.verifications().forEach(one -> text.append(text(one)));
    return text.toString();
  }

  static String json(OmsVerification verification) {
    JsonWriter json = new JsonWriter().object().name("schema").string(SCHEMA);
    members(json, verification);
    return json.endObject() + "\n";
  }

  static String json(OmsQuorum quorum) {
    JsonWriter json = new JsonWriter().object().name("schema").string(SCHEMA);
    json.name("verified").bool(quorum.answer() == Answer.YES);
    json.name("answer").string(word(quorum.answer()));
    json.name("needed").number(quorum.needed()).name("signed").number(quorum.signed());
    json.name("signatures").array();
    for (OmsVerification verification : quorum.verifications()) {
      members(json.object(), verification);
      json.endObject();
    }
    return json.endArray().endObject() + "\n";
  }

  private static void members(JsonWriter json, OmsVerification verification) {
    json.name("verified").bool(verification.answer() == Answer.YES);
    json.name("answer").string(word(verification.answer()));
    json.name("strict").bool(verification.strict());
    steps(json, verification.steps());
    json.name("signer");
    Signer signer = verification.signer();
    if (signer == null) {
      json.nothing();
    } else {
      json.object().name("method").string(signer.method());
      json.name("key").string(signer.key().hint());
      json.name("keyDetails").string(signer.key().scheme().keyDetails());
      json.name("extension").bool(!signer.key().scheme().isInOms());
      json.name("name").string(signer.name()).name("issuer").string(signer.issuer());
      BundleText.time(json.name("signedAt"), signer.signedAt());
      json.endObject();
    }
    Verified verified = verification.verified();
    if (verified != null) {
      json.name("rootDigest").string(verified.rootDigest().toString());
    }
    paths(verification.comparison()).forEach((what, paths) -> strings(json.name(what), paths));
    strings(json.name("notes"), verification.notes());
  }

  private static Map<String, List<String>> paths(Comparison comparison) {
    Map<String, List<String>> paths = new TreeMap<>();
    paths.put("missing", comparison.missing());
    paths.put("extra", comparison.extra());
    paths.put("changed", comparison.changed());
    paths.put("unsigned", comparison.unsigned());
    return paths;
  }

  static void steps(JsonWriter json, List<Step> steps) {
    json.name("steps").array();
    for (Step step : steps) {
      json.object().name("step").string(step.name()).name("ok").bool(step.ok());
      json.name("reason").string(step.reason()).endObject();
    }
    json.endArray();
  }

  static void strings(JsonWriter json, List<String> texts) {
    json.array();
    texts.forEach(json::string);
    json.endArray();
  }

  static String word(Answer answer) {
    return switch (answer) {
      case YES -> "verified";
      case NO -> "refused";
      case COULD_NOT_TELL -> "could not tell";
    };
  }
}
