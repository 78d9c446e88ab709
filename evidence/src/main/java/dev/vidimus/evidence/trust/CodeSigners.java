package dev.vidimus.evidence.trust;

import dev.vidimus.evidence.CheckFailed;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CertificateParsingException;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holders of a code-signing certificate under roots that the caller trusts. Revocation is not
/// checked: there is no network here.
public final class CodeSigners {
  private static final String STEP = "certificate";
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final int LONGEST_PATH = 8;

  private final List<X509Certificate> roots;
  private final List<X509Certificate> intermediates;

  /// @param roots trusted, each for every path that it signs
  /// @param intermediates known to the caller and trusted for nothing
  public CodeSigners(List<X509Certificate> roots, List<X509Certificate> intermediates) {
    this.roots = List.copyOf(roots);
    this.intermediates = List.copyOf(intermediates);
  }

  /// Requires that the first certificate may sign code and leads to a root, by
  /// [RFC 5280, section 6](https://www.rfc-editor.org/rfc/rfc5280#section-6).
  ///
  /// @param chain the leaf, and what its bundle brings along; roots in it count for nothing
  /// @param at the time at which every certificate of the path must be valid, the root included
  /// @return the leaf
  public X509Certificate require(List<X509Certificate> chain, Instant at) throws CheckFailed {
    if (chain.isEmpty()) {
      throw new CheckFailed(STEP, "a certificate", "none");
    }
    X509Certificate leaf = chain.getFirst();
    requireUsage(leaf);
    List<X509Certificate> candidates = new ArrayList<>(chain.subList(1, chain.size()));
    candidates.addAll(intermediates);
    List<X509Certificate> path = path(List.of(leaf), candidates, new HashSet<>());
    if (path == null) {
      throw new CheckFailed(
          STEP,
          "a path to a trusted root",
          "none from the issuer " + leaf.getIssuerX500Principal());
    }
    requireValid(path, at);
    return leaf;
  }

  /// Whether a leaf claims to be an authority too; the reference implementation's test authority
  /// makes such.
  public static boolean isAuthority(X509Certificate leaf) {
    return leaf.getBasicConstraints() >= 0;
  }

  private static void requireUsage(X509Certificate leaf) throws CheckFailed {
    boolean[] usage = leaf.getKeyUsage();
    if (usage != null && !usage[0]) {
      throw new CheckFailed(STEP, "key usage digitalSignature", "a leaf without it");
    }
    try {
      List<String> purposes = leaf.getExtendedKeyUsage();
      if (purposes == null || !purposes.contains(CODE_SIGNING)) {
        throw new CheckFailed(
            STEP,
            "extended key usage codeSigning (" + CODE_SIGNING + ")",
            purposes == null ? "a leaf without extended key usage" : purposes.toString());
      }
    } catch (CertificateParsingException e) {
      throw new CheckFailed(STEP, "extended key usage codeSigning", "one that cannot be read");
    }
  }

  /// A path from the leaf to just below a root, the root last; or null.
  ///
  /// @param tried certificates that lead nowhere or are on the path. Each is tried once: a bundle
  /// of certificates that all sign each other would otherwise have more paths than there is time
  private @Nullable List<X509Certificate> path(
      List<X509Certificate> begun, List<X509Certificate> candidates, Set<X509Certificate> tried) {
    X509Certificate last = begun.getLast();
    tried.add(last);
    for (X509Certificate root : roots) {
      if (isIssuedBy(last, root)) {
        return append(begun, root);
      }
    }
    if (begun.size() == LONGEST_PATH) {
      return null;
    }
    for (X509Certificate next : candidates) {
      if (!tried.contains(next) && isIssuedBy(last, next)) {
        List<X509Certificate> path = path(append(begun, next), candidates, tried);
        if (path != null) {
          return path;
        }
      }
    }
    return null;
  }

  private static List<X509Certificate> append(List<X509Certificate> path, X509Certificate next) {
    List<X509Certificate> longer = new ArrayList<>(path);
    longer.add(next);
    return longer;
  }

  private static boolean isIssuedBy(X509Certificate certificate, X509Certificate issuer) {
    if (!certificate.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())) {
      return false;
    }
    try {
      certificate.verify(issuer.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private static void requireValid(List<X509Certificate> path, Instant at) throws CheckFailed {
    Date date = Date.from(at);
    for (X509Certificate certificate : path) {
      try {
        certificate.checkValidity(date);
      } catch (CertificateException e) {
        throw new CheckFailed(
            STEP,
            "certificates valid at "
                + at
                + " (no trusted timestamp says that it was signed before)",
            certificate.getSubjectX500Principal()
                + " valid from "
                + certificate.getNotBefore().toInstant()
                + " to "
                + certificate.getNotAfter().toInstant());
      }
    }
    X509Certificate root = path.getLast();
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(date);
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509")
                  .generateCertPath(path.subList(0, path.size() - 1)),
              parameters);
    } catch (CertPathValidatorException e) {
      throw new CheckFailed(
          STEP, "a valid path to a trusted root", e.getReason() + ": " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks PKIX", e);
    }
  }
}
