package dev.vidimus.cli.sign;

import dev.vidimus.cli.host.Host;
import java.io.InputStream;
import java.nio.file.Path;

/// A host without terminal and input that keeps what it was told.
final class RecordedHost implements Host {
  private final Path folder;
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder errors = new StringBuilder();

  RecordedHost(Path folder) {
    this.folder = folder;
  }

  String output() {
    return output.toString();
  }

  String errors() {
    return errors.toString();
  }

  @Override
  public String version() {
    return "test";
  }

  @Override
  public String variable(String name) {
    return "";
  }

  @Override
  public Path folder() {
    return folder;
  }

  @Override
  public InputStream input() {
    return InputStream.nullInputStream();
  }

  @Override
  public void print(String text) {
    output.append(text);
  }

  @Override
  public void tell(String text) {
    errors.append(text);
  }

  @Override
  public boolean outputIsTerminal() {
    return false;
  }

  @Override
  public boolean errorsAreTerminal() {
    return false;
  }

  @Override
  public int processors() {
    return 1;
  }
}
