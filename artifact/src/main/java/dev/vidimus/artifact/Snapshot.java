package dev.vidimus.artifact;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;

/// The content of one artifact: a file, or a folder's files sorted by their paths' UTF-8 bytes.
///
/// What cannot be part of an identity (links, devices, unrepresentable names) is listed in
/// [#refused()] and never silently left out. Contents are opened on demand; [#digest(Map)] makes
/// the identity once every file has been hashed.
///
/// @param root the file or folder
/// @param entries the regular files, sorted
/// @param refused what was found beside them and not followed, sorted
public record Snapshot(Path root, List<Entry> entries, List<Refused> refused) {
  public Snapshot {
    entries = List.copyOf(entries);
    refused = List.copyOf(refused);
  }

  /// One regular file.
  ///
  /// @param path relative to the root with `/`; the base name if the root is a file
  /// @param size in bytes, when the folder was walked
  /// @param file where its bytes are; in a hub cache the blob, not the link
  public record Entry(String path, long size, Path file) {
    /// Opens the bytes; the caller closes them.
    public Bytes open() throws IOException {
      return FileBytes.open(file);
    }
  }

  /// Something that is not part of the snapshot.
  ///
  /// @param path relative to the root, made printable
  /// @param reason why
  /// @param detail for example the target of a link, made printable
  public record Refused(String path, Reason reason, String detail) {}

  /// Why something is not part of a snapshot.
  public enum Reason {
    /// A symbolic link that stays inside the folder; its target is examined under its own path.
    LINK_INSIDE,
    /// A symbolic link that leaves the folder, or leads nowhere.
    LINK_OUTSIDE,
    /// A device, socket or pipe.
    SPECIAL,
    /// A name with control characters, `\` or bytes that are no UTF-8.
    NAME,
    /// The operating system would not let us look.
    UNREADABLE
  }

  /// Walks a file or folder without following links (except a hub cache's links to its own blobs).
  ///
  /// @throws IOException if the root itself cannot be read
  public static Snapshot of(Path root) throws IOException {
    try {
      return new FolderWalk(root).walk();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /// Whether a path is part of the identity: all are, but what version control and download tools
  /// leave beside a model, at the top level only. That is listed and examined all the same.
  public static boolean isIdentity(String path) {
    return switch (path) {
      case ".git", ".gitattributes", ".gitignore", ".github", ".DS_Store" -> false;
      default ->
          !path.startsWith(".git/")
              && !path.startsWith(".github/")
              && !path.startsWith(".cache/huggingface/");
    };
  }

  /// The sum of the files' sizes in bytes.
  public long size() {
    long size = 0;
    for (Entry entry : entries) {
      size += entry.size();
    }
    return size;
  }

  /// The snapshot digest: SHA-256 over `<hex>  <path>\n` of every file of the identity in order, as
  /// `sha256sum` prints it.
  ///
  /// @param digests the SHA-256 of each entry, by its path; a missing one is a programming error
  public Digest digest(Map<String, Digest> digests) {
    MessageDigest list = Digest.newSha256();
    for (Entry entry : entries) {
      if (!isIdentity(entry.path())) {
        continue;
      }
      Digest digest = digests.get(entry.path());
      if (digest == null) {
        throw new IllegalArgumentException("no digest of " + entry.path());
      }
      list.update((digest.hex() + "  " + entry.path() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return Digest.of(list.digest());
  }
}
