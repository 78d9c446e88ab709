package dev.vidimus.scan.cache;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Keeps bytes by key in a folder, for several threads and processes at once.
///
/// A result is written under another name and then renamed, with a checksum in front: whoever reads
/// meets all of it or nothing, also after a kill or a crash. Errors of the file system are no
/// errors of the scan: nothing is kept then. The folder is bounded, and may be deleted at any time.
public final class ResultStore {
  private static final byte[] MAGIC = "vidimus1".getBytes(StandardCharsets.US_ASCII);
  private static final int HEAD = 8 + 32;
  private static final int LONGEST = 256 << 10;

  /// Of each of the 256 folders.
  private static final long MOST_BYTES = 1 << 20;

  private static final int MOST_RESULTS = 1_000;

  /// Results written between two looks at a folder's size.
  private static final int BETWEEN = 32;

  private static final long ABANDONED = TimeUnit.HOURS.toMillis(1);
  private static final String UNFINISHED = ".new";

  private final Path folder;
  private final boolean isUsable;
  private final AtomicInteger written = new AtomicInteger();

  /// @param folder made if it is not there; not used if others than its owner may write to it
  public ResultStore(Path folder) {
    this.folder = folder;
    this.isUsable = prepare(folder);
  }

  private static boolean prepare(Path folder) {
    try {
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder, ownerOnly(folder, "rwx------"));
      }
      if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
        return true;
      }
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
      return !permissions.contains(PosixFilePermission.GROUP_WRITE)
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
    } catch (IOException | UncheckedIOException | SecurityException e) {
      return false;
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path place, String permissions) {
    boolean isPosix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /// What was kept under a key; null if there is nothing that is whole.
  byte @Nullable [] get(String key) {
    if (!isUsable) {
      return null;
    }
    String name = name(key);
    Path file = shard(name).resolve(name);
    try (SeekableByteChannel channel =
        Files.newByteChannel(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() < HEAD || channel.size() > HEAD + LONGEST) {
        return null;
      }
      ByteBuffer all = ByteBuffer.allocate((int) channel.size());
      while (all.hasRemaining() && channel.read(all) >= 0) {
        // until it is full
      }
      byte[] content = Arrays.copyOfRange(all.array(), HEAD, all.position());
      byte[] head = Arrays.copyOf(all.array(), HEAD);
      return Arrays.equals(head, head(key, content)) ? content : null;
    } catch (IOException | UncheckedIOException e) {
      return null;
    }
  }

  /// Keeps a result under a key, if it is small enough and the file system lets us.
  void put(String key, byte[] content) {
    if (!isUsable || content.length > LONGEST) {
      return;
    }
    String name = name(key);
    Path shard = shard(name);
    Path file = shard.resolve(name);
    Path unfinished = shard.resolve(UUID.randomUUID() + UNFINISHED);
    try {
      Files.createDirectories(shard, ownerOnly(folder, "rwx------"));
      try (SeekableByteChannel channel =
          Files.newByteChannel(
              unfinished,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly(folder, "rw-------"))) {
        ByteBuffer all = ByteBuffer.allocate(HEAD + content.length);
        all.put(head(key, content)).put(content).flip();
        while (all.hasRemaining()) {
          channel.write(all);
        }
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      if (written.getAndIncrement() % BETWEEN == 0) {
        trim(shard);
      }
    } catch (IOException | UncheckedIOException e) {
      try {
        Files.deleteIfExists(unfinished);
      } catch (IOException again) {
        e.addSuppressed(again); // collected by a later trim
      }
    }
  }

  /// The checksum covers the key, so that a file under another's name is nobody's result.
  private static byte[] head(String key, byte[] content) {
    var sum = Digest.newSha256();
    sum.update(key.getBytes(StandardCharsets.UTF_8));
    sum.update((byte) 0);
    sum.update(content);
    return ByteBuffer.allocate(HEAD).put(MAGIC).put(sum.digest()).array();
  }

  private static String name(String key) {
    return Digest.sha256(key.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private Path shard(String name) {
    return folder.resolve(name.substring(0, 2));
  }

  private record Kept(Path file, long size, long time) {}

  /// Deletes the oldest results of a folder, and what killed processes left.
  private static void trim(Path shard) throws IOException {
    List<Kept> all = new ArrayList<>();
    long bytes = 0;
    long now = System.currentTimeMillis();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(shard)) {
      for (Path file : files) {
        BasicFileAttributes attributes;
        try {
          attributes =
              Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (IOException e) {
          continue; // another process deleted it
        }
        long time = attributes.lastModifiedTime().toMillis();
        if (!file.toString().endsWith(UNFINISHED)) {
          all.add(new Kept(file, attributes.size(), time));
          bytes += attributes.size();
        } else if (now - time > ABANDONED) {
          Files.deleteIfExists(file);
        }
      }
    }
    all.sort(Comparator.comparingLong(Kept::time));
    int left = all.size();
    for (Kept kept : all) {
      if (left <= MOST_RESULTS && bytes <= MOST_BYTES) {
        return;
      }
      Files.deleteIfExists(kept.file());
      bytes -= kept.size();
      left--;
    }
  }
}
