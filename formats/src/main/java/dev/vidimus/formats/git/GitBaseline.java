package dev.vidimus.formats.git;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.Digest;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The files of a commit, to tell which working files have changed since.
///
/// A file is the same if the commit has a file at its path with its content: the same bytes, or a
/// Git LFS pointer to the same bytes. The index and the time stamps are not believed. Filters such
/// as line ends are not applied, so a file that they alter counts as changed, which costs a scan
/// and hides nothing.
///
/// Not thread-safe. Nothing in the repository is run or written.
public final class GitBaseline implements Closeable {
  private static final int CHUNK = 1 << 16;

  private final RepositoryFolder repository;
  private final ObjectStore objects;
  private final ObjectId root;
  private final Map<ObjectId, Tree> trees = new HashMap<>();

  private GitBaseline(RepositoryFolder repository, ObjectStore objects, ObjectId root) {
    this.repository = repository;
    this.objects = objects;
    this.root = root;
  }

  /// The commit that a revision names.
  ///
  /// @param place any file or folder of the working tree
  /// @param revision branch, tag, `HEAD`, or a commit's hex digits (4 to 40), then any of `~n`,
  ///     `^n`; reflogs (`@{…}`) are not read
  /// @throws NoSuchRevisionException if there is no repository, or no such commit in it
  /// @throws FormatException if the repository is damaged, or of a kind that is not read
  /// @throws IOException if its files cannot be read
  public static GitBaseline of(Path place, String revision) throws IOException, FormatException {
    RepositoryFolder repository = RepositoryFolder.around(place);
    ObjectStore objects = new ObjectStore(repository.shared().resolve("objects"));
    try {
      Commit commit = Revision.resolve(objects, new References(repository), revision);
      return new GitBaseline(repository, objects, commit.tree());
    } catch (IOException | FormatException e) {
      objects.close();
      throw e;
    }
  }

  /// True if the commit has this file with this content. A file outside the working tree, or one
  /// that is no regular file, is never the same.
  ///
  /// @throws FormatException if an object that is needed is damaged
  /// @throws IOException if the file or the repository cannot be read
  public boolean hasSame(Path file) throws IOException, FormatException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return false;
    }
    Path real = file.toRealPath();
    ObjectId blob = real.startsWith(repository.workTree()) ? blob(real) : null;
    if (blob == null) {
      return false;
    }
    try (Bytes bytes = FileBytes.open(real)) {
      long size = objects.size(blob);
      boolean maybe = size == bytes.size() || size < 0; // a partial clone may lack the blob
      if (maybe && hasDigest(bytes, blob)) {
        return true;
      }
      return size >= 0 && size < LfsPointer.MOST_BYTES && isPointedAt(bytes, blob);
    }
  }

  private @Nullable ObjectId blob(Path file) throws IOException, FormatException {
    ObjectId folder = root;
    Path path = repository.workTree().relativize(file);
    int last = path.getNameCount() - 1;
    for (int i = 0; i <= last; i++) {
      Tree.Entry entry = tree(folder).entries().get(path.getName(i).toString());
      if (entry == null || entry.kind() != (i == last ? Tree.Kind.FILE : Tree.Kind.FOLDER)) {
        return null;
      }
      folder = entry.id();
    }
    return folder;
  }

  private Tree tree(ObjectId id) throws IOException, FormatException {
    Tree tree = trees.get(id);
    if (tree == null) {
      GitObject object = objects.read(id);
      if (object == null || object.type() != ObjectType.TREE) {
        throw new FormatException.Malformed("object " + id.hex(), 0, "is no tree, or is missing");
      }
      tree = Tree.parse(id, object.content());
      trees.put(id, tree);
    }
    return tree;
  }

  private static boolean hasDigest(Bytes bytes, ObjectId blob) throws IOException {
    MessageDigest sha1 = ObjectId.begun(ObjectType.BLOB, bytes.size());
    return Arrays.equals(digest(bytes, sha1), blob.bytes());
  }

  private boolean isPointedAt(Bytes bytes, ObjectId blob) throws IOException, FormatException {
    GitObject object = objects.read(blob);
    LfsPointer pointer = object == null ? null : LfsPointer.parse(object.content());
    return pointer != null
        && pointer.size() == bytes.size()
        && Digest.of(digest(bytes, Digest.newSha256())).equals(pointer.digest());
  }

  private static byte[] digest(Bytes bytes, MessageDigest digest) throws IOException {
    byte[] chunk = new byte[CHUNK];
    for (long at = 0; at < bytes.size(); at += chunk.length) {
      int count = (int) Math.min(chunk.length, bytes.size() - at);
      bytes.read(at, chunk, 0, count);
      digest.update(chunk, 0, count);
    }
    return digest.digest();
  }

  @Override
  public void close() throws IOException {
    objects.close();
  }
}
