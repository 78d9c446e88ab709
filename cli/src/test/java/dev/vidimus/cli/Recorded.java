package dev.vidimus.cli;

import dev.vidimus.cli.host.Host;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// A process in a folder whose output is kept, for one command.
public final class Recorded implements Host {
  private final Path folder;
  private final Map<String, String> variables = new HashMap<>();
  private final StringBuilder output = new StringBuilder();
  private final StringBuilder errors = new StringBuilder();

  public Recorded(Path folder) {
    this.folder = folder;
    variables.put("HOME", folder.toString());
  }

  public Recorded with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public String output() {
    return output.toString();
  }

  public String errors() {
    return errors.toString();
  }

  @Override
  public String version() {
    return "test";
  }

  @Override
  public String variable(String name) {
    return variables.getOrDefault(name, "");
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
  public void untilEnded(Closeable service) {
    try {
      service.close(); // told to end as soon as it serves
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public int processors() {
    return 1;
  }
}
