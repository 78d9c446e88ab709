package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.Answer;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.intoto.Statement;
import dev.vidimus.evidence.sigstore.rekor.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Verifies bundles, without a network: whatever a client of Sigstore must check that follows from
/// the bundle, the artifact and what the caller trusts.
///
/// ```java
/// var trust = new BundleTrust.Identity(TrustedRoot.read(path), "me@example.org", issuer);
/// BundleSigner signer = BundleVerifier.requireSigned(steps, bundle, trust, Instant.now());
/// ```
public final class BundleVerifier {
  private static final Set<String> STATEMENTS = Set.of(Statement.V1, Statement.V0_1);

  private static final int PRINTED = 200;

  private final Steps steps = new Steps();
  private final SignedArtifact artifact;
  private final BundleTrust trust;
  private final Instant now;
  private @Nullable BundleSigner signer;
  private String predicateType = "";

  private BundleVerifier(SignedArtifact artifact, BundleTrust trust, Instant now) {
    this.artifact = artifact;
    this.trust = trust;
    this.now = now;
  }

  /// Requires that whom the caller trusts signed a bundle's envelope. What its payload means, and
  /// of which type it is, is left to the caller.
  ///
  /// @param now for a log key's validity where a signature by a key has no time, and because
  /// nothing was signed in the future
  /// @throws CheckFailed if not
  /// @throws FormatException if the bundle cannot be read that far, or has no envelope
  public static BundleSigner requireSigned(
      Steps steps, Bundle bundle, BundleTrust trust, Instant now)
      throws CheckFailed, FormatException, IOException {
    Envelope envelope = bundle.envelope();
    return new SignatureCheck(steps, bundle, new SignedMessage.OfEnvelope(envelope), now)
        .require(trust);
  }

  /// Verifies that a bundle is about an artifact: a signature over it, or a statement with its
  /// SHA-256 among the subjects.
  ///
  /// @return every step that was taken; never an exception for what the inputs are
  public static BundleVerification verify(
      Path bundle, SignedArtifact artifact, BundleTrust trust, Instant now) {
    return new BundleVerifier(artifact, trust, now).verify(bundle);
  }

  private BundleVerification verify(Path file) {
    Answer answer;
    try {
      verify(steps.take("read", () -> read(file)));
      answer = Answer.YES;
    } catch (CheckFailed e) {
      answer = Answer.NO;
    } catch (FormatException | IOException e) {
      answer = Answer.COULD_NOT_TELL;
    }
    return new BundleVerification(answer, steps.taken(), steps.notes(), signer, predicateType);
  }

  private static Bundle read(Path file) throws FormatException, IOException {
    try (Bytes bytes = FileBytes.open(file)) {
      return Bundle.read(bytes, file.toString());
    }
  }

  private void verify(Bundle bundle) throws CheckFailed, FormatException, IOException {
    switch (bundle.content()) {
      case Content.Message message -> {
        SignedMessage signed = new SignedArtifact.Message(artifact);
        steps.take("message digest", () -> messageDigest(message, signed));
        signer = new SignatureCheck(steps, bundle, signed, now).require(trust);
      }
      case Content.Dsse(Envelope envelope) -> {
        signer = requireSigned(steps, bundle, trust, now);
        steps.take("payload type", () -> payloadType(envelope));
        Statement statement = steps.take("statement", () -> statement(envelope));
        predicateType = statement.predicateType();
        steps.take("subject", () -> subject(statement));
      }
    }
  }

  /// The digest in a bundle is a hint that nobody signed, and still it must not be wrong.
  private static SignedMessage messageDigest(Content.Message message, SignedMessage signed)
      throws CheckFailed, FormatException, IOException {
    HashAlgorithm algorithm = message.algorithm();
    if (algorithm != null) {
      byte[] found = signed.hash(algorithm);
      if (!Arrays.equals(found, message.digest())) {
        throw new CheckFailed(
            "message digest",
            "the artifact's " + algorithm.jdkName() + " " + HexFormat.of().formatHex(found),
            "another one");
      }
    }
    return signed;
  }

  private static Envelope payloadType(Envelope envelope) throws CheckFailed {
    if (!envelope.payloadType().equals(Envelope.IN_TOTO)) {
      throw new CheckFailed(
          "payload type", Envelope.IN_TOTO, Printable.of(envelope.payloadType(), PRINTED));
    }
    return envelope;
  }

  private static Statement statement(Envelope envelope)
      throws CheckFailed, FormatException, IOException {
    Statement statement = Statement.read(envelope.payload(), "payload");
    if (!STATEMENTS.contains(statement.type())) {
      throw new CheckFailed("statement", Statement.V1, Printable.of(statement.type(), PRINTED));
    }
    return statement;
  }

  private Digest subject(Statement statement) throws CheckFailed, FormatException, IOException {
    Digest sha256 = artifact.sha256();
    boolean isAbout =
        statement.subjects().stream()
            .anyMatch(subject -> sha256.hex().equals(subject.digest().get("sha256")));
    if (!isAbout) {
      throw new CheckFailed(
          "subject", "one with " + sha256, Printable.of(statement.subjects().toString(), PRINTED));
    }
    return sha256;
  }
}
