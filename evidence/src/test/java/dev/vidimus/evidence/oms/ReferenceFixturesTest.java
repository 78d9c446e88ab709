package dev.vidimus.evidence.oms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue;
import dev.vidimus.artifact.json.JsonValue.JsonArray;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.keys.KeyFile;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.Material;
import dev.vidimus.evidence.trust.CodeSigners;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.testkit.Fixtures;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the reference implementation published, version by version, and what the specification
/// ships.
class ReferenceFixturesTest {
  @TempDir Path folder;

  private static Path at(String path) {
    return Fixtures.folder("signing").resolve(path);
  }

  private static Trusted key() throws Exception {
    return new Trusted.Key(KeyFile.readPublic(at("oms-ref/keys/signing-key-pub.pem"), null));
  }

  private static Trusted authority() throws Exception {
    return new Trusted.Certificate(
        new CodeSigners(Case.certificates(at("oms-ref/keys/ca-cert.pem")), List.of()), Case.NOW);
  }

  private static OmsVerification verify(String model, String folder, Trusted trusted, boolean old) {
    return OmsVerifier.verify(
        at("oms-ref").resolve(model),
        at("oms-ref").resolve(folder).resolve("model.sig"),
        trusted,
        new OmsOptions(false, false, List.of("ignore-me"), false, old),
        List.of());
  }

  @ParameterizedTest
  @CsvSource({
    "v0.3.1-elliptic-key/signme-1, v0.3.1-elliptic-key",
    "v1.0.1-elliptic-key, v1.0.1-elliptic-key",
    "v1.1.0-elliptic-key, v1.1.0-elliptic-key"
  })
  void signaturesOfKeysVerify(String model, String folder) throws Exception {
    OmsVerification verification = verify(model, folder, key(), false);
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v0.3.1-certificate", "v1.1.0-certificate"})
  void signaturesOfCertificatesVerifyAndTheirAuthorityLeafIsNoted(String folder) throws Exception {
    OmsVerification verification = verify(folder, folder, authority(), false);
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.notes()).anyMatch(note -> note.contains("CA:TRUE"));
  }

  @Test
  void version020VerifiesOnlyWhenAskedFor() throws Exception {
    String folder = "v0.2.0-certificate";
    assertThat(verify(folder, folder, authority(), true).answer()).isEqualTo(Answer.YES);
    OmsVerification refused = verify(folder, folder, authority(), false);
    assertThat(refused.answer()).isEqualTo(Answer.NO);
    assertThat(refused.steps().getLast().reason()).contains("--legacy-oms", "0.2.0");
  }

  private static Trusted identity(String email) throws Exception {
    return new Trusted.Keyless(
        new BundleTrust.Identity(
            TrustedRoot.read(at("trusted_root.pgi.json")),
            email,
            "https://sigstore.verify.ibm.com/oauth2"),
        Case.NOW);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0.0-sigstore", "v1.1.0-sigstore"})
  void signaturesOfIdentitiesVerify(String folder) throws Exception {
    OmsVerification verification = verify(folder, folder, identity("stefanb@us.ibm.com"), false);
    assertThat(verification.answer()).as("%s", verification).isEqualTo(Answer.YES);
    assertThat(verification.signer().name()).isEqualTo("stefanb@us.ibm.com");
    OmsVerification other = verify(folder, folder, identity("stefanb@us.ibm.co"), false);
    assertThat(other.answer()).isEqualTo(Answer.NO);
    assertThat(other.steps().getLast().name()).isEqualTo("identity");
    assertThat(verify(folder, folder, authority(), false).answer()).isEqualTo(Answer.NO);
  }

  @Test
  void keylessBundlesAreNoBundlesOfAKey() throws Exception {
    OmsVerification refused = verify("v1.1.0-sigstore", "v1.1.0-sigstore", key(), false);
    assertThat(refused.answer()).isEqualTo(Answer.NO);
    assertThat(refused.steps().getLast().reason()).contains("Sigstore certificate");
  }

  @Test
  void examplesOfTheSpecificationParse() throws Exception {
    assertThat(read(at("oms-spec/valid-key.bundle.json")).material())
        .isInstanceOf(Material.Key.class);
    assertThat(read(at("oms-spec/valid-sigstore.bundle.json")).material())
        .isInstanceOf(Material.Keyless.class);
    Statement statement =
        Statement.read(read(at("oms-spec/valid-key.bundle.json")).envelope().payload(), "payload");
    Manifest manifest = new ManifestReader(statement.predicate()).read();
    assertThat(statement.subjects().getFirst().digest())
        .isEqualTo(Map.of("sha256", manifest.rootDigest().hex()));
  }

  private static Bundle read(Path file) throws Exception {
    return Bundle.read(Bytes.of(Files.readAllBytes(file)), file.toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invalid-empty.bundle.json",
        "invalid-missing-verification-material.bundle.json",
        "invalid-payload-wrong-predicate.bundle.json"
      })
  void badExamplesOfTheSpecificationAreNotVerified(String file) throws Exception {
    OmsVerification verification =
        OmsVerifier.verify(
            at("oms-ref/v1.1.0-elliptic-key"),
            at("oms-spec").resolve(file),
            key(),
            OmsOptions.DEFAULT,
            List.of());
    assertThat(verification.answer()).isNotEqualTo(Answer.YES);
  }

  @ParameterizedTest
  @CsvSource({
    "deep_model_folder, 0",
    "deep_model_folder_shard, 1000000000",
    "deep_model_folder_small_shards, 8",
    "empty_model_file_shard, 1000000000",
    "empty_model_folder_shard, 1000000000",
    "empty_model_folder_small_shards, 8",
    "model_folder_with_empty_file_shard, 1000000000",
    "model_folder_with_empty_file_small_shards, 8",
    "sample_model_file_small_shards, 8",
    "symlink_model_folder, 0",
    "symlink_model_folder_shard, 1000000000",
    "symlink_model_folder_small_shards, 8"
  })
  void statementIsWhatTheReferenceMakes(String name, long shardSize) throws Exception {
    JsonObject golden =
        (JsonObject) Json.parse(Files.readString(at("oms-golden").resolve(name + ".json")), name);
    ModelTree tree = ModelTree.of(model(name), new ModelTree.Left(List.of(), List.of()), true);
    Manifest manifest =
        OmsSigner.manifest(
            tree,
            new Serialization(HashType.SHA256, shardSize, true, List.of()),
            OmsSigner.Form.REFERENCE);
    assertThat(canonical(manifest.referencePredicate()))
        .isEqualTo(canonical(golden.get("predicate")));
    JsonObject subject = (JsonObject) ((JsonArray) golden.get("subject")).elements().getFirst();
    assertThat(((JsonObject) subject.get("digest")).string("sha256"))
        .isEqualTo(manifest.rootDigest().hex());
  }

  /// The models of the reference's own tests.
  private Path model(String name) throws Exception {
    if (name.startsWith("deep_model_folder")) {
      Path deep = Files.createDirectories(folder.resolve("m/d0/d1/d2/d3/d4"));
      for (int i = 0; i < 4; i++) {
        Files.writeString(deep.resolve("f" + i), "This is file f" + i + ".");
      }
    } else if (name.startsWith("empty_model_file")) {
      return Files.writeString(folder.resolve("empty"), "");
    } else if (name.startsWith("empty_model_folder")) {
      Files.createDirectory(folder.resolve("m"));
    } else if (name.startsWith("model_folder_with_empty_file")) {
      Files.createDirectory(folder.resolve("m"));
      Files.writeString(folder.resolve("m/empty_file"), "");
    } else if (name.startsWith("sample_model_file")) {
      return Files.writeString(folder.resolve("file_model"), "This is a simple model");
    } else {
      Files.createDirectory(folder.resolve("m"));
      Path outside = Files.writeString(folder.resolve("outside"), "This is a simple model");
      Files.createSymbolicLink(folder.resolve("m/symlink_file"), outside);
    }
    return folder.resolve("m");
  }

  /// Members by name, and `8.0` as `8`.
  private static Object canonical(JsonValue value) {
    return switch (value) {
      case JsonObject(Map<String, JsonValue> members) -> {
        Map<String, Object> map = new LinkedHashMap<>();
        members.forEach((key, member) -> map.put(key, canonical(member)));
        yield map;
      }
      case JsonArray(List<JsonValue> elements) ->
          elements.stream().map(ReferenceFixturesTest::canonical).toList();
      case JsonNumber(String text) -> new BigDecimal(text).stripTrailingZeros().toPlainString();
      default -> value;
    };
  }

  @Test
  void trustedRootsParse() throws Exception {
    TrustedRoot root = TrustedRoot.read(at("trusted_root.pgi.json"));
    assertThat(root.logs()).hasSize(2);
    assertThat(root.authorities()).hasSize(2);
    assertThat(root.certificateLogs()).hasSize(2);
    assertThat(root.timestampAuthorities()).hasSize(1);
    TrustedRoot inside = TrustedRoot.read(at("oms-ref/custom_trust_config.json"));
    assertThat(inside.logs()).hasSize(1);
    assertThat(inside.timestampAuthorities().getFirst().chain()).hasSize(3);
  }
}
