package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.Steps;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.fulcio.CertifiedIdentity;
import dev.vidimus.evidence.sigstore.fulcio.EmbeddedTimestamps;
import dev.vidimus.evidence.sigstore.rekor.LogEntry;
import dev.vidimus.evidence.sigstore.rekor.LogVerifier;
import dev.vidimus.evidence.sigstore.rekor.SignedContent;
import dev.vidimus.evidence.trust.CertificateAuthority;
import dev.vidimus.evidence.trust.CodeSigners;
import dev.vidimus.evidence.trust.TransparencyLog;
import dev.vidimus.evidence.trust.TrustedRoot;
import java.io.IOException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Everything that must hold of a bundle's signature, whatever it is over; in the order of
/// [the client specification](https://github.com/sigstore/architecture-docs), but times first,
/// because everything else is judged at them.
final class SignatureCheck {
  private static final int PRINTED = 300;

  private final Steps steps;
  private final Bundle bundle;
  private final SignedMessage message;
  private final Instant now;

  SignatureCheck(Steps steps, Bundle bundle, SignedMessage message, Instant now) {
    this.steps = steps;
    this.bundle = bundle;
    this.message = message;
    this.now = now;
  }

  BundleSigner require(BundleTrust trust) throws CheckFailed, FormatException, IOException {
    BundleVersion version = steps.take("bundle", () -> BundleVersion.of(bundle.mediaType()));
    return switch (trust) {
      case BundleTrust.Key(VerifyingKey key, TrustedRoot root) -> byKey(version, key, root);
      case BundleTrust.Identity identity -> byIdentity(version, identity);
    };
  }

  private BundleSigner byKey(BundleVersion version, VerifyingKey key, @Nullable TrustedRoot root)
      throws CheckFailed, FormatException, IOException {
    steps.take("signer", this::isByKey);
    byte[] signature = steps.take("one signature", this::signature);
    Instant signedAt = null;
    if (root != null) {
      SigningTimes times = times(version, root, signature, key.der());
      signedAt = times.all().isEmpty() ? null : times.require(now);
    } else if (!bundle.entries().isEmpty() || !bundle.timestamps().isEmpty()) {
      steps.note("without a trusted root, neither log entries nor timestamps were looked at");
    }
    steps.take("signature", () -> signedBy(key, signature));
    return new BundleSigner("key", key, "", "", signedAt);
  }

  private BundleSigner byIdentity(BundleVersion version, BundleTrust.Identity trust)
      throws CheckFailed, FormatException, IOException {
    TrustedRoot root = trust.root();
    X509Certificate leaf = steps.take("signer", () -> leaf(version));
    byte[] signature = steps.take("one signature", this::signature);
    SigningTimes times = times(version, root, signature, der(leaf));
    Instant signedAt = steps.take("signing time", () -> times.require(now));
    X509Certificate issuer = steps.take("certificate", () -> issuer(leaf, root, times));
    if (root.certificateLogs().isEmpty()) {
      steps.note("the trusted root has no certificate logs, so none was asked for the certificate");
    } else {
      steps.take("certificate timestamp", () -> inCertificateLog(leaf, issuer, root));
    }
    String name = steps.take("identity", () -> identity(leaf, trust));
    VerifyingKey key = VerifyingKey.of(leaf.getPublicKey(), "certificate");
    steps.take("signature", () -> signedBy(key, signature));
    return new BundleSigner("keyless", key, name, trust.issuer(), signedAt);
  }

  private Material isByKey() throws CheckFailed {
    if (!(bundle.material() instanceof Material.Key)) {
      throw new CheckFailed("signer", "a bundle signed with a key", "one with a certificate");
    }
    return bundle.material();
  }

  private X509Certificate leaf(BundleVersion version) throws CheckFailed {
    return switch (bundle.material()) {
      case Material.Key key ->
          throw new CheckFailed("signer", "a certificate of an identity", "a public key");
      case Material.Keyless(X509Certificate leaf) -> leaf;
      case Material.Chain(List<X509Certificate> chain) -> {
        if (version == BundleVersion.V0_3) {
          throw new CheckFailed(
              "signer", "the certificate alone, as version 0.3 has it", "a chain");
        }
        if (chain.isEmpty()) {
          throw new CheckFailed("signer", "a certificate", "an empty chain");
        }
        // What stands behind the leaf counts for nothing: paths are those of the trusted root.
        yield chain.getFirst();
      }
    };
  }

  private byte[] signature() throws CheckFailed {
    return switch (bundle.content()) {
      case Content.Message message -> message.signature();
      case Content.Dsse(Envelope envelope) -> {
        int count = envelope.signatures().size();
        if (count != 1) { // of several, which one counts would be anybody's guess
          throw new CheckFailed("one signature", "exactly one signature", count + " signatures");
        }
        yield envelope.signatures().getFirst();
      }
    };
  }

  private SigningTimes times(
      BundleVersion version, TrustedRoot root, byte[] signature, byte[] signer)
      throws CheckFailed, FormatException, IOException {
    SigningTimes times =
        steps.take(
            "timestamps", () -> SigningTimes.stamped(steps, bundle.timestamps(), signature, root));
    if (root.logs().isEmpty()) {
      steps.note("the trusted root has no logs, so none was asked for the signature");
      return times;
    }
    Envelope envelope = bundle.content() instanceof Content.Dsse(Envelope dsse) ? dsse : null;
    SignedContent content = new SignedContent(signature, signer, message, envelope);
    return steps.take("log", () -> logged(version, root, content, times));
  }

  /// Requires an entry in a trusted log. Entries in unknown logs are passed over with a note; every
  /// other must be right.
  private SigningTimes logged(
      BundleVersion version, TrustedRoot root, SignedContent content, SigningTimes times)
      throws CheckFailed, FormatException, IOException {
    Instant stamped = times.earliest();
    int held = 0;
    for (LogEntry entry : bundle.entries()) {
      Instant claimed = Instant.ofEpochSecond(clamped(entry.integratedTime()));
      TransparencyLog log =
          root.log(
              entry.logId(), entry.promise() != null ? claimed : stamped != null ? stamped : now);
      if (log == null) {
        steps.note("an entry is of a log that the trusted root does not have: " + entry.logId());
        continue;
      }
      Instant promised = LogVerifier.promisedTime(entry, log);
      boolean isPromiseEnough = version == BundleVersion.V0_1 && promised != null;
      OptionalInt others = LogVerifier.requireIncluded(entry, log, !isPromiseEnough);
      if (others.isEmpty()) {
        steps.note("the log promised the entry; a bundle of version 0.1 need not prove inclusion");
      } else if (others.getAsInt() > 0) {
        steps.note(
            "not verified under the log's checkpoint: "
                + others.getAsInt()
                + " signatures of others, such as witnesses, whose keys a trusted root does not"
                + " have");
      }
      // Without any time, a key's signature was logged at an unknown one, and now is as good.
      LogVerifier.requireTrusted(
          log, promised != null ? promised : stamped != null ? stamped : now);
      LogVerifier.requireAbout(entry, content);
      if (promised != null) {
        times.add(promised);
      }
      held++;
    }
    if (held == 0) {
      throw new CheckFailed(
          "log", "an entry in a trusted log", bundle.entries().size() + " in others");
    }
    return times;
  }

  /// Into the range of [Instant]; times out of it are of no log.
  private static long clamped(long seconds) {
    return Math.clamp(seconds, 0, Instant.MAX.getEpochSecond());
  }

  private static X509Certificate issuer(X509Certificate leaf, TrustedRoot root, SigningTimes times)
      throws CheckFailed {
    X509Certificate issuer = null;
    for (Instant time : times.all()) {
      issuer = issuer(leaf, root, time);
    }
    if (issuer == null) {
      throw new IllegalStateException("a time was required");
    }
    return issuer;
  }

  private static X509Certificate issuer(X509Certificate leaf, TrustedRoot root, Instant at)
      throws CheckFailed {
    CheckFailed failed =
        new CheckFailed("certificate", "an authority that was trusted at " + at, "none");
    for (CertificateAuthority authority : root.authorities()) {
      if (authority.validity().contains(at)) {
        try {
          return CodeSigners.of(authority).requireSignedAt(List.of(leaf), at).get(1);
        } catch (CheckFailed e) { // perhaps it is another authority's
          failed = e;
        }
      }
    }
    throw failed;
  }

  private static X509Certificate inCertificateLog(
      X509Certificate leaf, X509Certificate issuer, TrustedRoot root)
      throws CheckFailed, FormatException, IOException {
    EmbeddedTimestamps.require(leaf, issuer, root);
    return leaf;
  }

  private static String identity(X509Certificate leaf, BundleTrust.Identity trust)
      throws CheckFailed, FormatException {
    CertifiedIdentity certified = CertifiedIdentity.of(leaf);
    if (!certified.issuer().equals(trust.issuer())) {
      throw new CheckFailed(
          "identity",
          "issuer " + trust.issuer(),
          "issuer " + Printable.of(certified.issuer(), PRINTED));
    }
    for (String name : certified.names()) {
      if (trust.identity().matches(name)) {
        return name;
      }
    }
    throw new CheckFailed(
        "identity",
        trust.identity().toString(),
        Printable.of(certified.names().toString(), PRINTED));
  }

  private VerifyingKey signedBy(VerifyingKey key, byte[] signature)
      throws CheckFailed, FormatException, IOException {
    message.requireSignature(key, signature);
    return key;
  }

  private static byte[] der(X509Certificate certificate) throws FormatException {
    try {
      return certificate.getEncoded();
    } catch (CertificateEncodingException e) {
      throw new FormatException.Malformed("certificate", 0, "cannot be encoded");
    }
  }
}
