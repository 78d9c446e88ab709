package dev.vidimus.registry.blob;

import dev.vidimus.artifact.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Objects;

/// A folder of files named by their SHA-256: `sha256/ab/ab3f...`. A name stands for whole content:
/// files get it after they were made durable.
public final class BlobStore {
  private final Path root;

  /// @param root made with the first blob
  public BlobStore(Path root) {
    this.root = root;
  }

  /// Where a blob lies, whether it is there or not.
  public Path path(Digest digest) {
    String hex = digest.hex();
    return root.resolve("sha256").resolve(hex.substring(0, 2)).resolve(hex);
  }

  /// Whether a blob is there.
  public boolean has(Digest digest) {
    return Files.exists(path(digest));
  }

  /// Whether a blob still has the content that its name says.
  public boolean isWhole(Digest digest) throws IOException {
    MessageDigest hash = Digest.newSha256();
    byte[] buffer = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(path(digest))) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        hash.update(buffer, 0, n);
      }
    }
    return Digest.of(hash.digest()).equals(digest);
  }

  /// Keeps a file whose content has that digest, durably: it gets a second name here. Nobody may
  /// change it any more.
  ///
  /// @param file on the same file system
  public void keep(Path file, Digest digest) throws IOException {
    Path target = path(digest);
    if (Files.exists(target)) {
      return;
    }
    Path folder = Objects.requireNonNull(target.getParent());
    Files.createDirectories(folder);
    force(file, StandardOpenOption.WRITE);
    try {
      Files.createLink(target, file);
    } catch (FileAlreadyExistsException e) {
      return; // somebody else keeps the same bytes at this moment
    }
    force(folder, StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption option) throws IOException {
    try (FileChannel channel = FileChannel.open(path, option)) {
      channel.force(true);
    }
  }

  /// What is done with a blob.
  @FunctionalInterface
  public interface Visitor {
    void visit(Digest digest, Path file) throws IOException;
  }

  /// Visits every blob, in no order.
  public void visit(Visitor visitor) throws IOException {
    Path all = root.resolve("sha256");
    if (!Files.isDirectory(all)) {
      return;
    }
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(all)) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            visitor.visit(Digest.ofHex(String.valueOf(file.getFileName())), file);
          }
        }
      }
    } catch (NoSuchFileException e) {
      throw new IOException(root + " changed while it was listed", e);
    }
  }
}
