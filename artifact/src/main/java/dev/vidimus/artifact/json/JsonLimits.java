package dev.vidimus.artifact.json;

/// How much a document may cost. What is over a limit is not read, and nothing says that it is bad.
///
/// @param document size of the document in bytes
/// @param depth objects and arrays inside one another
/// @param name length of a member's name in UTF-16 units
/// @param string length of a string in UTF-16 units
/// @param number length of a number in digits
public record JsonLimits(long document, int depth, int name, int string, int number) {
  /// Enough for every configuration file that ought to exist: 64 MiB, depth 128.
  public static final JsonLimits DEFAULT = new JsonLimits(64L << 20, 128, 1 << 16, 16 << 20, 1_000);
}
