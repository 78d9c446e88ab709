package dev.vidimus.registry.home;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A folder that is built beside its place and moved there when it is whole. What fails before
/// leaves nothing behind.
public final class Scaffold implements AutoCloseable {
  private final Path place;
  private final Path building;
  private boolean done;

  /// @param place where it is to be; its parent is made
  /// @param prefix of its name until then
  public Scaffold(Path place, String prefix) throws IOException {
    this.place = place;
    Path parent = Objects.requireNonNull(place.getParent(), "a root is no place");
    Files.createDirectories(parent);
    this.building = Files.createTempDirectory(parent, prefix);
  }

  /// The folder while it is built.
  public Path building() {
    return building;
  }

  /// It is whole.
  public void done() throws IOException {
    Files.move(building, place, StandardCopyOption.ATOMIC_MOVE);
    done = true;
  }

  @Override
  public void close() throws IOException {
    if (!done) {
      delete(building);
    }
  }

  /// Deletes a folder and everything in it, perhaps while somebody else does, too.
  public static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException problem)
              throws IOException {
            if (problem instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw problem;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException problem)
              throws IOException {
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
