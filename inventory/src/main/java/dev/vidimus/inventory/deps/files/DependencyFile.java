package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Reads one kind of file.
public interface DependencyFile {
  /// Whether a file of this name, met in a folder, is of this kind.
  ///
  /// @param path relative, with `/`
  boolean isNamed(String path);

  /// Reads a file.
  ///
  /// @param source its name in errors
  /// @throws FormatException if it is none of this kind at all; what is wrong with parts of it is a
  ///     problem of the listing
  Listing read(Bytes bytes, String source) throws IOException, FormatException;
}
