package dev.vidimus.cli.sign;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.attestation.AttestationVerification;
import dev.vidimus.evidence.attestation.AttestationsVerification;
import dev.vidimus.evidence.attestation.AttestedArtifact;
import dev.vidimus.evidence.attestation.VerifiedAttestation;
import dev.vidimus.evidence.sigstore.BundleSigner;
import java.util.Map;

/// What `vidimus verify-attestation` prints.
final class AttestationText {
  private static final String SCHEMA = "vidimus.verify-attestation/1";
  private static final int PRINTED = 300;

  private AttestationText() {}

  static String text(AttestationsVerification verification) {
    StringBuilder text = new StringBuilder(VerificationText.word(verification.answer()));
    if (!verification.problem().isEmpty()) {
      text.append(": ").append(Printable.of(verification.problem(), PRINTED)).append('\n');
      return text.toString();
    }
    text.append(": ").append(verification.passed()).append(" of ");
    text.append(verification.selected()).append(" wanted passed; ");
    text.append(verification.each().size()).append(" in the file\n");
    verification.each().forEach(one -> one(text, one));
    return text.toString();
  }

  private static void one(StringBuilder text, AttestationVerification one) {
    text.append("- ");
    if (!one.place().isEmpty()) {
      text.append(one.place()).append(": ");
    }
    text.append(one.isSelected() ? "" : "not wanted; ").append(VerificationText.word(one.answer()));
    if (!one.predicateType().isEmpty()) {
      text.append("; ").append(Printable.of(one.predicateType(), PRINTED));
    }
    BundleSigner signer = one.signer();
    if (signer != null) {
      text.append("; signed ");
      text.append(
          signer.name().isEmpty()
              ? "with " + signer.key()
              : "by " + Printable.of(signer.name(), PRINTED));
    }
    text.append('\n');
    if (one.answer() != Answer.YES) {
      Step last = one.steps().getLast();
      text.append("  step ").append(one.steps().size()).append(", ");
      text.append(last.name()).append(": ").append(last.reason()).append('\n');
    }
    for (Map.Entry<String, String> claim : one.claims().entrySet()) {
      text.append("  ").append(claim.getKey()).append(": ").append(claim.getValue()).append('\n');
    }
    one.notes().forEach(note -> text.append("  note: ").append(note).append('\n'));
  }

  static String json(AttestedArtifact artifact, AttestationsVerification verification) {
    JsonWriter json = new JsonWriter().object().name("schema").string(SCHEMA);
    json.name("verified").bool(verification.answer() == Answer.YES);
    json.name("answer").string(VerificationText.word(verification.answer()));
    json.name("artifact").object().name("name").string(artifact.name());
    strings(json.name("digest"), artifact.digests());
    json.endObject().name("problem").string(verification.problem());
    json.name("wanted").number(verification.selected());
    json.name("passed").number(verification.passed()).name("attestations").array();
    verification.each().forEach(one -> one(json, one));
    return json.endArray().endObject() + "\n";
  }

  private static void one(JsonWriter json, AttestationVerification one) {
    json.object().name("place").string(one.place()).name("wanted").bool(one.isSelected());
    json.name("verified").bool(one.answer() == Answer.YES);
    json.name("answer").string(VerificationText.word(one.answer()));
    json.name("predicateType").string(one.predicateType());
    VerificationText.steps(json, one.steps());
    BundleText.signer(json.name("signer"), one.signer());
    strings(json.name("claims"), one.claims());
    VerifiedAttestation verified = one.verified();
    if (verified != null) {
      json.name("subject").object().name("name").string(verified.subject().name());
      strings(json.name("digest"), verified.subject().digest());
      json.endObject();
    }
    VerificationText.strings(json.name("notes"), one.notes());
    json.endObject();
  }

  private static void strings(JsonWriter json, Map<String, String> texts) {
    json.object();
    texts.forEach((name, value) -> json.name(name).string(value));
    json.endObject();
  }
}
