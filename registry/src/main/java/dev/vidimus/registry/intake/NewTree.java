package dev.vidimus.registry.intake;

import dev.vidimus.artifact.Printable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/// The tree of an artifact while somebody else's list of files says what belongs into it. No name
/// leads out of it, and none comes twice.
public final class NewTree {
  private static final int LONGEST_PATH = 1024;
  private static final int LONGEST_PART = 255;
  private static final int PRINTED = 200;

  private final Path root;
  private final TreeNames names = new TreeNames();

  /// @param root not there yet
  public NewTree(Path root) throws IOException {
    this.root = root;
    Files.createDirectories(root);
  }

  /// The folder.
  public Path root() {
    return root;
  }

  /// How many files were announced.
  public int size() {
    return names.size();
  }

  /// Takes a name before anything is written under it.
  ///
  /// @param path with `/`, relative
  /// @throws Refusal if it leads elsewhere, cannot be written as text, was taken before, or is a
  ///     file and a folder
  public void announce(String path) throws Refusal {
    names.announce(path);
  }

  /// Where a file lies.
  ///
  /// @param path announced
  public Path file(String path) throws Refusal {
    if (!names.has(path)) {
      throw new IllegalArgumentException(path + " was not announced");
    }
    try {
      return root.resolve(path);
    } catch (InvalidPathException e) {
      throw refusal(path, "cannot be written by this system");
    }
  }

  /// Begins a new file; the caller closes it.
  ///
  /// @param path announced
  public OutputStream create(String path) throws IOException {
    Path file = file(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    try {
      return Files.newOutputStream(
          file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    } catch (FileAlreadyExistsException e) {
      // A file system that does not tell upper from lower case has fewer names than a list.
      throw refusal(path, "is the same name as another to this file system");
    }
  }

  /// Requires a relative path that every system and every list writes in one way.
  public static void requireCanonical(String path) throws Refusal {
    if (path.isEmpty() || path.getBytes(StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw refusal(path, "is empty or longer than " + LONGEST_PATH + " bytes");
    }
    if (path.length() > 1 && path.charAt(1) == ':' && Character.isLetter(path.charAt(0))) {
      throw refusal(path, "begins with a drive");
    }
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean pair = i + 1 < path.length() && Character.isSurrogatePair(c, path.charAt(i + 1));
      if (pair) {
        i++;
      } else if (c < ' ' || c == 0x7f || c == '\\' || c == '\ufffd' || Character.isSurrogate(c)) {
        throw refusal(path, "has a control character, \\ or what is no UTF-8");
      }
    }
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() || part.equals(".") || part.equals("..")) {
        throw refusal(path, "is absolute, or has an empty part, . or ..");
      }
      if (part.getBytes(StandardCharsets.UTF_8).length > LONGEST_PART) {
        throw refusal(path, "has a part of more than " + LONGEST_PART + " bytes");
      }
    }
  }

  private static Refusal refusal(String path, String problem) {
    return new Refusal("the name " + Printable.of(path, PRINTED) + " " + problem, "");
  }
}
