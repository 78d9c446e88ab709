package dev.vidimus.lineage.tensors;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Set;

/// A file mapped as a whole, so that a tensor of any size takes no heap. A file that shrinks while
/// it is read makes the JVM throw an `InternalError`, which the callers take for what it is.
final class MappedFile implements Bytes {
  private final MemorySegment segment;

  private MappedFile(MemorySegment segment) {
    this.segment = segment;
  }

  /// Maps a file without following a symbolic link in its last component.
  ///
  /// @param arena ends the mapping
  static MappedFile open(Path path, Arena arena) throws IOException {
    try (FileChannel channel =
        FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
      return new MappedFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
    }
  }

  MemorySegment segment() {
    return segment;
  }

  @Override
  public long size() {
    return segment.byteSize();
  }

  @Override
  public void read(long offset, byte[] into, int at, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, size());
    try {
      MemorySegment.copy(segment, ValueLayout.JAVA_BYTE, offset, into, at, length);
    } catch (InternalError e) {
      throw new IOException("the file became shorter while it was read", e);
    }
  }
}
