package dev.vidimus.registry.hub;

/// Is told how much of a download is here.
@FunctionalInterface
public interface Progress {
  /// @param done bytes of all files that arrived; falls when a file has to begin anew
  /// @param all bytes that the list declares
  void arrived(long done, long all);
}
