package dev.vidimus.evidence.oms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.trust.CodeSigners;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signatures with certificates that OpenSSL made: a root, and a leaf that may sign code.
class CertificateSignatureTest {
  @TempDir Path folder;
  private Path model;
  private Path signature;
  private List<X509Certificate> root;
  private final List<X509Certificate> chain = new ArrayList<>();
  private SigningKey key;

  @BeforeEach
  void authority() throws Exception {
    model = Files.createDirectory(folder.resolve("model"));
    Files.writeString(model.resolve("w.bin"), "weights");
    signature = folder.resolve("model.sig");
    run(
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key"
            + " -out root.pem -subj /CN=root -days 100");
    run(
        "openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-384 -nodes -keyout leaf.key"
            + " -out leaf.csr -subj /CN=signer");
    Files.writeString(
        folder.resolve("ext"), "keyUsage=digitalSignature\nextendedKeyUsage=codeSigning\n");
    run(
        "openssl x509 -req -in leaf.csr -CA root.pem -CAkey root.key -CAcreateserial -days 10"
            + " -extfile ext -out leaf.pem");
    root = Case.certificates(folder.resolve("root.pem"));
    chain.addAll(Case.certificates(folder.resolve("leaf.pem")));
    chain.addAll(root);
    key = KeyFile.read(folder.resolve("leaf.key"), null);
  }

  private OmsVerification verify(List<X509Certificate> roots, Instant at) {
    return OmsVerifier.verify(
        model,
        signature,
        new Trusted.Certificate(new CodeSigners(roots, List.of()), at),
        OmsOptions.DEFAULT,
        List.of());
  }

  @Test
  void verifiesUnderItsRootWhileItIsValid() throws Exception {
    Files.write(signature, OmsSigner.sign(model, signature, key, chain, SignOptions.DEFAULT));
    OmsVerification verification = verify(root, Instant.now());
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.signer().name()).isEqualTo("CN=signer");

    Instant later = Instant.now().plus(Duration.ofDays(20));
    assertThat(verify(root, later).steps().getLast().reason())
        .contains("certificates valid at", "CN=signer valid from");
  }

  @Test
  void rootOfTheBundleCountsForNothing() throws Exception {
    Files.write(signature, OmsSigner.sign(model, signature, key, chain, SignOptions.DEFAULT));
    assertThat(verify(List.of(), Instant.now()).steps().getLast().reason())
        .contains("a path to a trusted root", "CN=root");
  }

  @Test
  void certificateOfAnotherKeyIsNotSignedWith() throws Exception {
    SigningKey other = SigningKey.generate(Scheme.P384);
    assertThatThrownBy(() -> OmsSigner.sign(model, signature, other, chain, SignOptions.DEFAULT))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("one of another key: CN=signer");
  }

  private void run(String command) throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", command + " 2>&1").directory(folder.toFile()).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }
}
