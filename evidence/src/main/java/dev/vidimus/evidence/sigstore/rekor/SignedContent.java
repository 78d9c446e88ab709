package dev.vidimus.evidence.sigstore.rekor;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.dsse.Envelope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// What a bundle says was signed, which an entry of a log must describe.
///
/// @param signature the very bytes; not copied, and must not change
/// @param signer DER of the certificate, or of the public key if there is none
/// @param message whose hash the entry may have
/// @param envelope around the message, or null if it is a file
@SuppressWarnings("ArrayRecordComponent") // never compared as a whole
public record SignedContent(
    byte[] signature, byte[] signer, Message message, @Nullable Envelope envelope) {

  /// The bytes under the signature, as far as their hashes are known.
  public interface Message {
    /// @throws FormatException.Unsupported if this hash is not known
    byte[] hash(HashAlgorithm algorithm) throws FormatException, IOException;
  }
}
