package dev.vidimus.evidence.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Makes files that have been written durable, and the folders that name them. Many at once,
/// because a file system writes what waits together.
final class FileSync {
  private static final int THREADS = 16;

  private final Path root;

  FileSync(Path root) {
    this.root = root;
  }

  /// @param paths relative to the root; those that are not there any more are left out
  void sync(Collection<String> paths) throws IOException {
    Set<Path> folders = new HashSet<>();
    List<Path> files = new ArrayList<>();
    for (String path : paths) {
      Path file = root.resolve(path);
      files.add(file);
      for (Path folder = file.getParent();
          folder != null && folder.startsWith(root) && folders.add(folder);
          folder = folder.getParent()) {
        // up to the root
      }
    }
    all(files);
    List<Path> deepest = new ArrayList<>(folders);
    deepest.sort(Comparator.comparingInt(Path::getNameCount).reversed());
    all(deepest);
  }

  private static void all(List<Path> files) throws IOException {
    if (files.size() < THREADS) {
      for (Path file : files) {
        force(file);
      }
      return;
    }
    try (ExecutorService threads =
        Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().daemon().factory())) {
      List<Future<Void>> running = new ArrayList<>();
      for (Path file : files) {
        running.add(threads.submit(() -> force(file)));
      }
      for (Future<Void> one : running) {
        one.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while files were synchronized", e);
    } catch (ExecutionException e) {
      throw new IOException("files could not be synchronized: " + e.getMessage(), e.getCause());
    }
  }

  @SuppressWarnings("NullAway") // Void has no other value
  private static Void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // a partial tile that was superseded
    }
    return null;
  }
}
