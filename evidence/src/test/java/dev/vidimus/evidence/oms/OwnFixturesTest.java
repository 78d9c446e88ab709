package dev.vidimus.evidence.oms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The cases made with the reference implementation and by hand. The reference passes nine `bad-`
/// cases; we pass none.
class OwnFixturesTest {
  /// Where a row leaves a choice: what we decided, and the step that refuses.
  private static final Map<String, String> DECIDED =
      Map.ofEntries(
          Map.entry("own/good-two-signatures", "one signature"),
          Map.entry("own/edge-two-signatures-second-trusted", "one signature"),
          Map.entry("own/good-symlink-allowed", "files"),
          Map.entry("own/bad-unsorted", "manifest"),
          Map.entry("own/edge-upper-hex", "manifest"),
          Map.entry("own/edge-extra-predicate-field", ""),
          Map.entry("own/edge-cert-tls-leaf", "signer"));

  @TempDir Path temporary;

  static List<Case> cases() throws IOException {
    return Case.ofGroup("own").stream().filter(one -> one.what().contains("inputs: ")).toList();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isAnsweredAsTheRowSays(Case one) throws Exception {
    String refusing = DECIDED.get(one.path());
    boolean yes = refusing == null ? one.expected().startsWith("VERIFY") : refusing.isEmpty();
    OmsVerification verification = verify(one, false, false);
    assertThat(verification.answer() == Answer.YES)
        .as("%s; %s", one.expected(), verification)
        .isEqualTo(yes);
    assertThat(verification.verified() != null).isEqualTo(yes);
    if (!yes) {
      Step last = verification.steps().getLast();
      assertThat(last.ok()).isFalse();
      assertThat(last.reason()).isNotBlank();
      if (refusing != null) {
        assertThat(last.name()).isEqualTo(refusing);
      }
    }
  }

  private OmsVerification verify(Case one, boolean strict, boolean links) throws IOException {
    Path folder = one.prepared(temporary);
    try {
      return OmsVerifier.verify(
          Case.model(folder),
          Case.signature(folder),
          one.trusted(),
          one.options(strict, links),
          List.of());
    } catch (FormatException e) { // of the key
      return new OmsVerification(
          Answer.COULD_NOT_TELL,
          strict,
          List.of(new Step("key", false, String.valueOf(e.getMessage()))),
          List.of(),
          null,
          Comparison.NONE,
          null);
    }
  }

  private OmsVerification verify(String path, boolean strict, boolean links) throws IOException {
    Case one =
        cases().stream().filter(row -> row.path().equals("own/" + path)).findFirst().orElseThrow();
    return verify(one, strict, links);
  }

  static Stream<String> strictRefuses() {
    return Stream.of(
        "edge-added-in-ignored-git",
        "edge-added-in-signed-ignore",
        "edge-shard-empty-added",
        "edge-extra-predicate-field",
        "good-ignore-paths",
        "good-git-files");
  }

  @ParameterizedTest
  @MethodSource("strictRefuses")
  void strictRefusesWhatIsUnsignedOrUnknown(String path) throws IOException {
    OmsVerification verification = verify(path, true, false);
    assertThat(verification.answer()).isEqualTo(Answer.NO);
    assertThat(verification.steps().getLast().name()).isEqualTo("strict");
  }

  @Test
  void unsignedPathsAreReported() throws IOException {
    assertThat(verify("good-git-files", false, false).comparison().unsigned())
        .containsExactly(".git/config", ".gitattributes", ".github/workflows/a.yml");
    assertThat(verify("good-ignore-paths", false, false).comparison().unsigned())
        .containsExactly("cache/x.tmp", "notes.txt");
    assertThat(verify("edge-added-in-ignored-git", false, false).comparison().unsigned())
        .contains(".git/hooks/post-checkout", ".github/evil.py");
  }

  @Test
  void symlinksVerifyOnlyWhereBothSidesAllowThem() throws IOException {
    assertThat(verify("good-symlink-allowed", false, true).answer()).isEqualTo(Answer.YES);
    assertThat(verify("good-symlink-allowed", false, false).steps().getLast().reason())
        .contains("link.json (symbolic link to config.json)");
    for (String path :
        List.of("bad-symlink-signed-false", "bad-symlink-same-content", "bad-dir-symlink")) {
      assertThat(verify(path, false, true).answer()).as(path).isEqualTo(Answer.NO);
    }
  }

  @Test
  void everyDifferenceIsNamed() throws IOException {
    assertThat(verify("bad-renamed", false, false).comparison().missing())
        .containsExactly("README.md");
    assertThat(verify("bad-renamed", false, false).comparison().extra())
        .containsExactly("readme2.md");
    assertThat(verify("bad-swapped", false, false).comparison().changed()).hasSize(2);
    assertThat(verify("bad-shard-changed", false, false).comparison().changed())
        .containsExactly("w.bin:128:192");
    assertThat(verify("bad-added-hidden-file", false, false).comparison().extra())
        .containsExactly("weights/.hidden");
  }

  @Test
  void refusalsNameTheirStep() throws IOException {
    Map<String, String> steps =
        Map.ofEntries(
            Map.entry("bad-media-type", "bundle"),
            Map.entry("bad-wrong-key", "signer"),
            Map.entry("edge-hint-mismatch-good-sig", "signer"),
            Map.entry("bad-method-confusion", "signer"),
            Map.entry("bad-cert-unknown-root", "signer"),
            Map.entry("bad-cert-empty-chain", "signer"),
            Map.entry("edge-cert-expired-leaf", "signer"),
            Map.entry("bad-no-signatures", "one signature"),
            Map.entry("bad-empty-signature", "signature"),
            Map.entry("bad-wrong-key-right-hint", "signature"),
            Map.entry("bad-payload-type-pae-confusion", "signature"),
            Map.entry("bad-payload-type", "payload type"),
            Map.entry("bad-wrong-predicate", "statement"),
            Map.entry("edge-duplicate-json-key", "statement"),
            Map.entry("bad-duplicate-resource", "manifest"),
            Map.entry("bad-traversal-name", "manifest"),
            Map.entry("bad-empty-resources", "manifest"),
            Map.entry("bad-ignore-glob", "manifest"),
            Map.entry("bad-shard-gap", "manifest"),
            Map.entry("bad-root-digest", "root digest"),
            Map.entry("bad-changed-byte", "files"));
    for (Map.Entry<String, String> expected : steps.entrySet()) {
      OmsVerification verification = verify(expected.getKey(), false, false);
      assertThat(verification.steps().getLast().name())
          .as("%s: %s", expected.getKey(), verification)
          .isEqualTo(expected.getValue());
    }
  }
}
