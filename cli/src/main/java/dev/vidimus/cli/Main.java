package dev.vidimus.cli;

import dev.vidimus.cli.host.Host;
import java.io.Closeable;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Where the process begins, and the only class that ends it or touches its streams.
public final class Main {

  private Main() {}

  /// Exit codes: 0 yes, 1 no, 2 could not tell, 64 usage.
  public static void main(String[] args) {
    // Answered before anything else is loaded: scripts ask for the version all the time.
    if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
      System.out.println("vidimus " + Version.VERSION);
      return;
    }
    end(CommandLine.run(new ThisProcess(), List.of(args)).code());
  }

  /// Ends the process. Not `System.exit`, which first starts the logging system to ask whether the
  /// exit is to be logged: a third of the time of a small scan. Shutdown hooks have run when
  /// a server comes here, nobody else has any, and every write went out at once.
  private static void end(int code) {
    Runtime.getRuntime().halt(code);
  }

  /// This process. Not `System.out`, whose errors are swallowed and whose encoding is the locale's.
  private static final class ThisProcess implements Host {
    private final OutputStream out = new FileOutputStream(FileDescriptor.out);
    private final OutputStream err = new FileOutputStream(FileDescriptor.err);

    /// The launcher says which streams are terminals, because a shell knows it at no cost.
    private final String terminals = System.getProperty("vidimus.terminals", "");

    @Override
    public String version() {
      return Version.VERSION;
    }

    @Override
    public String variable(String name) {
      String value = System.getenv(name);
      return value == null ? "" : value;
    }

    @Override
    public Path folder() {
      return Path.of("");
    }

    @Override
    public InputStream input() {
      return System.in;
    }

    @Override
    public void print(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void tell(String text) {
      try {
        err.write(text.getBytes(StandardCharsets.UTF_8));
      } catch (IOException e) {
        // Nobody listens; what counts is the exit code.
      }
    }

    @Override
    public boolean outputIsTerminal() {
      return terminals.contains("out");
    }

    @Override
    public boolean errorsAreTerminal() {
      return terminals.contains("err");
    }

    @Override
    public void untilEnded(Closeable service) {
      CountDownLatch ended = new CountDownLatch(1);
      Runtime.getRuntime()
          .addShutdownHook(
              Thread.ofPlatform()
                  .unstarted(
                      () -> {
                        try {
                          service.close();
                        } catch (IOException e) {
                          tell("vidimus: " + e.getMessage() + "\n");
                        } finally {
                          ended.countDown();
                        }
                      }));
      try {
        ended.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    public int processors() {
      return Runtime.getRuntime().availableProcessors();
    }
  }
}
