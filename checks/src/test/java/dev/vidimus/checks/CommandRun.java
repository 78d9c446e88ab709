package dev.vidimus.checks;

import dev.vidimus.cli.CommandLine;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A command that ran in this process, and what it printed.
record CommandRun(ExitCode exit, String out, String err) {
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  static CommandRun of(String... words) {
    return of(new FakeHost(ROOT, Map.of(), new byte[0]), words);
  }

  static CommandRun of(FakeHost host, String... words) {
    ExitCode exit = CommandLine.run(host, List.of(words));
    return new CommandRun(exit, host.out.toString(), host.err.toString());
  }

  /// A process whose surroundings the test makes up. Its cache is under `target`.
  static class FakeHost implements Host {
    private final Path folder;
    private final Map<String, String> variables;
    private final InputStream input;
    private final StringBuilder out = new StringBuilder();
    private final StringBuilder err = new StringBuilder();

    FakeHost(Path folder, Map<String, String> variables, byte[] input) {
      this.folder = folder;
      this.variables = variables;
      this.input = new ByteArrayInputStream(input);
    }

    @Override
    public String version() {
      return "0-test";
    }

    @Override
    public String variable(String name) {
      String home = ROOT.resolve("checks/target/home").toString();
      return variables.getOrDefault(name, name.equals("HOME") ? home : "");
    }

    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public InputStream input() {
      return input;
    }

    @Override
    public void print(String text) {
      out.append(text);
    }

    @Override
    public void tell(String text) {
      err.append(text);
    }

    @Override
    public boolean outputIsTerminal() {
      return variables.containsKey("terminal");
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
      return 2;
    }
  }
}
