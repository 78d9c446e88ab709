package dev.vidimus.server.hub.publish;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonNumber;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import dev.vidimus.server.http.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A commit as a client sends it: one JSON object a line, the first with what it is about, each
/// other one with a file that comes or goes.
final class Commit {
  /// Bytes of a commit: regular files are part of it.
  static final long LONGEST = 256L << 20;

  private static final int LONGEST_LINE = 16 << 20;
  private static final int MOST_LINES = 100_000;
  private static final int BUFFER = 64 << 10;
  private static final JsonLimits JSON = new JsonLimits(LONGEST_LINE, 8, 100, LONGEST_LINE, 20);

  private final String repository;
  private final Uploads uploads;
  private final Map<String, Tree.Node> files;
  private final Map<Digest, Tree.Node> before = new HashMap<>();
  private String parent = "";

  /// @param base the version that it changes
  Commit(String repository, Uploads uploads, Tree base) {
    this.repository = repository;
    this.uploads = uploads;
    this.files = new HashMap<>(base.files());
    base.files().values().forEach(node -> before.put(node.digest(), node));
  }

  /// The commit that the client thinks is the last; empty if it does not say.
  String parent() {
    return parent;
  }

  /// The files after all lines.
  Tree read(InputStream body) throws IOException, Problem {
    Lines lines = new Lines(body);
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      if (line.length > 0) {
        apply(line);
      }
    }
    return new Tree(files);
  }

  /// Lines of a body, each and all of them bounded.
  private static final class Lines {
    private final InputStream body;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private long read;
    private int count;

    Lines(InputStream body) {
      this.body = body;
    }

    byte @Nullable [] next() throws IOException, Problem {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean any = false;
      while (true) {
        if (at == end) {
          end = Math.max(0, body.read(buffer));
          at = 0;
          read += end;
          if (read > LONGEST) {
            throw Problem.tooLarge("the commit has over " + LONGEST + " bytes");
          }
          if (end == 0) {
            return any ? line.toByteArray() : null;
          }
        }
        any = true;
        int begin = at;
        while (at < end && buffer[at] != '\n') {
          at++;
        }
        if (line.size() + at - begin > LONGEST_LINE) {
          throw Problem.tooLarge("a line of the commit has over " + LONGEST_LINE + " bytes");
        }
        line.write(buffer, begin, at - begin);
        if (at < end) {
          at++;
          if (++count > MOST_LINES) {
            throw Problem.tooLarge("the commit has over " + MOST_LINES + " lines");
          }
          return line.toByteArray();
        }
      }
    }
  }

  private void apply(byte[] line) throws IOException, Problem {
    JsonObject object;
    try {
      if (!(Json.parse(Bytes.of(line), "line", JSON) instanceof JsonObject parsed)) {
        throw Problem.badRequest("a line of the commit is no object", "");
      }
      object = parsed;
    } catch (FormatException e) {
      throw Problem.badRequest("a line of the commit: " + e.getMessage(), "");
    }
    if (!(object.get("value") instanceof JsonObject value)) {
      throw Problem.badRequest("a line of the commit has no value", "");
    }
    String key = String.valueOf(object.string("key"));
    switch (key) {
      case "header" -> {
        String given = value.string("parentCommit");
        parent = given == null ? "" : given;
      }
      case "file" -> file(value);
      case "lfsFile" -> large(value);
      case "deletedFile" -> {
        if (files.remove(path(value)) == null) {
          throw Problem.badRequest("there is no file " + path(value) + " to delete", "");
        }
      }
      case "deletedFolder" -> {
        String path = path(value);
        String prefix = path.endsWith("/") ? path : path + "/";
        if (!files.keySet().removeIf(file -> file.startsWith(prefix))) {
          throw Problem.badRequest("there is no folder " + path + " to delete", "");
        }
      }
      default ->
          throw Problem.badRequest(
              "a commit with " + key, "files come and go; copies are not understood");
    }
  }

  private void file(JsonObject value) throws IOException, Problem {
    String content = value.string("content");
    if (content == null || !"base64".equals(value.string("encoding"))) {
      throw Problem.badRequest("a file of the commit is not in base64", "");
    }
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(content);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("a file of the commit is not in base64", "");
    }
    String path = newPath(value);
    Digest digest = uploads.keep(repository, bytes);
    files.put(path, new Tree.Node(digest, bytes.length, uploads.object(repository, digest)));
  }

  private void large(JsonObject value) throws IOException, Problem {
    String path = newPath(value);
    String oid = value.string("oid");
    long size = -1;
    Digest digest;
    try {
      digest = Digest.ofHex(String.valueOf(oid));
      if (value.get("size") instanceof JsonNumber number) {
        size = Long.parseLong(number.text());
      }
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("a large file of the commit has no oid or no size", "");
    }
    Tree.Node known = before.get(digest);
    if (known == null && size >= 0 && uploads.has(repository, digest, size)) {
      known = new Tree.Node(digest, size, uploads.object(repository, digest));
    }
    if (known == null || (size >= 0 && known.size() != size)) {
      throw Problem.badRequest("the object " + oid + " of " + path + " did not come", "upload it");
    }
    files.put(path, known);
  }

  private static String newPath(JsonObject value) throws Problem {
    String path = path(value);
    try {
      NewTree.requireCanonical(path);
    } catch (Refusal e) {
      throw Problem.badRequest(String.valueOf(e.getMessage()), "");
    }
    return path;
  }

  private static String path(JsonObject value) throws Problem {
    String path = value.string("path");
    if (path == null || path.isEmpty()) {
      throw Problem.badRequest("a line of the commit has no path", "");
    }
    return path;
  }
}
