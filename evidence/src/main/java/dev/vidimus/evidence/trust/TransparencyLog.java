package dev.vidimus.evidence.trust;

import dev.vidimus.artifact.Digest;

/// A log of signatures (Rekor) or of certificates (RFC 6962), and when it was trusted.
///
/// @param url where it is; for messages only
/// @param id by which entries and timestamps of certificates name it
/// @param key that it signs with
/// @param validity at the time at which the log says it took the entry
public record TransparencyLog(String url, Digest id, LogKey key, Validity validity) {}
