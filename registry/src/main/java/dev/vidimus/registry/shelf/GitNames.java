package dev.vidimus.registry.shelf;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The names that git gives to content: SHA-1 of `blob`, the size and the bytes.
public final class GitNames {
  private GitNames() {}

  /// The name of a file's content.
  ///
  /// @throws IOException if it cannot be read, or has another size
  public static String blob(Path file, long size) throws IOException {
    MessageDigest sha1 = begin("blob", size);
    byte[] buffer = new byte[64 << 10];
    long left = size;
    try (InputStream in = Files.newInputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        sha1.update(buffer, 0, n);
        left -= n;
      }
    }
    if (left != 0) {
      throw new IOException(file + ": does not have " + size + " bytes any more");
    }
    return HexFormat.of().formatHex(sha1.digest());
  }

  /// The name of content.
  public static String blob(byte[] content) {
    MessageDigest sha1 = begin("blob", content.length);
    return HexFormat.of().formatHex(sha1.digest(content));
  }

  /// What stands in git for a large file, by the specification of Git LFS, version 1.
  public static byte[] pointer(Digest digest, long size) {
    return ("version https://git-lfs.github.com/spec/v1\noid sha256:"
            + digest.hex()
            + "\nsize "
            + size
            + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  /// A name for a folder, from what lies in it.
  static String tree(String listing) {
    byte[] bytes = listing.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(begin("tree", bytes.length).digest(bytes));
  }

  private static MessageDigest begin(String kind, long size) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update((kind + " " + size + "\0").getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-1", e);
    }
  }
}
