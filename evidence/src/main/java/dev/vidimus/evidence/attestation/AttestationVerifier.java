package dev.vidimus.evidence.attestation;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Members;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleSigner;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleVerifier;
import dev.vidimus.evidence.sigstore.Content;
import dev.vidimus.evidence.sigstore.Material;
import dev.vidimus.evidence.slsa.Provenance;
import dev.vidimus.evidence.slsa.ProvenanceVerifier;
import dev.vidimus.evidence.slsa.SummaryVerifier;
import dev.vidimus.evidence.slsa.VerificationSummary;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies one attestation, by the [validation
/// model](https://github.com/in-toto/attestation/blob/main/docs/validation.md) of in-toto and, of
/// SLSA's predicates, by the steps of SLSA. One object verifies once.
final class AttestationVerifier {
  private static final Set<String> STATEMENTS = Set.of(Statement.V1, Statement.V0_1);
  private static final JsonLimits LIMITS = new JsonLimits(128L << 20, 64, 1 << 12, 128 << 20, 64);
  private static final int PRINTED = 300;

  private final Attestation attestation;
  private final AttestedArtifact artifact;
  private final BundleTrust trust;
  private final AttestationExpectations expected;
  private final Instant now;
  private final Steps steps = new Steps();
  private final Map<String, String> claims = new LinkedHashMap<>();
  private boolean isSelected;
  private boolean isBare;
  private @Nullable BundleSigner signer;
  private String predicateType = "";

  private AttestationVerifier(
      Attestation attestation,
      AttestedArtifact artifact,
      BundleTrust trust,
      AttestationExpectations expected,
      Instant now) {
    this.attestation = attestation;
    this.artifact = artifact;
    this.trust = trust;
    this.expected = expected;
    this.now = now;
    // Before it is read, only the list says what it is; without one it may be what was asked for.
    this.isSelected =
        expected.type() == null
            || attestation.listedType().isEmpty()
            || attestation.listedType().equals(expected.type());
  }

  static AttestationVerification verify(
      Attestation attestation,
      AttestedArtifact artifact,
      BundleTrust trust,
      AttestationExpectations expected,
      Instant now) {
    return new AttestationVerifier(attestation, artifact, trust, expected, now).verify();
  }

  private AttestationVerification verify() {
    try {
      return result(Answer.YES, run());
    } catch (CheckFailed e) {
      return result(Answer.NO, null);
    } catch (FormatException | IOException e) {
      return result(Answer.COULD_NOT_TELL, null);
    }
  }

  private AttestationVerification result(Answer answer, @Nullable VerifiedAttestation verified) {
    return new AttestationVerification(
        attestation.place(),
        isSelected,
        answer,
        steps.taken(),
        steps.notes(),
        signer,
        predicateType,
        claims,
        verified);
  }

  private VerifiedAttestation run() throws CheckFailed, FormatException, IOException {
    // 1. It is strict JSON, and a bundle or an envelope.
    Bundle bundle = steps.take("read", this::read);
    // 2. It is signed by whom the caller trusts, over the very bytes of its payload.
    if (isBare && !isKeyAlone()) {
      steps.take("signer", AttestationVerifier::bare);
    }
    BundleSigner by = BundleVerifier.requireSigned(steps, bundle, trust, now);
    signer = by;
    // 3. The envelope says that these are a statement,
    Envelope envelope = bundle.envelope();
    steps.take("payload type", () -> payloadType(envelope));
    // 4. and it is one, of a version that we know.
    Statement statement = steps.take("statement", () -> statement(envelope));
    predicateType = statement.predicateType();
    if (predicateType.isEmpty()) {
      steps.note("the statement has an empty predicate type: nobody can say what it claims");
    }
    // 5. It makes the kind of claim that was asked for.
    steps.take("predicate type", () -> predicateType(statement));
    // 6. It is about the artifact.
    SubjectMatch match =
        steps.take("subject", () -> SubjectMatch.require(artifact, statement.subjects()));
    claims.put("matched", match.algorithm());
    if (DigestStrength.hexDigits(match.algorithm()) == 0) {
      steps.note(
          "matched by " + match.algorithm() + ", which is not known to bind the artifact's bytes");
    }
    // 7. The claim is what was expected.
    predicate(statement);
    return new VerifiedAttestation(statement, match.subject(), by);
  }

  private Bundle read() throws FormatException, IOException {
    String where = attestation.place().isEmpty() ? "attestation" : attestation.place();
    Bytes json = attestation.json();
    Members members = Members.of(Json.parse(json, where, LIMITS), where);
    isBare = !members.has("mediaType") && members.has("payload");
    Bundle bundle =
        isBare
            ? bundle(Bundle.V0_3, new Material.Key(null), Envelope.read(members.object(), where))
            : Bundle.read(json, where);
    select(bundle);
    return isKeyAlone() ? derSigned(bundle, ((BundleTrust.Key) trust).key()) : bundle;
  }

  /// Whether a signature by a key is all that the caller wants.
  private boolean isKeyAlone() {
    return trust instanceof BundleTrust.Key(VerifyingKey key, TrustedRoot root) && root == null;
  }

  private static Bundle bare() throws CheckFailed {
    throw new CheckFailed(
        "signer", "a bundle with entries of a log", "an envelope alone, which has none");
  }

  /// An envelope alone is a bundle that brings nothing along.
  private static Bundle bundle(String mediaType, Material material, Envelope envelope) {
    return new Bundle(mediaType, material, List.of(), List.of(), new Content.Dsse(envelope));
  }

  /// A statement that claims the type that was asked for is judged even if its list says another:
  /// one of the two is wrong.
  private void select(Bundle bundle) {
    if (expected.type() != null && bundle.content() instanceof Content.Dsse(Envelope envelope)) {
      String claimed = Bundle.claimedPredicateType(envelope);
      isSelected =
          claimed.equals(expected.type()) || attestation.listedType().equals(expected.type());
    }
  }

  /// The bundle with a signature in DER if it is r and s instead, which some key services write.
  private Bundle derSigned(Bundle bundle, VerifyingKey key) {
    if (!(bundle.content() instanceof Content.Dsse(Envelope envelope))
        || envelope.signatures().size() != 1) {
      return bundle;
    }
    byte[] der = RawSignature.toDer(key.scheme(), envelope.signatures().getFirst());
    if (der == null) {
      return bundle;
    }
    steps.note("the signature is r and s of fixed length (IEEE P1363), not DER");
    return bundle(
        bundle.mediaType(),
        bundle.material(),
        new Envelope(envelope.payloadType(), envelope.payload(), List.of(der)));
  }

  private static String payloadType(Envelope envelope) throws CheckFailed {
    if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
      throw new CheckFailed(
          "payload type", Envelope.IN_TOTO, Printable.of(envelope.payloadType(), PRINTED));
    }
    return envelope.payloadType();
  }

  private static Statement statement(Envelope envelope)
      throws CheckFailed, FormatException, IOException {
    Statement statement = Statement.read(envelope.payload(), "payload");
    if (!STATEMENTS.contains(statement.type())) {
      throw new CheckFailed("statement", Statement.V1, Printable.of(statement.type(), PRINTED));
    }
    return statement;
  }

  private String predicateType(Statement statement) throws CheckFailed {
    String found = statement.predicateType();
    String listed = attestation.listedType();
    if (!listed.isEmpty() && !listed.equals(found)) {
      throw new CheckFailed(
          "predicate type",
          "what the list says, " + Printable.of(listed, PRINTED),
          Printable.of(found, PRINTED));
    }
    if (expected.type() != null && !found.equals(expected.type())) {
      throw new CheckFailed("predicate type", expected.type(), Printable.of(found, PRINTED));
    }
    if (!expected.provenance().isEmpty() && !Provenance.TYPES.contains(found)) {
      throw new CheckFailed(
          "predicate type", "SLSA provenance, " + Provenance.V1, Printable.of(found, PRINTED));
    }
    // Of a summary, SLSA's third step wants this version. Those before say other things by the same
    // names, and are refused rather than passed over as something unknown.
    if (!found.equals(VerificationSummary.V1)
        && (!expected.summary().isEmpty() || found.startsWith(VerificationSummary.FAMILY))) {
      throw new CheckFailed("predicate type", VerificationSummary.V1, Printable.of(found, PRINTED));
    }
    return found;
  }

  private void predicate(Statement statement) throws CheckFailed, FormatException, IOException {
    if (Provenance.TYPES.contains(predicateType)) {
      Provenance provenance =
          steps.take("predicate", () -> Provenance.read(predicateType, statement.predicate()));
      claim("builder", provenance.builderId());
      claim("buildType", provenance.buildType());
      provenance.sources().values().stream()
          .max(Comparator.comparingInt(String::length)) // the one with its ref
          .ifPresent(uri -> claim("source", uri));
      ProvenanceVerifier.require(steps, provenance, expected.provenance());
    } else if (predicateType.equals(VerificationSummary.V1)) {
      VerificationSummary summary =
          steps.take("predicate", () -> VerificationSummary.read(statement.predicate()));
      claim("verifier", summary.verifierId());
      claim("resource", summary.resourceUri());
      claim("policy", summary.policyUri());
      claim("timeVerified", summary.timeVerified());
      claim("result", summary.result());
      claim("levels", String.join(", ", summary.levels()));
      SummaryVerifier.require(steps, summary, expected.summary());
    } else {
      steps.note("nothing is known of this predicate type, so nothing of the claim was checked");
    }
  }

  private void claim(String name, String value) {
    claims.put(name, Printable.of(value, PRINTED));
  }
}
