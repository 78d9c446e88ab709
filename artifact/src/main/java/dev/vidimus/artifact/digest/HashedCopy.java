package dev.vidimus.artifact.digest;

import dev.vidimus.artifact.Digest;
import java.io.EOFException;
import java.io.IOException;
import java.lang.Enum.EnumDesc;
import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandles;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// Copies a large file and hashes it on the way: its bytes pass through this process once, and go
/// from there to the disk without a stay in the memory of the file system, where nobody would look
/// for them soon. Half the CPU of a copy that is hashed afterwards.
///
/// Memory: 4 MiB for each copy that runs.
public final class HashedCopy {
  /// Smaller files, in bytes, are copied by the system and hashed afterwards, many at once.
  public static final long SMALLEST = 16L << 20;

  /// By name, because a JDK need not have it: its module only exports it.
  private static final EnumDesc<?> DIRECT =
      EnumDesc.of(ClassDesc.of("com.sun.nio.file.ExtendedOpenOption"), "DIRECT");

  private static final int BUFFER = 4 << 20;

  private static final int ARRAY = 1 << 16;

  private final Path source;
  private final FileChannel in;
  private final ByteBuffer buffer;
  private final byte[] array = new byte[ARRAY];
  private final MessageDigest sha256 = Digest.newSha256();

  private HashedCopy(Path source, FileChannel in, ByteBuffer buffer) {
    this.source = source;
    this.in = in;
    this.buffer = buffer;
  }

  /// Whether so many large files are hashed as fast one by one as together.
  public static boolean isWorthwhile(int files) {
    return files > 0 && (files < LaneWorker.FEWEST || LaneChoice.hasInstructions());
  }

  /// Copies a file to a place where nothing is. It is not durable yet.
  ///
  /// @param source not followed if it is a link
  /// @param size of the source, in bytes; what follows is not copied
  /// @return SHA-256 of what was written
  /// @throws IOException if the source is shorter, or something cannot be read or written
  public static Digest copy(Path source, long size, Path target) throws IOException {
    try (FileChannel in =
            FileChannel.open(source, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        FileChannel out =
            FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      int block = Math.toIntExact(Files.getFileStore(target).getBlockSize());
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER + block).alignedSlice(block);
      HashedCopy copy = new HashedCopy(source, in, buffer);
      long whole = size - size % block; // only whole blocks go directly
      try (FileChannel direct = direct(target)) {
        copy.copy(0, whole, direct, out);
      }
      copy.copy(whole, size, null, out);
      return Digest.of(copy.sha256.digest());
    }
  }

  /// The same file without the file system's memory; null where there is no such thing.
  private static @Nullable FileChannel direct(Path target) throws IOException {
    try {
      Object option = DIRECT.resolveConstantDesc(MethodHandles.lookup());
      return FileChannel.open(target, StandardOpenOption.WRITE, (OpenOption) option);
    } catch (FileSystemException
        | UnsupportedOperationException
        | ReflectiveOperationException
        | LinkageError e) {
      return null;
    }
  }

  private void copy(long from, long to, @Nullable FileChannel direct, FileChannel out)
      throws IOException {
    FileChannel chosen = direct == null ? out : direct;
    for (long at = from; at < to; at += buffer.limit()) {
      buffer.clear().limit((int) Math.min(BUFFER, to - at));
      read(at);
      hash();
      try {
        write(chosen, at);
      } catch (IOException e) {
        // Some file systems refuse only now. If it was something else, it happens again.
        write(out, at);
        chosen = out;
      }
    }
  }

  private void read(long at) throws IOException {
    while (buffer.hasRemaining()) {
      if (in.read(buffer, at + buffer.position()) < 0) {
        throw new EOFException(source + ": changed while it was read: has become shorter");
      }
    }
  }

  private void hash() {
    buffer.rewind();
    while (buffer.hasRemaining()) {
      int count = Math.min(array.length, buffer.remaining());
      buffer.get(array, 0, count);
      sha256.update(array, 0, count);
    }
  }

  private void write(FileChannel out, long at) throws IOException {
    buffer.rewind();
    while (buffer.hasRemaining()) {
      out.write(buffer, at + buffer.position());
    }
  }
}
