package dev.vidimus.registry.layout;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.json.Json;
import dev.vidimus.artifact.json.JsonLimits;
import dev.vidimus.artifact.json.JsonValue.JsonObject;
import dev.vidimus.registry.intake.NewTree;
import dev.vidimus.registry.intake.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;

/// The files of a layout. Each is opened without following a link, in folders that are none.
final class Blobs {
  /// Manifests of more are refused by registries too.
  private static final JsonLimits LIMITS = new JsonLimits(4 << 20, 32, 4096, 1 << 20, 40);

  private static final int BUFFER = 1 << 16;

  private final Path layout;

  Blobs(Path layout) {
    this.layout = layout;
  }

  /// A document beside the blobs: `index.json`, `oci-layout`.
  JsonObject document(String name) throws IOException, FormatException {
    requireFolder(layout);
    try (Bytes bytes = open(layout.resolve(name), name)) {
      return object(bytes, name);
    }
  }

  /// A document that is a blob.
  JsonObject document(Descriptor descriptor) throws IOException, FormatException {
    String name = descriptor.digest().toString();
    if (descriptor.size() > LIMITS.document()) {
      throw new Refusal(
          name + ": declares " + descriptor.size() + " bytes, over " + LIMITS.document(), "");
    }
    try (Bytes bytes = open(descriptor)) {
      byte[] content = bytes.array(0, (int) bytes.size());
      requireDigest(descriptor, name, Digest.sha256(content));
      return object(Bytes.of(content), name);
    }
  }

  private static JsonObject object(Bytes bytes, String name) throws IOException, FormatException {
    if (Json.parse(bytes, name, LIMITS) instanceof JsonObject object) {
      return object;
    }
    throw new Refusal(name + ": is no object", "");
  }

  /// Copies a blob to a file of the tree.
  ///
  /// @param path announced
  void copy(Descriptor descriptor, NewTree tree, String path) throws IOException {
    MessageDigest hash = Digest.newSha256();
    byte[] buffer = new byte[BUFFER];
    try (Bytes bytes = open(descriptor);
        OutputStream out = tree.create(path)) {
      for (long at = 0; at < bytes.size(); at += BUFFER) {
        int count = (int) Math.min(BUFFER, bytes.size() - at);
        bytes.read(at, buffer, 0, count);
        hash.update(buffer, 0, count);
        out.write(buffer, 0, count);
      }
    }
    requireDigest(descriptor, path, Digest.of(hash.digest()));
  }

  private Bytes open(Descriptor descriptor) throws IOException {
    Path algorithms = layout.resolve("blobs");
    Path folder = algorithms.resolve("sha256");
    requireFolder(algorithms);
    requireFolder(folder);
    String name = descriptor.digest().toString();
    Bytes bytes = open(folder.resolve(descriptor.digest().hex()), name);
    if (bytes.size() != descriptor.size()) {
      bytes.close();
      throw new Refusal(
          "%s: the layout declares %d bytes, but there are %d"
              .formatted(name, descriptor.size(), bytes.size()),
          "");
    }
    return bytes;
  }

  private static void requireDigest(Descriptor descriptor, String name, Digest found)
      throws Refusal {
    if (!found.equals(descriptor.digest())) {
      throw new Refusal(
          "%s: the layout declares %s, but the blob has %s"
              .formatted(name, descriptor.digest(), found),
          "");
    }
  }

  private static void requireFolder(Path folder) throws Refusal {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(folder + ": is no folder; links are not followed", "");
    }
  }

  private static Bytes open(Path file, String name) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new Refusal(name + ": is no regular file of the layout; links are not followed", "");
    }
    return FileBytes.open(file);
  }
}
