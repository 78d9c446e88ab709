package dev.vidimus.inventory.deps;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FileBytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Location;
import dev.vidimus.artifact.NotExamined;
import dev.vidimus.artifact.Snapshot;
import dev.vidimus.inventory.deps.files.Dependency;
import dev.vidimus.inventory.deps.files.DependencyFile;
import dev.vidimus.inventory.deps.files.DependencyFiles;
import dev.vidimus.inventory.deps.files.Listing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/// What all files of a file or folder say of packages.
///
/// @param files by their paths, in order
/// @param notExamined what could not be read or understood
public record Dependencies(Map<String, Listing> files, List<NotExamined> notExamined) {
  private static final int MOST_FILES = 10_000;
  private static final int MOST_INCLUDES = 1_000;

  public Dependencies {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
    notExamined = List.copyOf(notExamined);
  }

  /// A package and the file that names it.
  public record Named(String file, Dependency dependency) {}

  /// All packages, file by file, each in the order of its file.
  public List<Named> packages() {
    List<Named> all = new ArrayList<>();
    files.forEach(
        (file, listing) -> listing.packages().forEach(one -> all.add(new Named(file, one))));
    return all;
  }

  /// Reads a file, or every file of a folder whose name says that it names packages. What they
  /// include is read too, as long as it lies in the same folder.
  ///
  /// @throws IOException if the root cannot be read
  public static Dependencies of(Path root) throws IOException {
    return new Reading(root).run();
  }

  /// Reads a file if its name says that it names packages; nothing is said of any other.
  ///
  /// @throws IOException if it cannot be read
  public static Dependencies ofNamed(Path file) throws IOException {
    return DependencyFiles.named(String.valueOf(file.getFileName())) == null
        ? new Dependencies(Map.of(), List.of())
        : of(file);
  }

  private static final class Reading {
    private final Path root;
    private final boolean isFolder;
    private final Path folder;
    private final Map<String, Listing> files = new LinkedHashMap<>();
    private final List<NotExamined> notExamined = new ArrayList<>();

    Reading(Path root) {
      this.root = root;
      this.isFolder = Files.isDirectory(root);
      Path parent = root.toAbsolutePath().normalize().getParent();
      this.folder = isFolder || parent == null ? root.toAbsolutePath().normalize() : parent;
    }

    Dependencies run() throws IOException {
      if (isFolder) {
        for (Snapshot.Entry entry : Snapshot.of(root).entries()) {
          DependencyFile reader = DependencyFiles.named(entry.path());
          if (reader != null) {
            if (files.size() == MOST_FILES) {
              notExamined.add(
                  new NotExamined(
                      Location.of(entry.path()), "more than " + MOST_FILES + " files of packages"));
              break;
            }
            read(entry.path(), entry.file(), reader);
          }
        }
      } else {
        String name = String.valueOf(root.getFileName());
        try (Bytes bytes = FileBytes.open(root)) {
          read(name, bytes, DependencyFiles.of(name, bytes));
        }
      }
      includes();
      return new Dependencies(files, notExamined);
    }

    private void read(String path, Path file, DependencyFile reader) {
      try (Bytes bytes = FileBytes.open(file)) {
        read(path, bytes, reader);
      } catch (IOException e) {
        notExamined.add(new NotExamined(Location.of(path), String.valueOf(e.getMessage())));
      }
    }

    private void read(String path, Bytes bytes, DependencyFile reader) throws IOException {
      try {
        Listing listing = reader.read(bytes, path);
        files.put(path, listing);
        for (Listing.Problem problem : listing.problems()) {
          String line = problem.line() > 0 ? "line " + problem.line() + ": " : "";
          notExamined.add(new NotExamined(Location.of(path), line + problem.what()));
        }
      } catch (FormatException e) {
        notExamined.add(new NotExamined(Location.of(path), String.valueOf(e.getMessage())));
      }
    }

    /// Follows `-r` and `-c`, which name files relative to their own.
    private void includes() {
      Deque<String> waiting = new ArrayDeque<>(files.keySet());
      int followed = 0;
      while (!waiting.isEmpty()) {
        String from = waiting.removeFirst();
        Listing listing = Objects.requireNonNull(files.get(from), "what waits was read");
        for (String include : listing.includes()) {
          String path = resolve(from, include);
          Path file = folder.resolve(path);
          if (++followed > MOST_INCLUDES) {
            missing(from, include, "more than " + MOST_INCLUDES + " includes");
            return;
          }
          if (path.isEmpty() || include.contains("://")) {
            missing(from, include, "lies outside of the folder");
          } else if (files.containsKey(path)) {
            if (reaches(path, from)) {
              missing(from, include, "includes this file in turn");
            }
          } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            missing(from, include, "is not there");
          } else {
            read(path, file, DependencyFiles.requirements());
            if (files.containsKey(path)) {
              waiting.add(path);
            }
          }
        }
      }
    }

    private void missing(String from, String include, String what) {
      notExamined.add(
          new NotExamined(Location.of(from), "includes " + include + ", which " + what));
    }

    /// The path of an included file; empty if it is outside.
    private String resolve(String from, String include) {
      try {
        Path file = folder.resolve(from).resolveSibling(include).normalize();
        return file.startsWith(folder) ? folder.relativize(file).toString() : "";
      } catch (InvalidPathException e) {
        return "";
      }
    }

    private boolean reaches(String from, String to) {
      Set<String> seen = new HashSet<>();
      Deque<String> waiting = new ArrayDeque<>(List.of(from));
      while (!waiting.isEmpty()) {
        String path = waiting.removeLast();
        if (path.equals(to)) {
          return true;
        }
        Listing listing = files.get(path);
        if (listing != null && seen.add(path)) {
          listing.includes().forEach(include -> waiting.add(resolve(path, include)));
        }
      }
      return false;
    }
  }
}
