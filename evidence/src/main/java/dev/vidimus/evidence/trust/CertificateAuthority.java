package dev.vidimus.evidence.trust;

import java.security.cert.X509Certificate;
import java.util.List;

/// A chain that issues certificates to signers, or one that stamps times.
///
/// @param url where it is; for messages only
/// @param chain from the issuer of leaves, or the stamping leaf itself, up to the trusted anchor,
/// which is the last and need not be a root; at least one
/// @param validity at the time of the signature
public record CertificateAuthority(String url, List<X509Certificate> chain, Validity validity) {
  public CertificateAuthority {
    chain = List.copyOf(chain);
  }

  /// The certificate that is trusted for itself.
  public X509Certificate anchor() {
    return chain.getLast();
  }
}
