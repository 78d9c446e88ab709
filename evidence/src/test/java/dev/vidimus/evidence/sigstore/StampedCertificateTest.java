package dev.vidimus.evidence.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Pem;
import dev.vidimus.evidence.oms.OmsOptions;
import dev.vidimus.evidence.oms.OmsSigner;
import dev.vidimus.evidence.oms.OmsVerification;
import dev.vidimus.evidence.oms.OmsVerifier;
import dev.vidimus.evidence.oms.SignOptions;
import dev.vidimus.evidence.oms.Trusted;
import dev.vidimus.evidence.trust.CodeSigners;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A model signed with a certificate that has expired since, and a stamp from the time before.
class StampedCertificateTest {
  @TempDir Path folder;
  private ForgedInstance sigstore;
  private Path model;
  private Path signature;

  @BeforeEach
  void signed() throws Exception {
    sigstore = new ForgedInstance();
    model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("w.bin"), "weights");
    signature = folder.resolve("model.sig");
  }

  private void sign() throws Exception {
    X509Certificate leaf = sigstore.leaf();
    String pem = new Pem("PRIVATE KEY", sigstore.key.getPrivate().getEncoded()).text();
    byte[] bundle =
        OmsSigner.sign(
            model, signature, KeyFile.read(pem, null, "key"), List.of(leaf), SignOptions.DEFAULT);
    byte[] made = Bundle.read(Bytes.of(bundle), "bundle").envelope().signatures().getFirst();
    byte[] stamp = sigstore.stampOf(sigstore.stampedBytes == null ? made : sigstore.stampedBytes);
    String member =
        "\"verificationMaterial\":{\"timestampVerificationData\":{\"rfc3161Timestamps\":"
            + "[{\"signedTimestamp\":\""
            + Base64.getEncoder().encodeToString(stamp)
            + "\"}]},";
    String text = new String(bundle, StandardCharsets.UTF_8);
    Files.writeString(signature, text.replace("\"verificationMaterial\":{", member));
  }

  private OmsVerification verify(TrustedRoot root) {
    CodeSigners signers = new CodeSigners(List.of(sigstore.authority.root), List.of());
    return OmsVerifier.verify(
        model,
        signature,
        new Trusted.Certificate(signers, ForgedInstance.NOW, root),
        OmsOptions.DEFAULT,
        List.of());
  }

  @Test
  void expiredCertificateIsJudgedAtTheTimeOfATrustedStamp() throws Exception {
    sign();
    OmsVerification verification = verify(sigstore.root());
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.signer().signedAt()).isEqualTo(ForgedInstance.SIGNED);
  }

  @Test
  void stampIsNotBelievedWithoutATrustedRoot() throws Exception {
    sign();
    assertThat(verify(null).answer()).isEqualTo(Answer.NO);
    ForgedInstance stranger = new ForgedInstance();
    stranger.stamping = stranger.stampLeaf(true);
    OmsVerification verification = verify(stranger.root());
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.steps().getLast().reason()).contains("no trusted timestamp says");
  }

  @Test
  void stampAfterTheCertificateOrOverSomethingElseIsRefused() throws Exception {
    sigstore.stamped = ForgedInstance.SIGNED.plus(Duration.ofHours(1));
    sign();
    assertThat(verify(sigstore.root()).steps().getLast().reason())
        .contains("certificates valid at 2026-03-01T13:00:00Z (the time of the signature)");
    sigstore.stamped = ForgedInstance.SIGNED;
    sigstore.stampedBytes = new byte[] {1};
    sign();
    assertThat(verify(sigstore.root()).steps().getLast().reason())
        .contains("an imprint of this signature");
  }
}
