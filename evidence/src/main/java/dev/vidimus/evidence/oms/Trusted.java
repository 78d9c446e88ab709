package dev.vidimus.evidence.oms;

import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.trust.CodeSigners;
import java.time.Instant;

/// Whom the caller trusts, and so which method the bundle must use: a bundle never chooses.
public sealed interface Trusted {
  /// The holder of a key.
  record Key(VerifyingKey key) implements Trusted {}

  /// Holders of certificates.
  ///
  /// @param at the time at which their certificates must be valid
  record Certificate(CodeSigners signers, Instant at) implements Trusted {}
}
