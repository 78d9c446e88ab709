package dev.vidimus.registry.examine;

import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.artifact.Verdict;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.oms.OmsOptions;
import dev.vidimus.evidence.oms.OmsVerification;
import dev.vidimus.evidence.oms.OmsVerifier;
import dev.vidimus.evidence.oms.Trusted;
import dev.vidimus.registry.statement.JsonMembers;
import dev.vidimus.scan.Meter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who vouches for it? Verifies the signatures that an artifact brings along, each with every key
/// that is trusted to sign models. A signature by nobody whom we trust is a fact, not a finding:
/// what that means is the policy's to say.
public final class SignatureChecking implements ArtifactExaminer {
  private static final int MOST_SIGNATURES = 16;

  private final Map<String, VerifyingKey> trusted;
  private final String version;

  /// @param trusted keys by the identity that they stand for
  /// @param version of this build
  public SignatureChecking(Map<String, VerifyingKey> trusted, String version) {
    this.trusted = new TreeMap<>(trusted);
    this.version = version;
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
    StringBuilder keys = new StringBuilder(version);
    trusted.forEach((identity, key) -> keys.append('\n').append(identity).append(key.hint()));
    return Digest.sha256(keys.toString().getBytes(StandardCharsets.UTF_8)).toString();
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
      signatures.add(verify(subject.root(), entry));
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

  private JsonValue verify(Path root, Snapshot.Entry entry) {
    String problem = "no key is trusted to sign models";
    for (Map.Entry<String, VerifyingKey> key : trusted.entrySet()) {
      OmsVerification verification =
          OmsVerifier.verify(
              root, entry.file(), new Trusted.Key(key.getValue()), OmsOptions.DEFAULT, List.of());
      if (verification.answer() == Answer.YES) {
        return new JsonMembers()
            .put("file", entry.path())
            .put("verified", true)
            .put("method", "oms-key")
            .put("identity", key.getKey())
            .put("key", key.getValue().hint())
            .put("unsigned", verification.comparison().unsigned())
            .object();
      }
      Step last = verification.steps().getLast();
      problem = last.name() + ": " + last.reason();
    }
    return new JsonMembers()
        .put("file", entry.path())
        .put("verified", false)
        .put("method", "oms-key")
        .put("problem", problem)
        .object();
  }
}
