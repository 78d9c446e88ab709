package dev.vidimus.registry.lifecycle;

import dev.vidimus.evidence.keys.SigningKey;

/// Who acts, and the key with which they answer for it.
///
/// @param id opaque
/// @param key their own
public record Actor(String id, SigningKey key) {}
