package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.attestation.ClaimedAttestation;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.oms.OmsOptions;
import dev.vidimus.evidence.oms.OmsVerification;
import dev.vidimus.evidence.oms.OmsVerifier;
import dev.vidimus.evidence.oms.Trusted;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.policy.PredicateTypes;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.Meter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who vouches for it? Verifies the signatures that an artifact brings along, each by everybody who
/// is trusted to sign models. A signature by nobody whom we trust is a fact, not a finding: what
/// that means is the policy's to say.
public final class SignatureChecking implements ArtifactExaminer {
  private static final int MOST_SIGNATURES = 16;

  private final Trust trust;
  private final String version;
  private final InstantSource clock;

  /// @param version of this build
  public SignatureChecking(Trust trust, String version, InstantSource clock) {
    this.trust = trust;
    this.version = version;
    this.clock = clock;
  }

  @Override
  public String id() {
    return "signatures";
  }

  @Override
  public String version() {
    return version;
  }

  @Override
  public String ruleSet() {
    return Digest.sha256((version + "\n" + trust.digest()).getBytes(StandardCharsets.UTF_8))
        .toString();
  }

  @Override
  public Found examine(Quarantined subject, Meter meter) {
    List<JsonValue> signatures = new ArrayList<>();
    List<String> notExamined = new ArrayList<>();
    for (Snapshot.Entry entry : subject.snapshot().entries()) {
      if (!isSignature(entry.path())) {
        continue;
      }
      if (signatures.size() == MOST_SIGNATURES) {
        notExamined.add(entry.path() + ": more than " + MOST_SIGNATURES + " signatures");
        break;
      }
      JsonValue signature = verify(subject.root(), entry);
      if (signature != null) {
        signatures.add(signature);
      }
    }
    return new Found(
        notExamined.isEmpty() ? Verdict.CLEAN : Verdict.INCOMPLETE,
        List.of(),
        notExamined,
        new JsonMembers().put("signatures", new JsonArray(signatures)).object());
  }

  /// Where signers put what they sign by: OMS says `model.sig`; others end so, at the top level.
  private static boolean isSignature(String path) {
    return path.indexOf('/') < 0
        && (path.endsWith(".sig") || path.endsWith(".sigstore") || path.endsWith(".sigstore.json"));
  }

  /// Null if it is no signature over the model, but an attestation.
  private @Nullable JsonValue verify(Path root, Snapshot.Entry entry) {
    String problem = "nobody is trusted to sign models";
    if (AttestationChecking.isOne(entry.path()) && isOfAnotherKind(entry)) {
      return null;
    }
    for (Trust.Issuer issuer : trust.whoMay(PredicateTypes.MODEL)) {
      OmsVerification verification =
          OmsVerifier.verify(root, entry.file(), with(issuer), OmsOptions.DEFAULT, List.of());
      if (verification.answer() == Answer.YES) {
        return new JsonMembers()
            .put("file", entry.path())
            .put("verified", true)
            .put("method", issuer.who().isKey() ? "oms-key" : "oms-sigstore")
            .put("identity", issuer.who().identity())
            .put(issuer.who().isKey() ? "key" : "issuer", Trust.key(issuer))
            .put("unsigned", verification.comparison().unsigned())
            .object();
      }
      Step last = verification.steps().getLast();
      problem = last.name() + ": " + last.reason();
    }
    return new JsonMembers()
        .put("file", entry.path())
        .put("verified", false)
        .put("method", "oms")
        .put("problem", problem)
        .object();
  }

  private Trusted with(Trust.Issuer issuer) {
    return switch (issuer.with()) {
      case BundleTrust.Key(VerifyingKey key, TrustedRoot root) -> new Trusted.Key(key);
      case BundleTrust.Identity identity -> new Trusted.Keyless(identity, clock.instant());
    };
  }

  private static boolean isOfAnotherKind(Snapshot.Entry entry) {
    try {
      return entry.size() <= AttestationChecking.MOST_BYTES
          && ClaimedAttestation.of(entry.file()).stream()
              .map(ClaimedAttestation::predicateType)
              .noneMatch(type -> type.equals(PredicateTypes.MODEL) || type.isEmpty());
    } catch (FormatException | IOException e) {
      return false; // nobody knows what it is; then it is shown as a signature that is none
    }
  }
}
