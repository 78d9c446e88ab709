package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sigstore.KeylessVerifier;
import dev.sigstore.TrustedRootProvider;
import dev.sigstore.VerificationOptions;
import dev.sigstore.VerificationOptions.CertificateMatcher;
import dev.sigstore.bundle.Bundle;
import dev.sigstore.strings.StringMatcher;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleVerification;
import dev.vidimus.evidence.sigstore.BundleVerifier;
import dev.vidimus.evidence.sigstore.SignedArtifact;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.testkit.Fixtures;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Good bundles are good for Sigstore's own Java client, too. It knows neither keys of the caller
/// nor envelopes in `hashedrekord` entries, so those are not asked.
@Tag("client")
final class SigstoreJavaTest {
  private static final String IDENTITY =
      "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
          + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
  private static final String ISSUER = "https://token.actions.githubusercontent.com";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "happy-path-v0.3",
        "rekor2-happy-path",
        "rekor2-timestamp-with-embedded-cert",
        "trust-root-tlog-validity-end-inclusive",
        "trust-root-tsa-validity-end-inclusive"
      })
  void bothAccept(String name) throws Exception {
    Path signing = Fixtures.folder("signing");
    Path folder = signing.resolve("conformance").resolve(name);
    Path bundle = folder.resolve("bundle.sigstore.json");
    Path artifact = signing.resolve("conformance/a.txt");
    Path own = folder.resolve("trusted_root.json");
    Path root = Files.exists(own) ? own : signing.resolve("trusted_root.pgi.json");

    KeylessVerifier theirs =
        KeylessVerifier.builder().trustedRootProvider(TrustedRootProvider.from(root)).build();
    CertificateMatcher matcher =
        CertificateMatcher.fulcio()
            .subjectAlternativeName(StringMatcher.string(IDENTITY))
            .issuer(StringMatcher.string(ISSUER))
            .build();
    VerificationOptions options =
        VerificationOptions.builder().addCertificateMatchers(matcher).build();
    assertThatCode(
            () -> theirs.verify(artifact, Bundle.from(bundle, StandardCharsets.UTF_8), options))
        .doesNotThrowAnyException();

    BundleVerification ours =
        BundleVerifier.verify(
            bundle,
            new SignedArtifact.OfFile(artifact),
            new BundleTrust.Identity(TrustedRoot.read(root), IDENTITY, ISSUER),
            Instant.now());
    assertThat(ours.answer()).as("%s", ours).isEqualTo(Answer.YES);
  }
}
