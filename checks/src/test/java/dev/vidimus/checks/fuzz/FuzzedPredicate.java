package dev.vidimus.checks.fuzz;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.attestation.Attester;
import dev.vidimus.evidence.slsa.Provenance;
import dev.vidimus.evidence.slsa.ProvenanceExpectations;
import dev.vidimus.evidence.slsa.ProvenanceVerifier;
import dev.vidimus.evidence.slsa.SummaryExpectations;
import dev.vidimus.evidence.slsa.SummaryVerifier;
import dev.vidimus.evidence.slsa.VerificationSummary;
import java.io.IOException;
import java.util.List;

/// Provenance and summaries, read and compared with expectations.
final class FuzzedPredicate implements FuzzedReader {
  private static final ProvenanceExpectations BUILD =
      ProvenanceExpectations.of(
          List.of("builder=b", "source=s", "tag=t", "param.a.*=*", "dependency=git+d"));
  private static final SummaryExpectations SUMMARY =
      new SummaryExpectations("v", "r", List.of("SLSA_BUILD_LEVEL_1"));

  private interface Reader {
    void read(JsonObject predicate) throws FormatException, CheckFailed, IOException;
  }

  @Override
  public void read(byte[] input) throws IOException {
    JsonObject predicate;
    try {
      predicate = Attester.predicate(Bytes.of(input), "fuzzed");
    } catch (FormatException e) {
      return;
    }
    for (String type : Provenance.TYPES) {
      run(
          predicate,
          one -> ProvenanceVerifier.require(new Steps(), Provenance.read(type, one), BUILD));
    }
    run(
        predicate,
        one -> SummaryVerifier.require(new Steps(), VerificationSummary.read(one), SUMMARY));
  }

  private static void run(JsonObject predicate, Reader reader) throws IOException {
    try {
      reader.read(predicate);
    } catch (FormatException | CheckFailed e) {
      // the only other outcomes
    }
  }
}
