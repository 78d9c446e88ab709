package dev.vidimus.cli.sign;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonValue.JsonBoolean;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.Recorded;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.testkit.Fixtures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `verify-bundle` and keyless `verify`, as a client of Sigstore's conformance suite meets them.
class VerifyBundleCommandTest {
  private static final String IDENTITY =
      "https://github.com/sigstore-conformance/extremely-dangerous-public-oidc-beacon/"
          + ".github/workflows/extremely-dangerous-oidc-beacon.yml@refs/heads/main";
  private static final String ISSUER = "https://token.actions.githubusercontent.com";
  private static final String SHA256 =
      "sha256:a0cfc71271d6e278e57cd332ff957c3f7043fdda354c4cbb190a30d56efa01bf";
  private static final String ROOT = "trusted_root.pgi.json";

  private Path folder;
  private Recorded host;

  @BeforeEach
  void fixtures() {
    folder = Fixtures.folder("signing");
  }

  private ExitCode run(String... words) {
    host = new Recorded(folder);
    return CommandLine.run(host, List.of(words));
  }

  private ExitCode verify(String bundle, String artifact, String... more) {
    List<String> words = new ArrayList<>(List.of("verify-bundle", "--bundle"));
    words.add("conformance/" + bundle + "/bundle.sigstore.json");
    words.addAll(List.of(more));
    words.add(artifact);
    return run(words.toArray(new String[0]));
  }

  @Test
  void identityVerifies() {
    String[] identity = {"--identity", IDENTITY, "--issuer", ISSUER, "--trusted-root", ROOT};
    assertThat(verify("happy-path-v0.3", "conformance/a.txt", identity)).isEqualTo(ExitCode.YES);
    assertThat(host.output())
        .startsWith("verified; signed with p256 ")
        .contains(" of " + IDENTITY + " at 2024-03-19T17:26:26Z");
    assertThat(verify("happy-path-v0.3", SHA256, identity)).isEqualTo(ExitCode.YES);
    assertThat(verify("happy-path-v0.3", "trusted_root.pgi.json", identity)).isEqualTo(ExitCode.NO);
    assertThat(verify("bundle-malformed-json_fail", SHA256, identity))
        .isEqualTo(ExitCode.COULD_NOT_TELL);
    assertThat(verify("happy-path-v0.3", "sha256:A0", identity)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void patternIsOfTheWholeName() {
    for (boolean whole : new boolean[] {true, false}) {
      String pattern = "https://github\\.com/sigstore-conformance/" + (whole ? ".*" : "");
      ExitCode code =
          verify(
              "happy-path-v0.3",
              SHA256,
              "--identity-regexp",
              pattern,
              "--issuer",
              ISSUER,
              "--trusted-root",
              ROOT);
      assertThat(code).isEqualTo(whole ? ExitCode.YES : ExitCode.NO);
    }
  }

  @Test
  void nothingIsTrustedByDefault() {
    assertThat(verify("happy-path-v0.3", SHA256, "--identity", IDENTITY, "--issuer", ISSUER))
        .isEqualTo(ExitCode.USAGE);
    assertThat(host.errors()).contains("an identity needs --trusted-root");
    assertThat(verify("happy-path-v0.3", SHA256, "--identity", IDENTITY, "--trusted-root", ROOT))
        .isEqualTo(ExitCode.USAGE);
    assertThat(verify("happy-path-v0.3", SHA256)).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void keyVerifiesWithAndWithoutLogs() throws Exception {
    String key = "conformance/managed-key-and-trusted-root/key.pub";
    String root = "conformance/managed-key-and-trusted-root/trusted_root.json";
    String[] logged = {"--format", "json", "--key", key, "--trusted-root", root};
    assertThat(verify("managed-key-and-trusted-root", SHA256, logged)).isEqualTo(ExitCode.YES);
    JsonObject json = (JsonObject) Json.parse(host.output(), "output");
    assertThat(json.string("schema")).isEqualTo("vidimus.verify-bundle/1");
    assertThat(json.get("verified")).isEqualTo(new JsonBoolean(true));
    assertThat(((JsonObject) json.get("signer")).string("signedAt"))
        .isEqualTo("2026-01-07T18:36:05Z");
    assertThat(verify("managed-key-and-trusted-root", SHA256, "--key", key))
        .isEqualTo(ExitCode.YES);
    assertThat(host.output()).contains("note: without a trusted root, neither log entries");
    String other = "conformance/managed-key-wrong-key_fail/key.pub";
    assertThat(verify("managed-key-wrong-key_fail", SHA256, "--key", other)).isEqualTo(ExitCode.NO);
  }

  @Test
  void keylessModelVerifies() {
    String model = "oms-ref/v1.0.0-sigstore";
    String[] words = {
      "verify",
      "--signature",
      model + "/model.sig",
      "--trusted-root",
      ROOT,
      "--identity",
      "stefanb@us.ibm.com",
      "--issuer",
      "https://sigstore.verify.ibm.com/oauth2",
      model
    };
    assertThat(run(words)).as(() -> host.output()).isEqualTo(ExitCode.YES);
    assertThat(host.output()).contains(" of stefanb@us.ibm.com at 2025-05-03T01:34:46Z");
    words[8] = "https://accounts.example.org";
    assertThat(run(words)).isEqualTo(ExitCode.NO);
    assertThat(host.output()).contains("identity: expected issuer https://accounts.example.org");
  }
}
