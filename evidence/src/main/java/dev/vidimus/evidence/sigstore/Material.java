package dev.vidimus.evidence.sigstore;

import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a bundle brings along to name its signer. None of it is a reason to trust.
public sealed interface Material {
  /// A key that the caller must have.
  ///
  /// @param hint hex SHA-256 of the key's PEM text, or null before version 1.1 of OMS
  record Key(@Nullable String hint) implements Material {}

  /// A chain of an authority that the caller must trust.
  ///
  /// @param certificates the leaf first; perhaps none
  record Chain(List<X509Certificate> certificates) implements Material {
    public Chain {
      certificates = List.copyOf(certificates);
    }
  }

  /// A short-lived certificate of Fulcio, with entries of a transparency log beside it.
  record Keyless(X509Certificate leaf) implements Material {}
}
