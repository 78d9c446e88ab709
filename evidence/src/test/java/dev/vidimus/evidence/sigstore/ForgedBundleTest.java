package dev.vidimus.evidence.sigstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.OtherName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// One fault each, in bundles of an instance of Sigstore of our own.
class ForgedBundleTest {
  private ForgedInstance sigstore;
  private final Steps steps = new Steps();

  @BeforeEach
  void instance() throws Exception {
    sigstore = new ForgedInstance();
  }

  private BundleSigner verify(Bundle bundle) throws Exception {
    return BundleVerifier.requireSigned(steps, bundle, sigstore.trust(), ForgedInstance.NOW);
  }

  private void refused(String step, String reason) {
    assertThatThrownBy(() -> verify(sigstore.bundle()))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining(reason);
    assertThat(steps.taken().getLast().name()).isEqualTo(step);
  }

  private void version2() {
    sigstore.kind = "hashedrekord";
    sigstore.version = "0.0.2";
    sigstore.hasPromise = false;
    sigstore.hasStamp = true;
  }

  @ParameterizedTest
  @CsvSource({"dsse, 0.0.1", "intoto, 0.0.2", "hashedrekord, 0.0.1", "hashedrekord, 0.0.2"})
  void everyKindOfEntryVerifies(String kind, String version) throws Exception {
    sigstore.kind = kind;
    sigstore.version = version;
    BundleSigner signer = verify(sigstore.bundle());
    assertThat(signer.name()).isEqualTo(ForgedInstance.EMAIL);
    assertThat(signer.issuer()).isEqualTo(ForgedInstance.ISSUER);
    assertThat(signer.signedAt()).isEqualTo(ForgedInstance.SIGNED);
  }

  @ParameterizedTest
  @CsvSource({"ecdsa", "ed25519", "rsa"})
  void everyKindOfLogKeyVerifies(String kind) throws Exception {
    sigstore.log = key(kind);
    sigstore.logUsed = sigstore.log;
    if (!kind.equals("ed25519")) { // RFC 6962 has none
      sigstore.certificateLog = key(kind);
      sigstore.certificateLogUsed = sigstore.certificateLog;
    }
    verify(sigstore.bundle());
    version2();
    verify(sigstore.bundle());
  }

  private static ForgedKeys key(String kind) {
    return switch (kind) {
      case "rsa" -> ForgedKeys.rsa();
      case "ed25519" -> ForgedKeys.ed25519();
      default -> ForgedKeys.ecdsa();
    };
  }

  @Test
  void unknownKindOfEntryIsNoAnswer() {
    sigstore.version = "0.0.9";
    assertThatThrownBy(() -> verify(sigstore.bundle()))
        .isInstanceOf(FormatException.Unsupported.class)
        .hasMessageContaining("kind dsse 0.0.9");
  }

  // Times.

  @Test
  void withoutATimeNothingSaysThatTheCertificateWasValid() {
    sigstore.hasPromise = false;
    refused("signing time", "neither of them trusted");
  }

  @Test
  void earliestOfSeveralTimesIsTheSignature() throws Exception {
    sigstore.hasStamp = true;
    sigstore.stamped = ForgedInstance.SIGNED.minusSeconds(5);
    assertThat(verify(sigstore.bundle()).signedAt()).isEqualTo(sigstore.stamped);
  }

  @Test
  void everyTimeMustBeWithinTheCertificate() {
    sigstore.hasStamp = true;
    sigstore.stamped = ForgedInstance.SIGNED.plus(Duration.ofMinutes(30));
    refused("certificate", "certificates valid at 2026-03-01T12:30:00Z");
  }

  @Test
  void timeInTheFutureIsRefused() throws Exception {
    Bundle bundle = sigstore.bundle();
    BundleTrust trust = sigstore.trust();
    Instant before = ForgedInstance.SIGNED.minus(Duration.ofMinutes(6));
    assertThatThrownBy(() -> BundleVerifier.requireSigned(steps, bundle, trust, before))
        .isInstanceOf(CheckFailed.class)
        .hasMessageContaining("a time before now");
  }

  @Test
  void promisedTimeBeyondAllCalendarsIsRefused() {
    sigstore.integrated = Instant.MAX;
    refused("log", "a time and an index");
  }

  @Test
  void stampOfSomethingElseIsRefused() {
    version2();
    sigstore.stampedBytes = new byte[] {1};
    refused("timestamps", "an imprint of this signature");
  }

  @Test
  void imprintBySha1IsRefused() {
    version2();
    sigstore.stampHash = "SHA-1";
    refused("timestamps", "SHA-256, SHA-384 or SHA-512");
  }

  @Test
  void stampByACertificateForOtherThingsIsRefused() throws Exception {
    version2();
    sigstore.stampLeafUsed = sigstore.stamping;
    sigstore.stampAuthority.serial--;
    sigstore.stamping = sigstore.stampLeaf(false);
    refused("timestamps", "for timeStamping only, critically");
  }

  @Test
  void embeddedCertificateMustBeTheTrustedOne() throws Exception {
    version2();
    sigstore.stampLeafUsed = sigstore.stamping;
    sigstore.stampAuthority.serial--;
    sigstore.stamping =
        sigstore.stampAuthority.stamping(
            sigstore.stampKey,
            ForgedInstance.SIGNED.minusSeconds(1),
            ForgedInstance.SIGNED.plusSeconds(1),
            true);
    refused("timestamps", "the trusted certificate of the authority");
  }

  @Test
  void stampOfAnUnknownAuthorityIsNoTime() throws Exception {
    version2();
    sigstore.stampLeafUsed = sigstore.stamping;
    sigstore.stamping = sigstore.stampLeaf(true);
    refused("signing time", "neither of them trusted");
    assertThat(steps.notes()).anyMatch(note -> note.contains("does not have"));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T12:00:00Z, 2026-03-01T12:00:00Z, true",
    "2026-03-01T12:00:00.001Z, 2026-03-02T12:00:00Z, false",
    "2026-01-01T12:00:00Z, 2026-03-01T11:59:59.999Z, false"
  })
  void endsOfTrustBelongToIt(String start, String end, boolean holds) throws Exception {
    String validity = "{\"start\":\"" + start + "\",\"end\":\"" + end + "\"}";
    sigstore.hasStamp = true;
    sigstore.hasCertificateLogs = false;
    String whole = sigstore.logValidity;

    sigstore.logValidity = validity;
    expect(holds, "the log https://log.example.org was trusted");
    sigstore.logValidity = whole;

    sigstore.stampValidity = validity;
    expect(holds, "the authority  was trusted");
    sigstore.stampValidity = whole;

    sigstore.authorityValidity = validity;
    expect(holds, "an authority that was trusted at");
  }

  private void expect(boolean holds, String reason) throws Exception {
    if (holds) {
      verify(sigstore.bundle());
    } else {
      assertThatThrownBy(() -> verify(sigstore.bundle())).hasMessageContaining(reason);
    }
  }

  @ParameterizedTest
  @CsvSource({"true", "false"})
  void withoutAStartNobodyIsTrusted(boolean promised) {
    sigstore.logValidity = "{}";
    if (!promised) {
      version2();
    }
    refused("log", "no start to now");
  }

  // The log.

  @Test
  void entryOfAnotherSignatureIsRefused() {
    sigstore.loggedSignature = new byte[] {1, 2, 3};
    refused("log", "the signature of this bundle");
  }

  @Test
  void entryOfAnotherCertificateIsRefused() throws Exception {
    sigstore.loggedLeaf = sigstore.leaf();
    refused("log", "the key or certificate of this bundle");
  }

  @ParameterizedTest
  @CsvSource({"dsse, 0.0.1", "intoto, 0.0.2", "hashedrekord, 0.0.1", "hashedrekord, 0.0.2"})
  void entryOfAnotherPayloadIsRefused(String kind, String version) {
    sigstore.kind = kind;
    sigstore.version = version;
    sigstore.loggedPayload = "{}".getBytes(StandardCharsets.UTF_8);
    refused("log", "hash");
  }

  @Test
  void logThatIsNotTrustedDoesNotCount() {
    sigstore.logUsed = ForgedKeys.ecdsa();
    refused("log", "an entry in a trusted log");
  }

  @Test
  void bundleWithoutEntriesIsRefusedUnlessThereAreNoLogs() throws Exception {
    sigstore.logUsed = null;
    sigstore.hasStamp = true;
    refused("log", "an entry in a trusted log");
    sigstore.hasLogs = false;
    verify(sigstore.bundle());
    assertThat(steps.notes()).anyMatch(note -> note.contains("has no logs"));
  }

  @Test
  void promiseAloneIsEnoughInTheFirstVersionOnly() throws Exception {
    sigstore.hasProof = false;
    refused("log", "a proof with a signed checkpoint, found no proof");
    sigstore.mediaType = "application/vnd.dev.sigstore.bundle+json;version=0.2";
    refused("log", "a proof with a signed checkpoint, found no proof");
    sigstore.mediaType = "application/vnd.dev.sigstore.bundle+json;version=0.1";
    verify(sigstore.bundle());
    sigstore.hasPromise = false;
    sigstore.hasStamp = true;
    refused("log", "a proof with a signed checkpoint, found no proof");
  }

  @Test
  void proofWithoutACheckpointProvesNothing() {
    sigstore.hasCheckpoint = false;
    refused("log", "a proof without a checkpoint");
  }

  @Test
  void signaturesOfWitnessesAreCountedAndSaidToBeUnverified() throws Exception {
    verify(sigstore.bundle());
    assertThat(steps.notes()).noneMatch(note -> note.contains("witnesses"));
    String value = Base64.getEncoder().encodeToString(new byte[4 + 8 + 64]);
    sigstore.cosignatures =
        "\u2014 witness.example.org " + value + "\n\u2014 other.example.org " + value + "\n";
    verify(sigstore.bundle());
    assertThat(steps.notes())
        .anyMatch(note -> note.contains("2 signatures of others, such as witnesses"));
  }

  @Test
  void sizeOfTheCheckpointCounts() {
    sigstore.checkpointSize = 2;
    refused("log", "size and root of the signed checkpoint");
  }

  @Test
  void nameOfTheSignatureIsThatOfTheOrigin() {
    sigstore.noteName = "other.example.org";
    refused("log", "in its own name");
  }

  // The certificate.

  @Test
  void chainHasNoPlaceInTheThirdVersion() throws Exception {
    sigstore.mediaType = "application/vnd.dev.sigstore.bundle+json;version=0.2";
    verify(sigstore.bundle());
    String text = sigstore.text().replace("bundle+json;version=0.2", "bundle+json;version=0.3");
    Bundle bundle = Bundle.read(Bytes.of(text.getBytes(StandardCharsets.UTF_8)), "bundle");
    assertThatThrownBy(() -> verify(bundle)).hasMessageContaining("the certificate alone");
  }

  @Test
  void certificateForOtherThingsIsRefused() {
    sigstore.purpose = KeyPurposeId.id_kp_serverAuth;
    refused("certificate", "codeSigning");
  }

  @Test
  void certificateOfAnotherAuthorityIsRefused() throws Exception {
    ForgedInstance other = new ForgedInstance();
    other.logUsed = sigstore.log;
    Bundle bundle = other.bundle();
    assertThatThrownBy(() -> verify(bundle)).hasMessageContaining("a path to a trusted root");
  }

  @Test
  void certificateExpiredBeforeTheSignatureIsRefused() {
    sigstore.issuedAt = ForgedInstance.SIGNED.minus(Duration.ofMinutes(11));
    refused("certificate", "certificates valid at 2026-03-01T12:00:00Z");
  }

  @Test
  void promiseOfAnUnknownCertificateLogIsRefused() {
    sigstore.certificateLogUsed = ForgedKeys.ecdsa();
    refused("certificate timestamp", "one of the trusted certificate logs");
  }

  @Test
  void certificateWithoutAPromiseIsRefusedUnlessThereAreNoCertificateLogs() throws Exception {
    sigstore.certificateLogUsed = null;
    refused("certificate timestamp", "a certificate without");
    sigstore.hasCertificateLogs = false;
    verify(sigstore.bundle());
    assertThat(steps.notes()).anyMatch(note -> note.contains("has no certificate logs"));
  }

  @Test
  void promiseThatTheLogDidNotSignIsRefused() {
    // Named as the trusted log is, and signed by another key.
    ForgedKeys trusted = sigstore.certificateLog;
    sigstore.certificateLogUsed =
        new ForgedKeys(
            trusted.details(),
            trusted.algorithm(),
            new KeyPair(trusted.pair().getPublic(), ForgedKeys.ecdsa().pair().getPrivate()));
    refused("certificate timestamp", "a signature by the log's key");
  }

  // The identity.

  @Test
  void otherIdentitiesAreRefused() {
    sigstore.identity = new GeneralName(GeneralName.rfc822Name, "me@example.org.example.com");
    refused("identity", ForgedInstance.EMAIL);
  }

  @Test
  void addressOfAHostIsNoIdentity() {
    sigstore.identity = new GeneralName(GeneralName.dNSName, "me.example.org");
    refused("identity", "found []");
  }

  @Test
  void nameOfFulciosOwnKindIsAnIdentity() throws Exception {
    sigstore.identity =
        new GeneralName(
            GeneralName.otherName,
            new OtherName(
                new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.7"), new DERUTF8String("me!org")));
    BundleTrust trust = new BundleTrust.Identity(sigstore.root(), "me!org", ForgedInstance.ISSUER);
    BundleSigner signer =
        BundleVerifier.requireSigned(steps, sigstore.bundle(), trust, ForgedInstance.NOW);
    assertThat(signer.name()).isEqualTo("me!org");
  }

  @Test
  void severalSignaturesAreRefused() {
    sigstore.more = ",{\"sig\":\"AAAA\"}";
    refused("one signature", "2 signatures");
  }
}
