package dev.vidimus.evidence.oms;

/// One digest of a manifest: of a file, or of a shard `[start, end)` of one.
///
/// @param path the file's, relative to the model with `/`; [#SELF] for a model that is one file, as
/// the reference implementation names it
/// @param start first byte; 0 for a whole file
/// @param end behind the last byte; [#WHOLE] for a whole file
/// @param digest lower-case hex
record Resource(String path, long start, long end, String digest) {
  static final String SELF = ".";
  static final long WHOLE = -1;

  /// The name in the manifest: the path, of a shard with `:start:end`.
  String name() {
    return end == WHOLE ? path : path + ":" + start + ":" + end;
  }

  Resource withDigest(String hex) {
    return new Resource(path, start, end, hex);
  }
}
