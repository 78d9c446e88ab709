package dev.vidimus.cli.scan;

import dev.vidimus.scan.FileOutcome;
import dev.vidimus.scan.whole.Whole;
import java.io.IOException;

/// Prints what a scan finds, as it finds it or at its end.
interface Renderer {
  /// Before the first PATH.
  default void begin() throws IOException {}

  /// Before the files of a PATH.
  void beginPath(Source source) throws IOException;

  /// One file, in order.
  void file(FileOutcome outcome) throws IOException;

  /// What the files of a folder are together, after the last of them.
  default void whole(Whole whole) throws IOException {}

  /// After the files of a PATH.
  void endPath(PathResult result) throws IOException;

  /// After the last PATH.
  default void end() throws IOException {}
}
