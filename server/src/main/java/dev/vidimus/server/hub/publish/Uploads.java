package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.Digest;
import dev.vidimus.registry.access.Credential;
import dev.vidimus.registry.intake.Room;
import dev.vidimus.server.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/// Objects on their way in, by repository, so that nobody publishes bytes that only others have. A
/// name stands for whole content: an object gets it after its SHA-256 was compared.
final class Uploads {
  /// How long an object lies here for a commit that does not come.
  private static final Duration KEPT = Duration.ofHours(24);

  /// How long nothing is written to what still comes; whoever brought it is gone.
  private static final Duration QUIET = Duration.ofMinutes(10);

  /// How often that is looked for.
  private static final Duration BETWEEN = Duration.ofHours(1);

  private static final int AT_ONCE = 32;
  private static final int BUFFER = 256 << 10;

  /// Bytes that a sender has to bring in [#PATIENCE].
  private static final long LEAST = 64 << 10;

  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String COMING = "coming-";

  private final Path root;
  private final InstantSource clock;
  private Instant collected = Instant.EPOCH;
  private final Semaphore places = new Semaphore(AT_ONCE);

  /// @param root made with the first upload
  Uploads(Path root, InstantSource clock) {
    this.root = root;
    this.clock = clock;
  }

  private Path folder(String repository) {
    return root.resolve(
        Digest.sha256(repository.getBytes(StandardCharsets.UTF_8)).hex().substring(0, 32));
  }

  /// Where an object of a repository lies, whether it is there or not.
  Path object(String repository, Digest oid) {
    return folder(repository).resolve(oid.hex());
  }

  private Path part(String repository, Digest oid, int part) {
    return folder(repository).resolve(oid.hex() + "." + part);
  }

  /// Whether an object came.
  boolean has(String repository, Digest oid, long size) throws IOException {
    Path object = object(repository, oid);
    try {
      if (Files.size(object) != size) {
        return false;
      }
      Files.setLastModifiedTime(object, FileTime.from(clock.instant()));
      return true;
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /// Takes a whole object.
  void take(String repository, Digest oid, long size, InputStream body)
      throws IOException, Problem {
    Digest found = take(object(repository, oid), size, body, oid);
    if (!found.equals(oid)) {
      throw new IllegalStateException("kept " + found);
    }
  }

  /// Takes a part of an object.
  ///
  /// @return its SHA-256, by which the sender names it later
  Digest takePart(String repository, Digest oid, int part, long size, InputStream body)
      throws IOException, Problem {
    return take(part(repository, oid, part), size, body, null);
  }

  private Digest take(Path target, long size, InputStream body, @Nullable Digest wanted)
      throws IOException, Problem {
    collectNowAndThen();
    if (!places.tryAcquire()) {
      throw new Problem(503, "Service unavailable", "too many uploads at once", "try again");
    }
    try {
      Path folder = Objects.requireNonNull(target.getParent());
      Files.createDirectories(folder);
      Room.require(folder, size);
      Path coming = folder.resolve(COMING + Credential.id("u"));
      try {
        Digest found = copy(body, size, coming);
        if (wanted != null && !wanted.equals(found)) {
          throw unlike(wanted, found);
        }
        Files.move(coming, target, StandardCopyOption.ATOMIC_MOVE);
        return found;
      } finally {
        Files.deleteIfExists(coming);
      }
    } finally {
      places.release();
    }
  }

  private Digest copy(InputStream body, long size, Path target) throws IOException, Problem {
    MessageDigest hash = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    Instant until = clock.instant().plus(PATIENCE);
    long enough = LEAST;
    try (OutputStream out =
        Files.newOutputStream(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        done += n;
        if (done > size) {
          throw new Problem(
              413, "Content too large", "more than the " + size + " bytes that were announced", "");
        }
        hash.update(buffer, 0, n);
        out.write(buffer, 0, n);
        Instant now = clock.instant();
        if (done >= enough) {
          enough = done + LEAST;
          until = now.plus(PATIENCE);
        } else if (now.isAfter(until)) {
          throw new Problem(408, "Request timeout", "the upload comes too slowly", "try again");
        }
      }
    }
    if (done != size) {
      throw Problem.badRequest(size + " bytes were announced, and " + done + " came", "send all");
    }
    return Digest.of(hash.digest());
  }

  private static Problem unlike(Digest wanted, Digest found) {
    return new Problem(
        422,
        "Unprocessable content",
        "the object was announced as " + wanted + " and is " + found,
        "upload it again");
  }

  /// Puts the parts of an object together.
  ///
  /// @param count how many there are
  void join(String repository, Digest oid, long size, int count) throws IOException, Problem {
    Path object = object(repository, oid);
    Path joined = object.resolveSibling(COMING + Credential.id("u"));
    MessageDigest hash = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    Files.createDirectories(folder(repository));
    Room.require(folder(repository), size);
    try {
      try (OutputStream out = Files.newOutputStream(joined, StandardOpenOption.CREATE_NEW)) {
        for (int part = 1; part <= count; part++) {
          try (InputStream in = Files.newInputStream(part(repository, oid, part))) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
              hash.update(buffer, 0, n);
              out.write(buffer, 0, n);
            }
          } catch (NoSuchFileException e) {
            throw Problem.badRequest("part " + part + " of " + oid + " did not come", "send it");
          }
        }
      }
      Digest found = Digest.of(hash.digest());
      if (!found.equals(oid) || Files.size(joined) != size) {
        throw unlike(oid, found);
      }
      Files.move(joined, object, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(joined);
      for (int part = 1; part <= count; part++) {
        Files.deleteIfExists(part(repository, oid, part));
      }
    }
  }

  /// Keeps the content of a small file.
  Digest keep(String repository, byte[] content) throws IOException {
    Digest digest = Digest.sha256(content);
    if (has(repository, digest, content.length)) {
      return digest;
    }
    Path object = object(repository, digest);
    Files.createDirectories(folder(repository));
    Room.require(folder(repository), content.length);
    Path coming = object.resolveSibling(COMING + Credential.id("u"));
    try {
      Files.write(coming, content, StandardOpenOption.CREATE_NEW);
      Files.move(coming, object, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(coming);
    }
    return digest;
  }

  private void collectNowAndThen() throws IOException {
    Instant now = clock.instant();
    synchronized (places) {
      if (now.isBefore(collected.plus(BETWEEN))) {
        return;
      }
      collected = now;
    }
    collect();
  }

  /// Deletes what no commit came for, and what servers left half written that were killed.
  ///
  /// @return how many files
  int collect() throws IOException {
    if (!Files.isDirectory(root)) {
      return 0;
    }
    int collected = 0;
    Instant now = clock.instant();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root)) {
      for (Path folder : folders) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
          for (Path file : files) {
            boolean comes = String.valueOf(file.getFileName()).startsWith(COMING);
            Instant oldest = now.minus(comes ? QUIET : KEPT);
            if (Files.getLastModifiedTime(file).toInstant().isBefore(oldest)) {
              Files.deleteIfExists(file);
              collected++;
            }
          }
        } catch (NoSuchFileException e) {
          // It was taken, or somebody else collects at this moment.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return collected;
  }
}
