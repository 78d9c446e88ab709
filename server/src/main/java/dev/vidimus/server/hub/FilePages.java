package dev.vidimus.server.hub;

import dev.vidimus.artifact.FormatException;
import dev.vidimus.evidence.CheckFailed;
import dev.vidimus.registry.shelf.GitNames;
import dev.vidimus.registry.shelf.ShelfFile;
import dev.vidimus.server.http.Exchange;
import dev.vidimus.server.http.Problem;
import dev.vidimus.server.http.Verb;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files: their headers and bytes, from this very origin, without a redirect.
final class FilePages {
  private static final String BINARY = "application/octet-stream";
  private static final int BUFFER = 256 << 10;
  private static final long WINDOW = 16 << 20;

  private final Asked asked;
  private final PullLog pulls;

  FilePages(Asked asked, PullLog pulls) {
    this.asked = asked;
    this.pulls = pulls;
  }

  /// `resolve`: the bytes.
  void resolve(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    answer(exchange, repository, false);
  }

  /// `raw`: the bytes as git has them, which for a large file is the pointer to it.
  void raw(Exchange exchange, RepositoryName repository)
      throws IOException, FormatException, CheckFailed, Problem {
    answer(exchange, repository, true);
  }

  private void answer(Exchange exchange, RepositoryName repository, boolean raw)
      throws IOException, FormatException, CheckFailed, Problem {
    String path = exchange.segment("path");
    Outcome.Open open = asked.open(exchange, repository, path);
    ShelfFile file = open.shelf().file(path);
    exchange.header("X-Repo-Commit", open.commit());
    if (file == null) {
      throw missing(repository, exchange.segment("revision"), path, open);
    }
    // Whoever keeps a copy asks again before it is used: what may be had changes.
    exchange.header("Cache-Control", "no-cache").header("Accept-Ranges", "bytes");
    if (raw && file.isLarge()) {
      byte[] pointer = GitNames.pointer(file.digest(), file.size());
      exchange.header("ETag", quoted(file.gitName()));
      exchange.send(200, "text/plain; charset=utf-8", pointer);
      return;
    }
    String etag = quoted(file.etag());
    exchange.header("ETag", etag);
    if (file.isLarge()) {
      exchange.header("X-Linked-Etag", etag);
      exchange.header("X-Linked-Size", Long.toString(file.size()));
    }
    if (exchange.verb() == Verb.HEAD) {
      exchange.head(200, BINARY, file.size());
      return;
    }
    String ifRange = exchange.header("If-Range");
    @Nullable ByteRange range =
        ifRange == null || ifRange.equals(etag)
            ? ByteRange.of(exchange.header("Range"), file.size())
            : null;
    if (range != null && range.length() == 0) {
      exchange.header("Content-Range", "bytes */" + file.size());
      exchange.send(416);
      return;
    }
    send(exchange, repository, open, file, range);
  }

  private void send(
      Exchange exchange,
      RepositoryName repository,
      Outcome.Open open,
      ShelfFile file,
      @Nullable ByteRange part)
      throws IOException, Problem {
    ByteRange range = part == null ? new ByteRange(0, file.size()) : part;
    int status = part == null ? 200 : 206;
    long sent = 0;
    try (FileChannel channel = FileChannel.open(file.content(), StandardOpenOption.READ)) {
      if (channel.size() != file.size()) {
        throw new IOException(file.content() + ": does not have " + file.size() + " bytes");
      }
      if (part != null) {
        exchange.header(
            "Content-Range",
            "bytes " + range.begin() + "-" + (range.end() - 1) + "/" + file.size());
      }
      try (OutputStream out = exchange.stream(status, BINARY, range.length())) {
        byte[] bytes = new byte[(int) Math.min(BUFFER, Math.max(1, range.length()))];
        for (long at = range.begin(); at < range.end(); ) {
          long window = Math.min(WINDOW, range.end() - at);
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment mapped = channel.map(FileChannel.MapMode.READ_ONLY, at, window, arena);
            for (long done = 0; done < window; ) {
              int n = (int) Math.min(bytes.length, window - done);
              MemorySegment.copy(mapped, ValueLayout.JAVA_BYTE, done, bytes, 0, n);
              out.write(bytes, 0, n);
              done += n;
              sent += n;
            }
          }
          at += window;
        }
      }
    } catch (NoSuchFileException e) {
      throw missing(repository, exchange.segment("revision"), file.path(), open);
    } finally {
      pulls.add(
          asked.pull(
              exchange, repository, file.path(), open.artifact().snapshot(), status, "", sent));
    }
  }

  private static HubRefusal missing(
      RepositoryName repository, String revision, String path, Outcome.Open open) {
    return new HubRefusal(
        new HubRefusal.Shape(
            404,
            "EntryNotFound",
            repository.registryName() + "@" + revision + " " + path,
            "not there",
            List.of("no such file was promoted, or it is withheld"),
            "",
            "",
            "",
            open.commit(),
            open.artifact().snapshot()));
  }

  private static String quoted(String etag) {
    return '"' + etag + '"';
  }
}
