package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.keys.VerifyingKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Who signed, as verified.
///
/// @param method `key`, `certificate` or `keyless`
/// @param key the key
/// @param name the certificate's subject, or the identity in a certificate of Sigstore, or empty
/// @param issuer of that identity, or empty
/// @param signedAt the earliest time that a trusted log or authority says; null if none did
public record Signer(
    String method, VerifyingKey key, String name, String issuer, @Nullable Instant signedAt) {}
