package dev.vidimus.scan.whole;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.scan.inspection.Reference;
import java.io.IOException;
import java.util.List;

/// One file of a repository.
///
/// @param path relative, with `/`
/// @param format by content, as reports print it
/// @param size in bytes
/// @param references what it says about something else
/// @param content opens it
public record Part(
    String path, String format, long size, List<Reference> references, Content content) {
  public Part {
    references = List.copyOf(references);
  }

  /// Opens a file; the caller closes what it gets.
  public interface Content {
    /// @throws IOException if it cannot be opened
    Bytes open() throws IOException;
  }

  String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The folder with a `/` at its end; empty for the top.
  String folder() {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }
}
