package dev.vidimus.artifact;

import dev.vidimus.artifact.Snapshot.Entry;
import dev.vidimus.artifact.Snapshot.Reason;
import dev.vidimus.artifact.Snapshot.Refused;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;

/// Lists a folder for a [Snapshot]: no link is followed, nothing is left out unsaid.
final class FolderWalk {
  private static final int PRINTED = 200;

  private final Path root;
  private final HubCache hubCache;
  private final List<Entry> entries = new ArrayList<>();
  private final List<Refused> refused = new ArrayList<>();

  FolderWalk(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    this.hubCache = HubCache.around(this.root);
  }

  Snapshot walk() throws IOException {
    BasicFileAttributes attributes = attributes(root);
    if (attributes.isDirectory()) {
      walkFolders();
    } else {
      visit(root, Objects.toString(root.getFileName(), ""), attributes);
    }
    // Not Comparator.comparing: its lambdas are serializable, which no class cache holds.
    entries.sort((a, b) -> PathOrder.compareAsUtf8(a.path(), b.path()));
    refused.sort((a, b) -> PathOrder.compareAsUtf8(a.path(), b.path()));
    return new Snapshot(root, entries, refused);
  }

  // A queue instead of recursion, because a hostile tree may be deeper than our stack.
  private void walkFolders() throws IOException {
    Deque<Path> folders = new ArrayDeque<>(List.of(root));
    while (!folders.isEmpty()) {
      Path folder = folders.removeLast();
      try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
        for (Path child : children) {
          String path = root.relativize(child).toString();
          BasicFileAttributes attributes;
          try {
            attributes = attributes(child);
          } catch (IOException e) {
            refuse(path, Reason.UNREADABLE, String.valueOf(e.getMessage()));
            continue;
          }
          if (attributes.isDirectory()) {
            folders.add(child);
          } else {
            visit(child, path, attributes);
          }
        }
      } catch (IOException | DirectoryIteratorException e) {
        if (folder.equals(root)) {
          throw e;
        }
        refuse(
            root.relativize(folder).toString(), Reason.UNREADABLE, String.valueOf(e.getMessage()));
      }
    }
  }

  private void visit(Path file, String path, BasicFileAttributes attributes) throws IOException {
    if (!isRepresentable(path)) {
      refuse(path, Reason.NAME, "control characters, \\ or bytes that are no UTF-8");
    } else if (attributes.isRegularFile()) {
      entries.add(new Entry(path, attributes.size(), file));
    } else if (attributes.isSymbolicLink()) {
      visitLink(file, path);
    } else {
      refuse(path, Reason.SPECIAL, "a device, socket or pipe");
    }
  }

  private void visitLink(Path link, String path) throws IOException {
    String target = Files.readSymbolicLink(link).toString();
    Path blob = hubCache.blobOf(link, target);
    if (blob != null && Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS)) {
      entries.add(new Entry(path, Files.size(blob), blob));
      return;
    }
    Path parent = Objects.requireNonNull(link.getParent());
    Path resolved = parent.resolve(target).normalize();
    boolean inside =
        !link.equals(root)
            && resolved.startsWith(root)
            && Files.exists(resolved, LinkOption.NOFOLLOW_LINKS);
    refuse(path, inside ? Reason.LINK_INSIDE : Reason.LINK_OUTSIDE, target);
  }

  private void refuse(String path, Reason reason, String detail) {
    refused.add(new Refused(Printable.of(path, PRINTED), reason, Printable.of(detail, PRINTED)));
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  static boolean isRepresentable(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      // U+FFFD and lone surrogates are what the platform makes of bytes that are no UTF-8.
      if (c < ' ' || c == 0x7f || c == '\\' || c == '\ufffd' || isLoneSurrogate(path, i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isLoneSurrogate(String text, int i) {
    char c = text.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == text.length() || !Character.isLowSurrogate(text.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)));
  }
}
