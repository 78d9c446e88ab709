package dev.vidimus.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where inflated members are kept while they are examined: in memory up to a bound, beyond it in a
/// temporary file without a name, so that a killed process leaves nothing behind.
public final class Spool {
  private final Path folder;
  private final int inMemory;

  /// @param folder where temporary files are made; created when the first is needed
  /// @param inMemory bytes of one member that stay in memory
  public Spool(Path folder, int inMemory) {
    this.folder = folder;
    this.inMemory = inMemory;
  }

  /// A new, empty sink. The caller bounds what it writes by a [Budget] and closes the result.
  public Sink sink() {
    return new Sink(this);
  }

  /// Collects bytes; [#finish()] turns them into a source.
  public static final class Sink extends OutputStream {
    private final Spool spool;
    private @Nullable ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable FileChannel file;
    private long size;

    private Sink(Spool spool) {
      this.spool = spool;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from, int at, int length) throws IOException {
      ByteArrayOutputStream held = memory;
      if (held != null && held.size() + length > spool.inMemory) {
        file = spool.open();
        writeFully(file, ByteBuffer.wrap(held.toByteArray()));
        memory = null;
      }
      if (memory != null) {
        memory.write(from, at, length);
      } else {
        writeFully(Objects.requireNonNull(file), ByteBuffer.wrap(from, at, length));
      }
      size += length;
    }

    private static void writeFully(FileChannel to, ByteBuffer from) throws IOException {
      while (from.hasRemaining()) {
        to.write(from);
      }
    }

    /// Bytes written so far.
    public long size() {
      return size;
    }

    /// What was written, as a source; closing it frees the memory or the file.
    public Bytes finish() {
      FileChannel channel = file;
      if (channel != null) {
        file = null;
        return new Spooled(channel, size);
      }
      return Bytes.of(Objects.requireNonNull(memory).toByteArray());
    }

    /// Gives up what was not finished.
    @Override
    public void close() throws IOException {
      if (file != null) {
        file.close();
      }
    }
  }

  private FileChannel open() throws IOException {
    Files.createDirectories(folder);
    Path path =
        Files.createTempFile(
            folder,
            "member",
            ".tmp",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Files.delete(path); // the open channel keeps the bytes, nobody else can reach them
    return channel;
  }

  private record Spooled(FileChannel channel, long size) implements Bytes {
    @Override
    public void read(long offset, byte[] into, int at, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, size);
      ByteBuffer target = ByteBuffer.wrap(into, at, length);
      long position = offset;
      while (target.hasRemaining()) {
        int count = channel.read(target, position);
        if (count < 0) {
          throw new IOException("the temporary file of an inflated member was cut off");
        }
        position += count;
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
