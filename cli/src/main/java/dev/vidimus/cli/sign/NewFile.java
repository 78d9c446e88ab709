package dev.vidimus.cli.sign;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Writes a file whole or not at all: readers never see half of it.
public final class NewFile {
  private NewFile() {}

  /// Writes it.
  ///
  /// @param replaces whether a file of that name may be lost
  public static void write(Path file, byte[] content, boolean replaces) throws IOException {
    Path temporary =
        file.resolveSibling("." + file.getFileName() + "." + ProcessHandle.current().pid());
    try {
      Files.write(temporary, content, StandardOpenOption.CREATE_NEW);
      if (replaces) {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } else {
        place(temporary, file);
      }
    } catch (FileAlreadyExistsException e) {
      throw new IOException(e.getFile() + " exists; --force replaces it", e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /// A link fails if the name is taken, in one step. Not every file system has links; there a file
  /// of that name is looked for first.
  private static void place(Path temporary, Path file) throws IOException {
    try {
      Files.createLink(file, temporary);
    } catch (FileAlreadyExistsException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.move(temporary, file);
    }
  }
}
