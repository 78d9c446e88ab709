package dev.vidimus.evidence.trust;

import dev.vidimus.evidence.CheckFailed;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// Holders of a code-signing certificate under roots that the caller trusts.
public final class CodeSigners {
  private static final String STEP = "certificate";
  private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
  private static final String NO_TIMESTAMP = "no trusted timestamp says that it was signed before";

  private final List<X509Certificate> roots;
  private final List<X509Certificate> intermediates;

  /// @param roots trusted, each for every path that it signs
  /// @param intermediates known to the caller and trusted for nothing
  public CodeSigners(List<X509Certificate> roots, List<X509Certificate> intermediates) {
    this.roots = List.copyOf(roots);
    this.intermediates = List.copyOf(intermediates);
  }

  /// The leaves that an authority of a trusted root issues.
  public static CodeSigners of(CertificateAuthority authority) {
    return new CodeSigners(List.of(authority.anchor()), authority.chain());
  }

  /// Requires that the first certificate may sign code and leads to a root.
  ///
  /// @param chain the leaf, and what its bundle brings along; roots in it count for nothing
  /// @param at the time at which every certificate of the path must be valid, the root included
  /// @return the leaf
  public X509Certificate require(List<X509Certificate> chain, Instant at) throws CheckFailed {
    return path(chain, at, NO_TIMESTAMP).getFirst();
  }

  /// The same at a time that a log or an authority vouched for.
  ///
  /// @return the path, from the leaf to the root
  public List<X509Certificate> requireSignedAt(List<X509Certificate> chain, Instant at)
      throws CheckFailed {
    return path(chain, at, "the time of the signature");
  }

  private List<X509Certificate> path(List<X509Certificate> chain, Instant at, String why)
      throws CheckFailed {
    if (chain.isEmpty()) {
      throw new CheckFailed(STEP, "a certificate", "none");
    }
    X509Certificate leaf = chain.getFirst();
    requireUsage(leaf);
    List<X509Certificate> candidates = new ArrayList<>(chain.subList(1, chain.size()));
    candidates.addAll(intermediates);
    return new CertificatePath(STEP, roots, candidates).require(leaf, at, why);
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
}
