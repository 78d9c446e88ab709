package dev.vidimus.evidence.ledger.note;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The bytes under a signature of each algorithm (c2sp.org/tlog-cosignature).
final class SignedMessage {
  private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

  private SignedMessage() {}

  /// @param name of the key, which only ML-DSA-44 commits to
  /// @param seconds since 1970; unused in a plain signature
  /// @throws CheckFailed if it is a cosignature of what is no checkpoint
  static byte[] of(Algorithm algorithm, String name, String text, long seconds) throws CheckFailed {
    return switch (algorithm) {
      case ED25519 -> text.getBytes(StandardCharsets.UTF_8);
      case ED25519_COSIGNATURE -> {
        checkpoint(text);
        yield ("cosignature/v1\ntime " + seconds + "\n" + text).getBytes(StandardCharsets.UTF_8);
      }
      case ML_DSA_44_COSIGNATURE -> subtree(name, seconds, checkpoint(text));
    };
  }

  /// The structure `cosigned_message` for a whole tree: label, cosigner name behind its length,
  /// time, origin behind its length, start 0, end, root. Numbers are big-endian, of 64 bits.
  private static byte[] subtree(String name, long seconds, Checkpoint checkpoint)
      throws CheckFailed {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(SUBTREE);
    text8(message, name);
    message.writeBytes(u64(seconds));
    text8(message, checkpoint.origin());
    message.writeBytes(u64(0));
    message.writeBytes(u64(checkpoint.size()));
    message.writeBytes(checkpoint.root().bytes());
    return message.toByteArray();
  }

  private static void text8(ByteArrayOutputStream message, String text) throws CheckFailed {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 255) {
      throw new CheckFailed("cosignature", "names of at most 255 bytes", bytes.length + " bytes");
    }
    message.write(bytes.length);
    message.writeBytes(bytes);
  }

  private static byte[] u64(long value) {
    return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
  }

  private static Checkpoint checkpoint(String text) throws CheckFailed {
    try {
      return Checkpoint.parse(text, "checkpoint");
    } catch (FormatException e) {
      throw new CheckFailed("cosignature", "a checkpoint", String.valueOf(e.getMessage()));
    }
  }
}
