package dev.vidimus.scan;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.Finding;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.Snapshot;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// What one pass over a file gives: its SHA-256, and for a blob of a hub cache also whether it is
/// the one that its name promises.
///
/// @param promised name of the blob; null for any other file
/// @param found the hash that should be the name, in hex; null for any other file
record Hashes(Digest sha256, @Nullable String promised, @Nullable String found) {
  private static final int CHUNK = 1 << 18;
  private static final int GIT_HEX = 40;
  private static final int SHA256_HEX = 64;

  static Hashes of(Bytes bytes, Snapshot.Entry entry) throws IOException {
    String promised = blobName(entry);
    MessageDigest sha256 = Digest.newSha256();
    // Small files of a hub are named as git names them, large ones as Git LFS does.
    MessageDigest git = promised != null && promised.length() == GIT_HEX ? sha1() : null;
    if (git != null) {
      git.update(("blob " + bytes.size() + "\0").getBytes(StandardCharsets.UTF_8));
    }
    byte[] chunk = new byte[(int) Math.min(CHUNK, bytes.size())];
    for (long at = 0; at < bytes.size(); at += chunk.length) {
      int length = (int) Math.min(chunk.length, bytes.size() - at);
      bytes.read(at, chunk, 0, length);
      sha256.update(chunk, 0, length);
      if (git != null) {
        git.update(chunk, 0, length);
      }
    }
    Digest digest = Digest.of(sha256.digest());
    String found = git != null ? HexFormat.of().formatHex(git.digest()) : digest.hex();
    return new Hashes(digest, promised, promised == null ? null : found);
  }

  /// A finding if the file is another blob than its name says.
  @Nullable Finding otherBlob(Snapshot.Entry entry) {
    if (promised == null || promised.equals(found)) {
      return null;
    }
    return TreeRule.OTHER_BLOB.at(
        Location.of(entry.path()), "the blob " + promised + " has the hash " + found, "");
  }

  /// The hex name of a file that a hub cache's link led to.
  private static @Nullable String blobName(Snapshot.Entry entry) {
    Path name = entry.file().getFileName();
    Path folder = entry.file().getParent();
    boolean isBlob =
        name != null
            && folder != null
            && folder.endsWith("blobs")
            && !entry.path().endsWith(name.toString());
    String hex = isBlob ? name.toString() : "";
    return hex.length() == GIT_HEX || hex.length() == SHA256_HEX ? hex : null;
  }

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-1", e);
    }
  }
}
