package dev.vidimus.evidence.sigstore.timestamp;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.trust.CertificateAuthority;
import dev.vidimus.evidence.trust.CertificatePath;
import dev.vidimus.evidence.trust.DerShape;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampResponse;
import org.bouncycastle.tsp.TimeStampToken;
import org.bouncycastle.util.Store;
import org.jspecify.annotations.Nullable;

/// A time-stamp response. Parsing it proves nothing.
///
/// CMS is Bouncy Castle's to read. It sees bytes only after [DerShape] has bounded them, and what
/// it throws at hostile ones without declaring it is a malformed timestamp to us.
public final class Timestamp {
  private static final String STEP = "timestamp";
  private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
  private static final String TIME_STAMPING = "1.3.6.1.5.5.7.3.8";
  private static final int MOST_BYTES = 1 << 16;

  /// The hashes that are good enough, of the signature as of the token itself.
  private static final Map<String, String> HASHES =
      Map.of(
          "2.16.840.1.101.3.4.2.1", "SHA-256",
          "2.16.840.1.101.3.4.2.2", "SHA-384",
          "2.16.840.1.101.3.4.2.3", "SHA-512");

  private final TimeStampToken token;

  private Timestamp(TimeStampToken token) {
    this.token = token;
  }

  /// Reads a `TimeStampResp` in DER.
  public static Timestamp read(byte[] der, String where) throws FormatException {
    DerShape.require(der, MOST_BYTES, where);
    try {
      TimeStampResponse response = new TimeStampResponse(der);
      int status = response.getStatus();
      TimeStampToken token = response.getTimeStampToken();
      boolean isGranted = status == PKIStatus.GRANTED || status == PKIStatus.GRANTED_WITH_MODS;
      if (!isGranted || token == null) {
        throw new FormatException.Malformed(where, 0, "grants no timestamp, status " + status);
      }
      return new Timestamp(token);
    } catch (TSPException | IOException | RuntimeException e) {
      throw malformed(where, e);
    }
  }

  private static FormatException.Malformed malformed(String where, Exception e) {
    return new FormatException.Malformed(where, 0, "is no timestamp: " + e.getMessage());
  }

  /// The authority whose leaf the token says that it is signed with, one that was trusted at its
  /// time if there is one; or null.
  public @Nullable CertificateAuthority authority(List<CertificateAuthority> authorities)
      throws FormatException {
    CertificateAuthority found = null;
    for (CertificateAuthority authority : authorities) {
      if (token.getSID().match(holder(authority.chain().getFirst()))
          && (found == null || authority.validity().contains(time()))) {
        found = authority;
      }
    }
    return found;
  }

  private Instant time() {
    return token.getTimeStampInfo().getGenTime().toInstant();
  }

  /// Requires that an authority stamped these bytes.
  ///
  /// @param authority whose first certificate must have signed the token
  /// @param stamped the very bytes whose existence the time proves
  /// @return the time
  public Instant require(CertificateAuthority authority, byte[] stamped)
      throws CheckFailed, FormatException {
    X509Certificate leaf = authority.chain().getFirst();
    requireUsage(leaf);
    requireImprint(stamped);
    requireEmbedded(leaf);
    requireSignature(leaf);
    Instant time = time();
    if (!authority.validity().contains(time)) {
      throw new CheckFailed(
          STEP,
          "a time when the authority " + authority.url() + " was trusted, " + authority.validity(),
          time.toString());
    }
    requirePath(authority, time);
    return time;
  }

  /// Section 2.3: the key has this one purpose, and says so critically.
  private static void requireUsage(X509Certificate leaf) throws CheckFailed {
    List<String> purposes;
    try {
      purposes = leaf.getExtendedKeyUsage();
    } catch (CertificateParsingException e) {
      purposes = List.of();
    }
    Set<String> critical = leaf.getCriticalExtensionOIDs();
    if (!List.of(TIME_STAMPING).equals(purposes)
        || critical == null
        || !critical.contains(EXTENDED_KEY_USAGE)) {
      throw new CheckFailed(
          STEP,
          "an authority's certificate for timeStamping only, critically",
          "extended key usage " + purposes);
    }
  }

  private void requireImprint(byte[] stamped) throws CheckFailed {
    String oid = token.getTimeStampInfo().getMessageImprintAlgOID().getId();
    String hash = HASHES.get(oid);
    if (hash == null) {
      throw new CheckFailed(STEP, "an imprint by SHA-256, SHA-384 or SHA-512", "one by " + oid);
    }
    byte[] expected;
    try {
      expected = MessageDigest.getInstance(hash).digest(stamped);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks " + hash, e);
    }
    if (!Arrays.equals(expected, token.getTimeStampInfo().getMessageImprintDigest())) {
      throw new CheckFailed(STEP, "an imprint of this signature", "one of something else");
    }
  }

  /// A token may carry the certificate of its signer; it must be the trusted one.
  private void requireEmbedded(X509Certificate leaf) throws CheckFailed, FormatException {
    X509CertificateHolder trusted = holder(leaf);
    try {
      Store<X509CertificateHolder> certificates = token.getCertificates();
      for (X509CertificateHolder embedded : certificates.getMatches(null)) { // all of them
        if (token.getSID().match(embedded) && !embedded.equals(trusted)) {
          throw new CheckFailed(STEP, "the trusted certificate of the authority", "another one");
        }
      }
    } catch (RuntimeException e) {
      throw malformed(STEP, e);
    }
  }

  /// Signature, the attribute that names the certificate, extended key usage timeStamping, critical
  /// and alone, and that the certificate was valid.
  private void requireSignature(X509Certificate leaf) throws CheckFailed, FormatException {
    try {
      for (SignerInformation signer : token.toCMSSignedData().getSignerInfos()) {
        String oid = signer.getDigestAlgOID();
        if (!HASHES.containsKey(oid)) {
          throw new CheckFailed(STEP, "a token hashed by SHA-256 or better", "one by " + oid);
        }
      }
      token.validate(new JcaSimpleSignerInfoVerifierBuilder().build(holder(leaf)));
    } catch (TSPException | OperatorCreationException | CertificateException e) {
      throw new CheckFailed(STEP, "a token that the authority signed", "" + e.getMessage());
    } catch (RuntimeException e) {
      throw malformed(STEP, e);
    }
  }

  private static void requirePath(CertificateAuthority authority, Instant time) throws CheckFailed {
    List<X509Certificate> chain = authority.chain();
    if (chain.size() > 1) { // else the leaf itself is what is trusted
      new CertificatePath(STEP, List.of(authority.anchor()), chain.subList(1, chain.size()))
          .require(chain.getFirst(), time, "the time of the timestamp");
    }
  }

  private static X509CertificateHolder holder(X509Certificate certificate) throws FormatException {
    try {
      return new X509CertificateHolder(certificate.getEncoded());
    } catch (CertificateEncodingException | IOException e) {
      throw malformed("certificate", e);
    }
  }
}
