package dev.vidimus.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.checks.CommandRun.FakeHost;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.Fixtures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the commands about evidence print is what its schema says, and what they write is what the
/// schemas of OMS say.
final class EvidenceSchemaTest {
  private static final String TYPE = "https://vidimus.example/review/v1";

  @TempDir Path folder;

  @BeforeEach
  void model() throws Exception {
    Files.createDirectories(folder.resolve("model/.git"));
    Files.writeString(folder.resolve("model/.git/HEAD"), "x");
    Files.writeString(folder.resolve("model/config.json"), "{}");
    Files.writeString(folder.resolve("predicate.json"), "{\"ok\":true}");
    assertThat(run("key", "new", "k.pem", "--type", "p256").exit()).isEqualTo(ExitCode.YES);
    assertThat(run("key", "new", "q.pem", "--type", "ml-dsa-44").exit()).isEqualTo(ExitCode.YES);
    assertThat(run("sign", "--key", "k.pem", "--signature", "sig", "model").exit())
        .isEqualTo(ExitCode.YES);
    CommandRun attested =
        run("attest", "--predicate", "predicate.json", "--type", TYPE, "--key", "k.pem", "model");
    assertThat(attested.exit()).as(attested.err()).isEqualTo(ExitCode.YES);
  }

  private CommandRun run(String... words) {
    return CommandRun.of(new FakeHost(folder, Map.of(), new byte[0]), words);
  }

  private void holds(String schema, ExitCode exit, String... words) throws IOException {
    CommandRun run = run(words);
    assertThat(run.exit()).as(run.err()).isEqualTo(exit);
    String text = Files.readString(CommandRun.ROOT.resolve("docs/reference").resolve(schema));
    JsonSchema own = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text);
    assertThat(own.validate(run.out(), InputFormat.JSON)).as(run.out()).isEmpty();
  }

  @Test
  void digestIsAsItsSchemaSays() throws Exception {
    String schema = "digest.schema.json";
    holds(schema, ExitCode.YES, "digest", "--format", "json", "model");
    holds(schema, ExitCode.YES, "digest", "--format", "json", "model/config.json");
    Files.createSymbolicLink(folder.resolve("model/link"), Path.of("/absent\u202e"));
    holds(schema, ExitCode.COULD_NOT_TELL, "digest", "--format", "json", "model");
  }

  @Test
  void verificationIsAsItsSchemaSays() throws Exception {
    String schema = "verify.schema.json";
    String[] verify = {
      "verify", "--format", "json", "--signature", "sig", "--key", "k.pem.pub", "model"
    };
    holds(schema, ExitCode.YES, verify);
    verify[6] = "q.pem.pub";
    holds(schema, ExitCode.NO, verify);
    verify[6] = "k.pem.pub";
    Files.writeString(folder.resolve("model/evil.py"), "x");
    holds(schema, ExitCode.NO, verify);
    Files.delete(folder.resolve("model/evil.py"));
    String[] require = {
      "verify", "--format", "json", "--signature", "sig", "--require", "1-of k.pem.pub", "model"
    };
    holds(schema, ExitCode.YES, require);
    Files.writeString(folder.resolve("sig"), "{");
    holds(schema, ExitCode.COULD_NOT_TELL, verify);
    holds(schema, ExitCode.COULD_NOT_TELL, require);
  }

  @Test
  void verificationOfAttestationsIsAsItsSchemaSays() throws Exception {
    String schema = "verify-attestation.schema.json";
    String[] verify = {
      "verify-attestation",
      "--format",
      "json",
      "--bundle",
      "model.intoto.json",
      "--key",
      "k.pem.pub",
      "model"
    };
    holds(schema, ExitCode.YES, verify);
    verify[6] = "q.pem.pub";
    holds(schema, ExitCode.NO, verify);
    verify[6] = "k.pem.pub";
    verify[7] = "sha256:" + "0".repeat(64);
    holds(schema, ExitCode.NO, verify);
    Files.writeString(folder.resolve("model.intoto.json"), "{}\n{}\n");
    holds(schema, ExitCode.COULD_NOT_TELL, verify);
    Files.writeString(folder.resolve("model.intoto.json"), "");
    holds(schema, ExitCode.COULD_NOT_TELL, verify);
  }

  @Test
  void keylessVerificationIsAsItsSchemaSays() throws Exception {
    Path signing = Fixtures.folder("signing");
    holds(
        "verify-attestation.schema.json",
        ExitCode.YES,
        "verify-attestation",
        "--format",
        "json",
        "--bundle",
        signing.resolve("slsa/bcr_MODULE.bazel.intoto.jsonl").toString(),
        "--trusted-root",
        signing.resolve("trusted_root.pgi.json").toString(),
        "--identity",
        "https://github.com/bazel-contrib/publish-to-bcr/.github/workflows/publish.yaml@refs/tags/v0.0.1",
        "--issuer",
        "https://token.actions.githubusercontent.com",
        signing.resolve("slsa/bcr_MODULE.bazel").toString());
  }

  @Test
  void verificationOfBundlesIsAsItsSchemaSays() throws Exception {
    String schema = "verify-bundle.schema.json";
    String[] verify = {
      "verify-bundle", "--format", "json", "--bundle", "sig", "--key", "k.pem.pub", ""
    };
    String root = Digest.sha256(Digest.sha256("{}".getBytes(StandardCharsets.UTF_8)).bytes()).hex();
    verify[7] = "sha256:" + root;
    holds(schema, ExitCode.YES, verify);
    verify[7] = "model/config.json";
    holds(schema, ExitCode.NO, verify);
    verify[6] = "q.pem.pub";
    holds(schema, ExitCode.NO, verify);
    Files.writeString(folder.resolve("sig"), "{");
    holds(schema, ExitCode.COULD_NOT_TELL, verify);
  }

  @Test
  void keylessVerificationOfBundlesIsAsItsSchemaSays() throws Exception {
    Path signing = Fixtures.folder("signing");
    holds(
        "verify-bundle.schema.json",
        ExitCode.YES,
        "verify-bundle",
        "--format",
        "json",
        "--bundle",
        signing.resolve("conformance/happy-path-v0.3/bundle.sigstore.json").toString(),
        "--trusted-root",
        signing.resolve("trusted_root.pgi.json").toString(),
        "--identity",
        "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
            + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main",
        "--issuer",
        "https://token.actions.githubusercontent.com",
        signing.resolve("conformance/a.txt").toString());
  }

  @Test
  void ledgerIsAsItsSchemasSay() throws Exception {
    assertThat(run("key", "new", "log.pem", "--type", "ed25519").exit()).isEqualTo(ExitCode.YES);
    String[] init = {
      "ledger",
      "init",
      "--format",
      "json",
      "--ledger",
      "log",
      "--key",
      "log.pem",
      "--origin",
      "ledger.example.com/models"
    };
    holds("ledger-init.schema.json", ExitCode.YES, init);
    String[] append = {
      "ledger",
      "append",
      "--format",
      "json",
      "--ledger",
      "log",
      "--key",
      "log.pem",
      "model.intoto.json"
    };
    holds("ledger-append.schema.json", ExitCode.YES, append);
    String schema = "ledger-verify.schema.json";
    String[] verify = {
      "ledger", "verify", "--format", "json", "--ledger", "log", "--log-key", "log.vkey"
    };
    holds(schema, ExitCode.YES, verify);
    holds(
        schema,
        ExitCode.YES,
        "ledger",
        "verify",
        "--format",
        "json",
        "--log-key",
        "log.vkey",
        "--receipt",
        "model.intoto.json.tlog-proof");
    Files.write(folder.resolve("log/tile/0/000.p/1"), new byte[32]);
    holds(schema, ExitCode.NO, verify);
  }

  /// Nothing is written over, and nothing half.
  @Test
  void attestationIsWrittenOnce() throws Exception {
    String[] attest = {
      "attest", "--predicate", "predicate.json", "--type", TYPE, "--key", "k.pem", "model"
    };
    byte[] before = Files.readAllBytes(folder.resolve("model.intoto.json"));
    CommandRun again = run(attest);
    assertThat(again.exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(again.err()).contains("exists; --force replaces it");
    assertThat(folder.resolve("model.intoto.json")).hasBinaryContent(before);
    Files.writeString(folder.resolve("predicate.json"), "{\"a\":1,\"a\":2}");
    assertThat(run(attest).exit()).isEqualTo(ExitCode.COULD_NOT_TELL);
    try (var files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  // The schemas of OMS, and vectors of its specification.

  private static JsonSchema oms(String name) throws IOException {
    Map<String, String> all = new HashMap<>();
    for (String one : List.of("bundle", "envelope", "statement", "predicate")) {
      all.put(
          "https://model_signing/" + one + "/v1.0/schema",
          Files.readString(Fixtures.folder("signing/oms-spec").resolve(one + ".schema.json")));
    }
    String schema =
        Objects.requireNonNull(all.get("https://model_signing/" + name + "/v1.0/schema"));
    return JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            factory -> factory.schemaLoaders(loaders -> loaders.schemas(all)))
        .getSchema(schema);
  }

  private static boolean isOms(String bundle) throws Exception {
    if (bundle.isEmpty() || !oms("bundle").validate(bundle, InputFormat.JSON).isEmpty()) {
      return false;
    }
    JsonObject envelope =
        (JsonObject) ((JsonObject) Json.parse(bundle, "bundle")).get("dsseEnvelope");
    String payload =
        new String(
            Base64.getDecoder()
                .decode(String.valueOf(Objects.requireNonNull(envelope).string("payload"))),
            StandardCharsets.UTF_8);
    return oms("statement").validate(payload, InputFormat.JSON).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "valid-key, true",
    "valid-sigstore, true",
    "invalid-empty, false",
    "invalid-missing-verification-material, false",
    "invalid-payload-wrong-predicate, false"
  })
  void vectorIsOmsOrNot(String name, boolean expected) throws Exception {
    Path vector = Fixtures.folder("signing/oms-spec").resolve(name + ".bundle.json");
    assertThat(isOms(Files.readString(vector))).isEqualTo(expected);
    if (!expected) {
      assertThat(
              run("verify", "--signature", vector.toString(), "--key", "k.pem.pub", "model").exit())
          .isNotEqualTo(ExitCode.YES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--method=files", "--method=shards", "--ignore-path=x"})
  void signatureIsOms(String option) throws Exception {
    CommandRun signed = run("sign", "--key", "k.pem", "--signature", "oms", option, "model");
    assertThat(signed.exit()).as(signed.err()).isEqualTo(ExitCode.YES);
    assertThat(isOms(Files.readString(folder.resolve("oms")))).isTrue();
  }
}
