package dev.vidimus.evidence.oms;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.Bundle;
import dev.vidimus.evidence.sigstore.BundleSigner;
import dev.vidimus.evidence.sigstore.BundleTrust;
import dev.vidimus.evidence.sigstore.BundleVerifier;
import dev.vidimus.evidence.sigstore.Material;
import dev.vidimus.evidence.sigstore.SigningTimes;
import dev.vidimus.evidence.trust.CodeSigners;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Requires that whom the caller trusts signed a bundle, before anything in it is believed: steps 2
/// to 4 of [OmsVerifier].
final class SignerCheck {
  private static final int PRINTED = 200;

  private final Steps steps;
  private final Trusted trusted;
  private final boolean takesLegacy;
  private @Nullable Instant signedAt;

  /// @param takesLegacy whether the form of version 0.2.0 is taken
  SignerCheck(Steps steps, Trusted trusted, boolean takesLegacy) {
    this.steps = steps;
    this.trusted = trusted;
    this.takesLegacy = takesLegacy;
  }

  /// @param legacy whether it was made by version 0.2.0
  record Signed(Signer signer, boolean legacy) {}

  /// Takes the steps.
  Signed require(Bundle bundle) throws CheckFailed, FormatException, IOException {
    if (trusted instanceof Trusted.Keyless(BundleTrust.Identity identity, Instant now)) {
      // The steps are those of Sigstore's clients, and the older form had no keyless signatures.
      BundleSigner by = BundleVerifier.requireSigned(steps, bundle, identity, now);
      return new Signed(
          new Signer(by.method(), by.key(), by.name(), by.issuer(), by.signedAt()), false);
    }
    // 2. It names its signer in the way that the caller asked for.
    VerifyingKey key = steps.take("signer", () -> key(bundle));
    // 3. There is one signature: of several, which one counts would be anybody's guess.
    byte[] raw = steps.take("one signature", () -> oneSignature(bundle));
    // 4. It is the key's, over the very bytes of the envelope.
    boolean legacy = steps.take("signature", () -> signature(bundle, key, raw));
    return new Signed(signer(bundle.material(), key), legacy);
  }

  private VerifyingKey key(Bundle bundle) throws CheckFailed, FormatException {
    Material material = bundle.material();
    return switch (trusted) {
      case Trusted.Keyless keyless ->
          throw new IllegalStateException("verified in the steps of Sigstore's clients");
      case Trusted.Key(VerifyingKey key) -> {
        if (!(material instanceof Material.Key(String hint))) {
          throw new CheckFailed("signer", "a bundle signed with a key", method(material));
        }
        if (hint != null && !hint.isEmpty() && !hint.equals(key.hint())) {
          throw new CheckFailed(
              "signer", "the hint of the trusted key, " + key.hint(), Printable.of(hint, PRINTED));
        }
        yield key;
      }
      case Trusted.Certificate(CodeSigners signers, Instant at, TrustedRoot root) -> {
        if (!(material instanceof Material.Chain(List<X509Certificate> chain))) {
          throw new CheckFailed("signer", "a bundle with a certificate chain", method(material));
        }
        signedAt = root == null ? null : stamped(bundle, root, at);
        X509Certificate leaf =
            signedAt == null
                ? signers.require(chain, at)
                : signers.requireSignedAt(chain, signedAt).getFirst();
        if (CodeSigners.isAuthority(leaf)) {
          steps.note("the signer's certificate is that of an authority too (CA:TRUE)");
        }
        yield VerifyingKey.of(leaf.getPublicKey(), "certificate");
      }
    };
  }

  /// The time at which the trusted authorities saw the signature, or null.
  private @Nullable Instant stamped(Bundle bundle, TrustedRoot root, Instant now)
      throws CheckFailed, FormatException {
    SigningTimes times =
        SigningTimes.stamped(steps, bundle.timestamps(), oneSignature(bundle), root);
    return times.earliest() == null ? null : times.require(now);
  }

  private static String method(Material material) {
    return switch (material) {
      case Material.Key key -> "one with a public key";
      case Material.Chain chain -> "one with a certificate chain";
      case Material.Keyless keyless -> "one with a Sigstore certificate";
    };
  }

  private static byte[] oneSignature(Bundle bundle) throws CheckFailed, FormatException {
    Envelope envelope = bundle.envelope();
    int count = envelope.signatures().size();
    if (count != 1) {
      throw new CheckFailed("one signature", "exactly one signature", count + " signatures");
    }
    return envelope.signatures().getFirst();
  }

  /// @return whether it was made by version 0.2.0
  private boolean signature(Bundle bundle, VerifyingKey key, byte[] raw)
      throws CheckFailed, FormatException {
    Envelope envelope = bundle.envelope();
    // The old form is never a second chance for the new one: what the payload claims decides.
    boolean claimsLegacy = Bundle.claimedPredicateType(envelope).equals(LegacyForm.PREDICATE);
    if (!claimsLegacy) {
      key.require(envelope.pae(), raw);
      return false;
    }
    if (!takesLegacy) {
      throw new CheckFailed(
          "signature",
          "a signature of version 0.3.1 or later (--legacy-oms takes the older form)",
          "the form of version 0.2.0");
    }
    byte[] message = LegacyForm.encoding(envelope.payloadType(), envelope.payload());
    if (bundle.material() instanceof Material.Chain) {
      key.requireSha256(message, raw);
    } else {
      key.require(message, raw);
    }
    return true;
  }

  private Signer signer(Material material, VerifyingKey key) {
    if (!key.scheme().isInOms()) {
      steps.note(
          key.scheme().word() + " is no algorithm of OMS 1.0; other verifiers may not know it");
    }
    return material instanceof Material.Chain(List<X509Certificate> chain)
        ? new Signer(
            "certificate", key, chain.getFirst().getSubjectX500Principal().getName(), "", signedAt)
        : new Signer("key", key, "", "", null);
  }
}
