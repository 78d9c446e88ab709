package dev.vidimus.cli.host;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/// What a command may know of the process that it runs in, and the only ways out of it.
public interface Host {
  /// The version of this build.
  String version();

  /// The value of an environment variable; empty if it is not set.
  String variable(String name);

  /// The folder that relative paths are of; itself relative (empty) in a real process, so that
  /// paths are shown as they were given.
  Path folder();

  /// Standard input.
  InputStream input();

  /// Writes to standard output, at once.
  ///
  /// @throws IOException if nobody reads it any more, or the disk is full
  void print(String text) throws IOException;

  /// Writes to standard error, at once. That nobody reads it is no reason to stop.
  void tell(String text);

  /// Whether a person reads standard output.
  boolean outputIsTerminal();

  /// Whether a person reads standard error.
  boolean errorsAreTerminal();

  /// Waits until this process is told to end (SIGTERM, SIGINT), and closes a service then.
  void untilEnded(Closeable service);

  /// Processors that this process may use.
  int processors();
}
