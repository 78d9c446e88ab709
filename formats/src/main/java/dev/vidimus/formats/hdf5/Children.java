package dev.vidimus.formats.hdf5;

import dev.vidimus.artifact.FormatException;

/// Takes the objects that a group holds.
@FunctionalInterface
interface Children {
  /// @param address of the object's header
  /// @param path of the object
  void child(long address, String path) throws FormatException;
}
