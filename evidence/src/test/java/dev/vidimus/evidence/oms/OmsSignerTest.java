package dev.vidimus.evidence.oms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.intoto.Subject;
import dev.vidimus.evidence.keys.Scheme;
import dev.vidimus.evidence.keys.SigningKey;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OmsSignerTest {
  @TempDir Path folder;
  private Path model;
  private Path signature;

  @BeforeEach
  void model() throws Exception {
    model = Files.createDirectories(folder.resolve("model"));
    signature = model.resolve("model.sig");
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("a-b"), "1");
    Files.createDirectories(model.resolve("a"));
    Files.writeString(model.resolve("a/b"), "weights ".repeat(100));
    Files.writeString(model.resolve(".gitattributes"), "*");
  }

  private void sign(SigningKey key, Path to, SignOptions options) throws Exception {
    Files.write(to, OmsSigner.sign(model, to, key, List.of(), options));
  }

  private OmsVerification verify(SigningKey key, OmsOptions options) {
    return OmsVerifier.verify(
        model, signature, new Trusted.Key(key.verifying()), options, List.of());
  }

  @ParameterizedTest
  @EnumSource(Scheme.class)
  void ownSignatureVerifies(Scheme scheme) throws Exception {
    SigningKey key = SigningKey.generate(scheme);
    sign(key, signature, SignOptions.DEFAULT);
    OmsVerification verification = verify(key, OmsOptions.DEFAULT);
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.comparison().unsigned()).containsExactly(".gitattributes");
    assertThat(verification.notes().isEmpty()).isEqualTo(scheme.isInOms());
  }

  /// Other signers may use what we only read.
  @ParameterizedTest
  @EnumSource(HashType.class)
  void everyHashVerifiesAndFindsWhatChanged(HashType hash) throws Exception {
    SigningKey key = SigningKey.generate(Scheme.P256);
    for (long shardSize : new long[] {0, 64}) {
      Manifest manifest =
          OmsSigner.manifest(
              ModelTree.of(model, new ModelTree.Left(List.of(), List.of(signature)), false),
              new Serialization(hash, shardSize, false, List.of()),
              OmsSigner.Form.SPECIFICATION);
      Subject subject = new Subject("model", Map.of("sha256", manifest.rootDigest().hex()));
      byte[] payload =
          new Statement(Statement.V1, List.of(subject), Manifest.V1, manifest.predicate()).bytes();
      byte[] signed = key.sign(Envelope.pae(Envelope.IN_TOTO, payload));
      Files.write(
          signature,
          BundleWriter.write(
              new Envelope(Envelope.IN_TOTO, payload, List.of(signed)),
              key.verifying(),
              List.of()));
      assertThat(verify(key, OmsOptions.DEFAULT).answer())
          .as("%s", verify(key, OmsOptions.DEFAULT))
          .isEqualTo(Answer.YES);
      Files.writeString(model.resolve("a-b"), "2");
      assertThat(verify(key, OmsOptions.DEFAULT).comparison().changed())
          .containsExactly(shardSize == 0 ? "a-b" : "a-b:0:1");
      Files.writeString(model.resolve("a-b"), "1");
    }
  }

  @Test
  void shardsVerifyAndNameWhatChanged() throws Exception {
    SigningKey key = SigningKey.generate(Scheme.P256);
    sign(key, signature, new SignOptions(64, false, List.of()));
    assertThat(verify(key, OmsOptions.DEFAULT).answer()).isEqualTo(Answer.YES);
    byte[] bytes = Files.readAllBytes(model.resolve("a/b"));
    bytes[130] ^= 1;
    Files.write(model.resolve("a/b"), bytes);
    assertThat(verify(key, OmsOptions.DEFAULT).comparison().changed())
        .containsExactly("a/b:128:192");
  }

  @Test
  void singleFileVerifies() throws Exception {
    model = model.resolve("config.json");
    signature = folder.resolve("config.sig");
    SigningKey key = SigningKey.generate(Scheme.P384);
    sign(key, signature, SignOptions.DEFAULT);
    assertThat(verify(key, OmsOptions.DEFAULT).answer()).isEqualTo(Answer.YES);
  }

  @Test
  void emptyModelIsNotSigned() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    SigningKey key = SigningKey.generate(Scheme.P256);
    assertThatThrownBy(() -> OmsSigner.sign(empty, signature, key, List.of(), SignOptions.DEFAULT))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("at least one file to sign");
  }

  @Test
  void twoOfTwoNeedsTwoKeysAndNotTwoFiles() throws Exception {
    SigningKey classical = SigningKey.generate(Scheme.P384);
    SigningKey quantum = SigningKey.generate(Scheme.ML_DSA_65);
    Path one = folder.resolve("one.sig");
    Path copy = folder.resolve("copy.sig");
    Path two = folder.resolve("two.sig");
    sign(classical, one, SignOptions.DEFAULT);
    sign(classical, copy, SignOptions.DEFAULT);
    sign(quantum, two, SignOptions.DEFAULT);
    var keys = List.of(classical.verifying(), quantum.verifying());
    assertThat(OmsQuorum.verify(model, List.of(one, two), 2, keys, OmsOptions.DEFAULT).answer())
        .isEqualTo(Answer.YES);
    OmsQuorum twice = OmsQuorum.verify(model, List.of(one, copy), 2, keys, OmsOptions.DEFAULT);
    assertThat(twice.answer()).isEqualTo(Answer.NO);
    assertThat(twice.signed()).isEqualTo(1);
  }

  /// An implementation that shares nothing with ours takes the signature over the encoding.
  @ParameterizedTest
  @EnumSource(
      value = Scheme.class,
      names = {"P256", "P384", "P521"})
  void opensslVerifiesWhatWeSigned(Scheme scheme) throws Exception {
    SigningKey key = SigningKey.generate(scheme);
    sign(key, signature, SignOptions.DEFAULT);
    Bundle bundle = Bundle.read(Bytes.of(Files.readAllBytes(signature)), "bundle");
    byte[] payload = bundle.envelope().payload();
    Files.writeString(folder.resolve("key.pub"), key.verifying().pem());
    Files.write(folder.resolve("sig"), bundle.envelope().signatures().getFirst());
    Files.writeString(
        folder.resolve("pae"),
        "DSSEv1 28 application/vnd.in-toto+json "
            + payload.length
            + " "
            + new String(payload, StandardCharsets.UTF_8));
    String hash = scheme == Scheme.P256 ? "256" : scheme == Scheme.P384 ? "384" : "512";
    Process process =
        new ProcessBuilder(
                "openssl", "dgst", "-sha" + hash, "-verify", "key.pub", "-signature", "sig", "pae")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(output).contains("Verified OK");
    assertThat(process.waitFor()).isZero();
  }
}
