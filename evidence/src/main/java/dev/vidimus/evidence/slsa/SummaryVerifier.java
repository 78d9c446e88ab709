package dev.vidimus.evidence.slsa;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Compares a summary with expectations, by steps 4 to 7 of [how to
/// verify](https://slsa.dev/spec/v1.2/verification_summary#how-to-verify). Verifier and place must
/// be expected: one signer may decide for several, and a decision for one place says nothing about
/// another.
public final class SummaryVerifier {
  private static final int PRINTED = 300;

  private SummaryVerifier() {}

  /// Requires that a summary says yes, for the place and by the verifier that are expected.
  public static void require(Steps steps, VerificationSummary summary, SummaryExpectations expected)
      throws CheckFailed, FormatException, IOException {
    // 4. The verifier is the one that the signer may speak for.
    steps.take("verifier", () -> equal("verifier", expected.verifier(), summary.verifierId()));
    // 5. The decision is for this place.
    steps.take("resource", () -> equal("resource", expected.resource(), summary.resourceUri()));
    // 6. It is a yes.
    steps.take("result", () -> equal("result", VerificationSummary.PASSED, summary.result()));
    // 7. The levels are enough.
    steps.take("levels", () -> levels(expected.levels(), summary.levels()));
    if (expected.levels().isEmpty()) {
      steps.note("no level was expected");
    }
  }

  private static String equal(String step, @Nullable String wanted, String found)
      throws CheckFailed {
    if (!found.equals(wanted)) {
      throw new CheckFailed(
          step,
          wanted == null ? "one that the caller names (--" + step + ")" : wanted,
          Printable.of(found, PRINTED));
    }
    return found;
  }

  private static List<String> levels(List<String> wanted, List<String> found) throws CheckFailed {
    for (String level : wanted) {
      if (!SlsaLevel.isContained(level, found)) {
        throw new CheckFailed("levels", level, Printable.of(String.join(", ", found), PRINTED));
      }
    }
    return found;
  }
}
