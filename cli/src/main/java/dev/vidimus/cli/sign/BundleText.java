package dev.vidimus.cli.sign;

import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.JsonWriter;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.sigstore.BundleSigner;
import dev.vidimus.evidence.sigstore.BundleVerification;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What `vidimus verify-bundle` prints.
final class BundleText {
  private static final String SCHEMA = "vidimus.verify-bundle/1";
  private static final int PRINTED = 300;

  private BundleText() {}

  static String text(BundleVerification verification) {
    StringBuilder text = new StringBuilder(VerificationText.word(verification.answer()));
    BundleSigner signer = verification.signer();
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
    if (verification.answer() != Answer.YES) {
      Step last = verification.steps().getLast();
      text.append("step ").append(verification.steps().size()).append(", ");
      text.append(last.name()).append(": ").append(last.reason()).append('\n');
    } else if (!verification.predicateType().isEmpty()) {
      text.append("statement of type ");
      text.append(Printable.of(verification.predicateType(), PRINTED)).append('\n');
    }
    verification.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
    return text.toString();
  }

  static String json(BundleVerification verification) {
    JsonWriter json = new JsonWriter().object().name("schema").string(SCHEMA);
    json.name("verified").bool(verification.answer() == Answer.YES);
    json.name("answer").string(VerificationText.word(verification.answer()));
    VerificationText.steps(json, verification.steps());
    signer(json.name("signer"), verification.signer());
    json.name("predicateType").string(verification.predicateType());
    VerificationText.strings(json.name("notes"), verification.notes());
    return json.endObject() + "\n";
  }

  /// Who signed, or `null`.
  static void signer(JsonWriter json, @Nullable BundleSigner signer) {
    if (signer == null) {
      json.nothing();
      return;
    }
    json.object().name("method").string(signer.method());
    json.name("key").string(signer.key().hint());
    json.name("keyDetails").string(signer.key().scheme().keyDetails());
    json.name("name").string(signer.name()).name("issuer").string(signer.issuer());
    time(json.name("signedAt"), signer.signedAt());
    json.endObject();
  }

  /// A time as RFC 3339 writes it, or `null`.
  static void time(JsonWriter json, @Nullable Instant time) {
    if (time == null) {
      json.nothing();
    } else {
      json.string(time.toString());
    }
  }
}
