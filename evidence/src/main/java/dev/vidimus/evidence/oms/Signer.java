package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.keys.VerifyingKey;

/// Who signed, as verified.
///
/// @param method `key` or `certificate`
/// @param key the key
/// @param name the certificate's subject, or empty
public record Signer(String method, VerifyingKey key, String name) {}
