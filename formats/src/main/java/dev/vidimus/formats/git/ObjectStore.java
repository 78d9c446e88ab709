package dev.vidimus.formats.git;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The objects of a repository and of those that it borrows from (`objects/info/alternates`).
final class ObjectStore implements Closeable {
  /// The largest object worth reading whole; contents of working files are compared by their hash.
  static final int MOST_BYTES = 64 << 20;

  private static final int MOST_FOLDERS = 16;
  private static final int DEEPEST_BASES = 512;

  private final Set<Path> folders = new LinkedHashSet<>();
  private final List<OpenPack> packs = new ArrayList<>();
  private int baseDepth;

  private record OpenPack(Path file, PackIndex index, Bytes indexBytes, Pack pack, Bytes bytes) {}

  /// @param objects the repository's `objects` folder
  ObjectStore(Path objects) throws IOException, FormatException {
    collect(objects);
    try {
      for (Path folder : folders) {
        openPacks(folder.resolve("pack"));
      }
    } catch (IOException | FormatException e) {
      close();
      throw e;
    }
  }

  private void collect(Path objects) throws IOException, FormatException {
    Deque<Path> todo = new ArrayDeque<>(List.of(objects));
    while (!todo.isEmpty()) {
      Path folder = todo.removeFirst().normalize();
      if (!folders.add(folder)) {
        continue;
      }
      if (folders.size() > MOST_FOLDERS) {
        throw new FormatException.LimitExceeded(
            objects + ": alternates", 0, "more than " + MOST_FOLDERS + " folders");
      }
      Path alternates = folder.resolve("info").resolve("alternates");
      if (Files.isRegularFile(alternates)) {
        for (String line : SmallFile.lines(alternates)) {
          if (!line.isEmpty() && !line.startsWith("#")) {
            todo.add(resolved(folder, line));
          }
        }
      }
    }
  }

  private static Path resolved(Path folder, String line) throws FormatException {
    try {
      return folder.resolve(line);
    } catch (InvalidPathException e) {
      throw new FormatException.Malformed(folder + ": alternates", 0, "is no path: " + line);
    }
  }

  private void openPacks(Path folder) throws IOException, FormatException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.idx")) {
      for (Path file : files) {
        openPack(file);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void openPack(Path indexFile) throws IOException, FormatException {
    String name = indexFile.toString();
    Path packFile = Path.of(name.substring(0, name.length() - "idx".length()) + "pack");
    if (!Files.isRegularFile(packFile)) {
      return; // as git does, while another process is repacking
    }
    Bytes index = FileBytes.open(indexFile);
    Bytes pack;
    try {
      pack = FileBytes.open(packFile);
    } catch (IOException e) {
      index.close();
      throw e;
    }
    try {
      packs.add(
          new OpenPack(
              packFile,
              new PackIndex(index, name),
              index,
              new Pack(pack, packFile.toString(), this::readBase),
              pack));
    } catch (IOException | FormatException e) {
      index.close();
      pack.close();
      throw e;
    }
  }

  /// Reads an object and requires that it has the name by which it was found; null if there is
  /// none of that name.
  @Nullable GitObject read(ObjectId id) throws IOException, FormatException {
    GitObject object = readUnchecked(id);
    if (object != null) {
      MessageDigest sha1 = ObjectId.begun(object.type(), object.content().length);
      if (!Arrays.equals(sha1.digest(object.content()), id.bytes())) {
        throw new FormatException.Malformed(
            "object " + id.hex(), 0, "has another SHA-1 than its name");
      }
    }
    return object;
  }

  private @Nullable GitObject readUnchecked(ObjectId id) throws IOException, FormatException {
    Path loose = loose(id);
    if (loose != null) {
      try (Bytes bytes = FileBytes.open(loose)) {
        return LooseObject.read(bytes, loose.toString(), MOST_BYTES);
      }
    }
    for (OpenPack pack : packs) {
      long offset = pack.index.find(id);
      if (offset >= 0) {
        return pack.pack.read(offset, MOST_BYTES);
      }
    }
    return null;
  }

  /// The size of an object in bytes; -1 if there is none of that name.
  long size(ObjectId id) throws IOException, FormatException {
    Path loose = loose(id);
    if (loose != null) {
      try (Bytes bytes = FileBytes.open(loose)) {
        return LooseObject.size(bytes, loose.toString());
      }
    }
    for (OpenPack pack : packs) {
      long offset = pack.index.find(id);
      if (offset >= 0) {
        return pack.pack.size(offset);
      }
    }
    return -1;
  }

  /// The objects whose names begin with these digits; two mean that the digits are ambiguous.
  Set<ObjectId> startingWith(String digits) throws IOException {
    Set<ObjectId> found = new LinkedHashSet<>();
    for (Path folder : folders) {
      Path loose = folder.resolve(digits.substring(0, 2));
      if (Files.isDirectory(loose)) {
        try (DirectoryStream<Path> files =
            Files.newDirectoryStream(loose, digits.substring(2) + "*")) {
          for (Path file : files) {
            String hex = digits.substring(0, 2) + file.getFileName();
            if (hex.length() == ObjectId.DIGITS && ObjectId.isHex(hex, ObjectId.DIGITS)) {
              found.add(new ObjectId(hex));
            }
          }
        } catch (DirectoryIteratorException e) {
          throw e.getCause();
        }
      }
    }
    for (OpenPack pack : packs) {
      found.addAll(pack.index.startingWith(digits));
    }
    return found;
  }

  private GitObject readBase(ObjectId id) throws IOException, FormatException {
    if (++baseDepth > DEEPEST_BASES) { // bases that name each other
      throw new FormatException.LimitExceeded(
          "object " + id.hex(), 0, "more than " + DEEPEST_BASES + " named bases");
    }
    try {
      GitObject base = readUnchecked(id);
      if (base == null) {
        throw new FormatException.Malformed("object " + id.hex(), 0, "is a base, and is missing");
      }
      return base;
    } finally {
      baseDepth--;
    }
  }

  private @Nullable Path loose(ObjectId id) {
    for (Path folder : folders) {
      Path file = folder.resolve(id.hex().substring(0, 2)).resolve(id.hex().substring(2));
      if (Files.isRegularFile(file)) {
        return file;
      }
    }
    return null;
  }

  @Override
  public void close() throws IOException {
    for (OpenPack pack : packs) {
      pack.indexBytes.close();
      pack.bytes.close();
    }
  }
}
