package dev.vidimus.evidence.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.evidence.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every case of Sigstore's conformance suite for verifying.
class ConformanceTest {
  @TempDir Path folder;

  static List<Conformance> cases() throws Exception {
    return Conformance.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void answersAsTheSuiteSays(Conformance one) throws Exception {
    BundleVerification verification = one.verify();
    assertThat(verification.answer() == Answer.YES)
        .as("%s: %s", one, verification)
        .isEqualTo(one.isGood());
  }

  @Test
  void stampAfterTheCertificateIsRefusedForThat() throws Exception {
    // The suite's own file has line ends in its base64, which we refuse first.
    Conformance late = Conformance.of("rekor2-timestamp-with-incorrect-time_fail");
    Path bundle = folder.resolve("bundle");
    String text = Files.readString(late.bundle());
    Matcher stamp = Pattern.compile("\"signedTimestamp\": *\"([^\"]*)\"").matcher(text);
    assertThat(stamp.find()).isTrue();
    Files.writeString(bundle, text.replace(stamp.group(1), stamp.group(1).replace("\\n", "")));
    BundleVerification verification = late.verify(bundle);
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.steps().getLast().name()).isEqualTo("certificate");
  }

  @Test
  void signerAndTimeAreTold() throws Exception {
    BundleVerification verification = Conformance.of("rekor2-happy-path").verify();
    assertThat(verification.signer().method()).isEqualTo("keyless");
    assertThat(verification.signer().name()).isEqualTo(Conformance.IDENTITY);
    assertThat(verification.signer().issuer()).isEqualTo(Conformance.ISSUER);
    assertThat(verification.signer().signedAt()).isEqualTo("2025-06-12T12:02:20Z");
  }
}
