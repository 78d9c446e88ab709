package dev.vidimus.evidence.trust;

import dev.vidimus.evidence.CheckFailed;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
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

/// Finds a path from a leaf to an anchor, and requires that it was valid at a time, by
/// [RFC 5280, section 6](https://www.rfc-editor.org/rfc/rfc5280#section-6). Revocation is not
/// checked: there is no network here.
public final class CertificatePath {
  private static final int LONGEST_PATH = 8;

  private final String step;
  private final List<X509Certificate> anchors;
  private final List<X509Certificate> intermediates;

  /// @param step that fails if there is no path
  /// @param anchors trusted, each for every path that it signs; roots or not
  /// @param intermediates that may be on a path, and are trusted for nothing
  public CertificatePath(
      String step, List<X509Certificate> anchors, List<X509Certificate> intermediates) {
    this.step = step;
    this.anchors = List.copyOf(anchors);
    this.intermediates = List.copyOf(intermediates);
  }

  /// Requires a path.
  ///
  /// @param at the time at which every certificate must be valid, the anchor included
  /// @param why that time, for the refusal: `no trusted timestamp`; may be empty
  /// @return the path from the leaf to the anchor, both included
  public List<X509Certificate> require(X509Certificate leaf, Instant at, String why)
      throws CheckFailed {
    List<X509Certificate> path = path(List.of(leaf), new HashSet<>());
    if (path == null) {
      throw new CheckFailed(
          step,
          "a path to a trusted root",
          "none from the issuer " + leaf.getIssuerX500Principal());
    }
    requireValid(path, at, why);
    return path;
  }

  /// A path from what is begun to an anchor, or null.
  ///
  /// @param tried certificates that lead nowhere or are on the path. Each is tried once: a bundle
  /// of certificates that all sign each other would otherwise have more paths than there is time
  private @Nullable List<X509Certificate> path(
      List<X509Certificate> begun, Set<X509Certificate> tried) {
    X509Certificate last = begun.getLast();
    tried.add(last);
    for (X509Certificate anchor : anchors) {
      if (isIssuedBy(last, anchor)) {
        return append(begun, anchor);
      }
    }
    if (begun.size() == LONGEST_PATH) {
      return null;
    }
    for (X509Certificate next : intermediates) {
      if (!tried.contains(next) && isIssuedBy(last, next)) {
        List<X509Certificate> path = path(append(begun, next), tried);
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

  private void requireValid(List<X509Certificate> path, Instant at, String why) throws CheckFailed {
    Date date = Date.from(at);
    for (X509Certificate certificate : path) {
      try {
        certificate.checkValidity(date);
      } catch (CertificateException e) {
        throw new CheckFailed(
            step,
            "certificates valid at " + at + (why.isEmpty() ? "" : " (" + why + ")"),
            certificate.getSubjectX500Principal()
                + " valid from "
                + certificate.getNotBefore().toInstant()
                + " to "
                + certificate.getNotAfter().toInstant());
      }
    }
    X509Certificate anchor = path.getLast();
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(date);
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509")
                  .generateCertPath(path.subList(0, path.size() - 1)),
              parameters);
    } catch (CertPathValidatorException e) {
      throw new CheckFailed(
          step, "a valid path to a trusted root", e.getReason() + ": " + e.getMessage());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks PKIX", e);
    }
  }
}
