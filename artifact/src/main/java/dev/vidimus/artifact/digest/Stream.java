package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Digest;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A [Stretch] that is being read, from its first byte to its last. What passes through is hashed
/// for git on the way, if the stretch is small enough for that.
final class Stream implements Closeable {
  private final Stretch stretch;
  private final FileChannel channel;
  private final @Nullable MessageDigest git;
  private long read;

  /// @param gitLimit the longest stretch, in bytes, that gets a git name
  Stream(Stretch stretch, long gitLimit) throws IOException {
    this.stretch = stretch;
    this.git = stretch.length() <= gitLimit ? blob(stretch.length()) : null;
    this.channel =
        FileChannel.open(
            stretch.file(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
  }

  private static MessageDigest blob(long length) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(("blob " + length + "\0").getBytes(StandardCharsets.US_ASCII));
      return sha1;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-1", e);
    }
  }

  long length() {
    return stretch.length();
  }

  /// Fills the array from `at` on with what comes next: `most` bytes, or fewer at the end.
  ///
  /// @throws IOException if the file cannot be read, or is no longer as long as it was
  int next(byte[] into, int at, int most) throws IOException {
    int wanted = (int) Math.min(most, stretch.length() - read);
    ByteBuffer target = ByteBuffer.wrap(into, at, wanted);
    while (target.hasRemaining()) {
      if (channel.read(target, stretch.offset() + read + target.position() - at) < 0) {
        throw changed();
      }
    }
    if (git != null) {
      git.update(into, at, wanted);
    }
    read += wanted;
    if (read == stretch.length() && stretch.toEnd() && channel.size() != end()) {
      throw changed();
    }
    return wanted;
  }

  /// Where the stretch ends in its file.
  private long end() {
    return stretch.offset() + stretch.length();
  }

  boolean atEnd() {
    return read == stretch.length();
  }

  Sums sums(Digest sha256) {
    return new Sums(sha256, git == null ? null : HexFormat.of().formatHex(git.digest()));
  }

  private IOException changed() throws IOException {
    return new IOException(
        stretch.file()
            + ": changed while it was read: "
            + end()
            + " bytes at first, now "
            + channel.size());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
