package dev.vidimus.artifact;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/// The bytes of a regular file, read by position, so that threads share one descriptor.
///
/// The size is taken once, when the file is opened. A file that shrinks while it is read fails with
/// an [IOException]; one that grows is read up to its first size.
public final class FileBytes implements Bytes {
  private final Path path;
  private final FileChannel channel;
  private final long size;

  private FileBytes(Path path, FileChannel channel, long size) {
    this.path = path;
    this.channel = channel;
    this.size = size;
  }

  /// Opens a file without following a symbolic link in its last component.
  ///
  /// @throws IOException if it cannot be opened
  public static FileBytes open(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    try {
      return new FileBytes(path, channel, channel.size());
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size);
    ByteBuffer target = ByteBuffer.wrap(into, at, length);
    long position = offset;
    while (target.hasRemaining()) {
      int count = channel.read(target, position);
      if (count < 0) {
        throw new EOFException(
            path
                + ": became shorter while it was read: "
                + size
                + " bytes at first, now "
                + position);
      }
      position += count;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
