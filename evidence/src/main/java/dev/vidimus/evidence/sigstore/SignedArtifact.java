package dev.vidimus.evidence.sigstore;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.evidence.keys.VerifyingKey;
import dev.vidimus.evidence.sigstore.rekor.HashAlgorithm;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;

/// What the caller has in hand, and a bundle must be about.
public sealed interface SignedArtifact {
  /// A file.
  record OfFile(Path path) implements SignedArtifact {}

  /// Bytes of which the caller knows the digest only.
  record OfDigest(Digest sha256) implements SignedArtifact {}

  /// Its SHA-256.
  default Digest sha256() throws FormatException, IOException {
    return Digest.of(Message.hash(this, HashAlgorithm.SHA2_256));
  }

  /// The artifact as what was signed.
  record Message(SignedArtifact artifact) implements SignedMessage {
    private static final int PART = 1 << 20;

    /// Schemes that sign bytes and not their hash want all of them at once.
    private static final int MOST_BYTES = 64 << 20;

    @Override
    public void requireSignature(VerifyingKey key, byte[] signature)
        throws CheckFailed, FormatException, IOException {
      HashAlgorithm algorithm =
          switch (key.scheme()) {
            case P256 -> HashAlgorithm.SHA2_256;
            case P384 -> HashAlgorithm.SHA2_384;
            case P521 -> HashAlgorithm.SHA2_512;
            case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> null;
          };
      if (algorithm == null) {
        key.require(whole(key), signature);
      } else {
        key.requireHashed(hash(algorithm), signature);
      }
    }

    private byte[] whole(VerifyingKey key) throws FormatException, IOException {
      if (!(artifact instanceof OfFile(Path path))) {
        throw new FormatException.Unsupported(
            "artifact", 0, "a digest instead of the bytes that " + key.scheme().word() + " signs");
      }
      try (Bytes bytes = FileBytes.open(path)) {
        if (bytes.size() > MOST_BYTES) {
          throw new FormatException.LimitExceeded(
              path.toString(), 0, bytes.size() + " bytes, over " + MOST_BYTES + " for this key");
        }
        return bytes.array(0, (int) bytes.size());
      }
    }

    @Override
    public byte[] hash(HashAlgorithm algorithm) throws FormatException, IOException {
      return hash(artifact, algorithm);
    }

    private static byte[] hash(SignedArtifact artifact, HashAlgorithm algorithm)
        throws FormatException, IOException {
      return switch (artifact) {
        case OfFile(Path path) -> hash(path, algorithm);
        case OfDigest(Digest sha256) -> {
          if (algorithm != HashAlgorithm.SHA2_256) {
            throw new FormatException.Unsupported(
                "artifact", 0, "its SHA-256 where " + algorithm.jdkName() + " is needed");
          }
          yield sha256.bytes();
        }
      };
    }

    private static byte[] hash(Path path, HashAlgorithm algorithm) throws IOException {
      MessageDigest digest = SignedMessage.digest(algorithm);
      byte[] part = new byte[PART];
      try (Bytes bytes = FileBytes.open(path)) {
        for (long at = 0; at < bytes.size(); at += PART) {
          int length = (int) Math.min(PART, bytes.size() - at);
          bytes.read(at, part, 0, length);
          digest.update(part, 0, length);
        }
      }
      return digest.digest();
    }
  }
}
