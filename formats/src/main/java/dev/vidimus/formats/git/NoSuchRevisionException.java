package dev.vidimus.formats.git;

import java.io.IOException;

/// A name that leads to no commit of the repository. Its message is for whoever wrote the name.
public final class NoSuchRevisionException extends IOException {
  private static final long serialVersionUID = 1L;

  NoSuchRevisionException(String revision, String problem) {
    super("revision " + revision + ": " + problem);
  }
}
