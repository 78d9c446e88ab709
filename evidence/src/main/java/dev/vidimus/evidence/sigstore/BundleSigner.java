package dev.vidimus.evidence.sigstore;

import dev.vidimus.evidence.keys.VerifyingKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who signed a bundle, as far as it was verified.
///
/// @param method `key` or `keyless`
/// @param key of the caller, or of the short-lived certificate
/// @param name that the certificate gives the signer: an email address or URI; empty for a key
/// @param issuer of that name; empty for a key
/// @param signedAt the earliest time that a trusted log or authority says; null if none did
public record BundleSigner(
    String method, VerifyingKey key, String name, String issuer, @Nullable Instant signedAt) {}
