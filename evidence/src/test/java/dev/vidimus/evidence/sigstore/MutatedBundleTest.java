package dev.vidimus.evidence.sigstore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.sigstore.timestamp.Timestamp;
import dev.vidimus.evidence.trust.TrustedRoot;
import dev.vidimus.testkit.Fixtures;
import dev.vidimus.testkit.Mutations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whatever is done to a bundle, nothing but the declared failures comes out, and what is verified
/// afterwards is the same in everything that counts.
class MutatedBundleTest {
  private static final Pattern BASE64 = Pattern.compile("\"([A-Za-z0-9+/]{16,}={0,2})\"");

  @TempDir Path folder;

  static List<Conformance> cases() throws Exception {
    return Conformance.all();
  }

  private static byte[] text(Conformance one) throws Exception {
    return Files.readAllBytes(one.bundle());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void changedBytesNeverEscapeAndNeverMakeAYes(Conformance one) throws Exception {
    byte[] good = text(one);
    BundleTrust trust = one.trust();
    Mutations mutations = new Mutations(17);
    Path file = folder.resolve("bundle");
    for (int i = 0; i < 100; i++) {
      byte[] bad = mutations.of(good);
      Files.write(file, bad);
      BundleVerification verification = one.verify(file, trust);
      if (verification.answer() == Answer.YES) {
        // The one bad bundle that is good without its timestamp, if that becomes a stranger's.
        assertThat(one.isGood() || one.name().startsWith("intoto-tsa")).isTrue();
        assertSame(good, bad);
      }
    }
  }

  /// What differs is white space, an ignored member, or a part that the signature does not need.
  private static void assertSame(byte[] good, byte[] bad) throws Exception {
    Bundle before = Bundle.read(Bytes.of(good), "before");
    Bundle after = Bundle.read(Bytes.of(bad), "after");
    assertThat(signed(after.content())).isEqualTo(signed(before.content()));
    if (before.material() instanceof Material.Keyless) {
      assertThat(after.material()).isEqualTo(before.material());
    }
    assertThat(after.entries().getFirst().body()).isEqualTo(before.entries().getFirst().body());
    assertThat(after.entries().getFirst().logId()).isEqualTo(before.entries().getFirst().logId());
  }

  private static String signed(Content content) {
    return switch (content) {
      case Content.Message message -> hex(message.signature());
      case Content.Dsse dsse ->
          hex(dsse.envelope().payload()) + hex(dsse.envelope().signatures().getFirst());
    };
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void changedValuesInsideTheBase64NeverEscape(Conformance one) throws Exception {
    String good = new String(text(one), StandardCharsets.UTF_8);
    BundleTrust trust = one.trust();
    List<int[]> places = new ArrayList<>();
    Matcher matcher = BASE64.matcher(good);
    while (matcher.find()) {
      places.add(new int[] {matcher.start(1), matcher.end(1)});
    }
    Mutations mutations = new Mutations(23);
    Path file = folder.resolve("bundle");
    for (int[] place : places) {
      byte[] value = decoded(good.substring(place[0], place[1]));
      for (int i = 0; i < 8; i++) {
        String bad =
            good.substring(0, place[0])
                + Base64.getEncoder().encodeToString(mutations.of(value))
                + good.substring(place[1]);
        Files.writeString(file, bad);
        BundleVerification verification = one.verify(file, trust);
        if (verification.answer() == Answer.YES) {
          assertSame(good.getBytes(StandardCharsets.UTF_8), bad.getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  private static byte[] decoded(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) { // words such as a hash algorithm's name
      return text.getBytes(StandardCharsets.US_ASCII);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1.0.0-sigstore", "v1.1.0-sigstore"})
  void changedModelSignaturesAreSignedByTheSame(String name) throws Exception {
    Path signing = Fixtures.folder("signing");
    byte[] good = Files.readAllBytes(signing.resolve("oms-ref").resolve(name).resolve("model.sig"));
    BundleTrust trust =
        new BundleTrust.Identity(
            TrustedRoot.read(signing.resolve("trusted_root.pgi.json")),
            "stefanb@us.ibm.com",
            "https://sigstore.verify.ibm.com/oauth2");
    Mutations mutations = new Mutations(37);
    for (int i = 0; i < 500; i++) {
      byte[] bad = i == 0 ? good : mutations.of(good);
      try {
        Bundle bundle = Bundle.read(Bytes.of(bad), "bundle");
        BundleVerifier.requireSigned(new Steps(), bundle, trust, ForgedInstance.NOW);
        assertSame(good, bad);
      } catch (FormatException | CheckFailed e) {
        assertThat(i).as("%s", e).isPositive();
      }
    }
  }

  @Test
  void changedTimestampsNeverEscapeAndNeverMakeAYes() throws Exception {
    Conformance one = Conformance.of("rekor2-timestamp-with-embedded-cert");
    Bundle bundle = Bundle.read(Bytes.of(text(one)), "bundle");
    TrustedRoot root = one.root();
    byte[] signature = ((Content.Message) bundle.content()).signature();
    byte[] good = bundle.timestamps().getFirst();
    Timestamp before = Timestamp.read(good, "good");
    Mutations mutations = new Mutations(29);
    for (int i = 0; i < 10_000; i++) {
      byte[] bad = mutations.of(good);
      try {
        SigningTimes times = SigningTimes.stamped(new Steps(), List.of(bad), signature, root);
        if (times.earliest() != null) {
          assertThat(times.earliest())
              .isEqualTo(before.require(root.timestampAuthorities().getFirst(), signature));
        }
      } catch (FormatException | CheckFailed e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  @Test
  void changedTrustedRootsNeverEscape() throws Exception {
    byte[] good = Files.readAllBytes(Fixtures.folder("signing").resolve("trusted_root.pgi.json"));
    Mutations mutations = new Mutations(31);
    for (int i = 0; i < 3_000; i++) {
      try {
        TrustedRoot.read(Bytes.of(mutations.of(good)), "root");
      } catch (FormatException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }
}
