package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.dsse.Envelope;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.rekor.HashAlgorithm;
import dev.vidimus.evidence.sigstore.rekor.SignedContent;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The bytes that a signature must be over.
interface SignedMessage extends SignedContent.Message {
  /// Requires a signature over them.
  ///
  /// @throws FormatException.Unsupported if what is known of the bytes is not enough to tell
  void requireSignature(VerifyingKey key, byte[] signature)
      throws CheckFailed, FormatException, IOException;

  /// The pre-authentication encoding of an envelope.
  record OfEnvelope(Envelope envelope) implements SignedMessage {
    @Override
    public void requireSignature(VerifyingKey key, byte[] signature) throws CheckFailed {
      key.require(envelope.pae(), signature);
    }

    @Override
    public byte[] hash(HashAlgorithm algorithm) {
      return digest(algorithm).digest(envelope.pae());
    }
  }

  /// A fresh hash function.
  static MessageDigest digest(HashAlgorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.jdkName());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks " + algorithm.jdkName(), e);
    }
  }
}
