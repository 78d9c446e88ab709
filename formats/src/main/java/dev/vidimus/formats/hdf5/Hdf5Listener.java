package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.FormatException;
import java.io.IOException;

/// Hears what a file contains. Paths begin with `/` at the root group.
public interface Hdf5Listener {
  /// An attribute that is one text.
  ///
  /// @param path of the group or dataset that has it
  /// @param offset where the text stands in the file
  void attribute(String path, String name, String value, long offset) throws IOException;

  /// A link to an object of another file.
  ///
  /// @param file as the link names it
  void externalLink(String path, String file, String object, long offset) throws IOException;

  /// The data of a dataset are in another file.
  void externalStorage(String path, String file, long offset) throws IOException;

  /// Data are filtered by something that the library does not bring along.
  ///
  /// @param filter its registered number
  void foreignFilter(String path, int filter, long offset) throws IOException;

  /// Whether [#dataset] is heard; otherwise nothing is said of arrays, nor of their faults.
  default boolean hearsDatasets() {
    return false;
  }

  /// An array.
  default void dataset(Hdf5Dataset dataset) throws IOException, FormatException {}

  /// An object could not be read, or not wholly; reading goes on with the next.
  void broken(FormatException problem) throws IOException;
}
