package dev.vidimus.artifact;

import java.io.IOException;
import java.util.List;

/// Looks at a snapshot and says what it found. Pure: the same snapshot gives the same reports, and
/// nothing is loaded, run, fetched or written.
public interface Examiner {
  /// Short name, such as `scan`.
  String id();

  /// Version of the examiner and its rules; reports of different versions are not compared.
  String version();

  /// Examines every file of the snapshot, in its order.
  ///
  /// @return one report a file
  /// @throws IOException if the world failed; bad bytes are findings, never exceptions
  List<Report> examine(Snapshot snapshot) throws IOException;
}
