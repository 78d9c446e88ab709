package dev.vidimus.scan.inspection;

import dev.vidimus.artifact.Location;

/// Something that a file says about something else: what it wants loaded, imported or fetched. What
/// it leads to is found out by whoever knows all files.
///
/// @param kind how the target is to be understood
/// @param target as the file has it, printable and short
/// @param by the member, call or statement that says so, such as `auto_map.AutoModel`
/// @param location the file
public record Reference(Kind kind, String target, String by, Location location) {
  /// How a target is to be understood.
  public enum Kind {
    /// A class or function by its dotted name; `org/name--` before it names another repository.
    CODE,
    /// A path relative to the folder of the file.
    FILE,
    /// A folder, likewise.
    FOLDER,
    /// A file with a part of the weights, likewise.
    SHARD,
    /// A native library that code opens.
    LIBRARY,
    /// A model or data set: `org/name`, or a path.
    MODEL,
    /// The same, and code that is run asks for it.
    FETCH,
    /// A module that Python imports, with its leading points.
    MODULE,
    /// A package that has to be installed.
    PACKAGE,
    /// A URL.
    ADDRESS,
    /// The licence that something is under, as the file names it.
    LICENCE,
    /// What else the file says of the model, such as its library.
    FACT
  }

  @Override
  public int hashCode() {
    return target.hashCode() * 31 + by.hashCode();
  }
}
