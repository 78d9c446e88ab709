package dev.vidimus.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A [Worker] in a process of its own.
final class Child {
  private final Process process;
  private final Path out;

  private Child(Process process, Path out) {
    this.process = process;
    this.out = out;
  }

  /// Starts one.
  ///
  /// @param name of the worker, and of the file that it prints to
  static Child start(Path folder, String name, int threads, int acts) throws IOException {
    return start(folder, name, threads, acts, "");
  }

  /// Starts one over tables that lie elsewhere.
  ///
  /// @param database an address; empty for the home's own
  static Child start(Path folder, String name, int threads, int acts, String database)
      throws IOException {
    Path out = folder.resolve(name + ".out");
    Process process =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-Xmx256m",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Worker.class.getName(),
                folder.toString(),
                name,
                Integer.toString(threads),
                Integer.toString(acts),
                database)
            .redirectOutput(out.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Child(process, out);
  }

  /// Waits for its first act, so that what comes next meets it at work.
  void awaitWork() throws Exception {
    while (Files.size(out) == 0) {
      if (!process.isAlive()) {
        throw new IllegalStateException("the child ended with " + process.exitValue());
      }
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  int await() throws InterruptedException {
    return process.waitFor();
  }

  /// What it did and knew of; the last line may have been cut.
  List<String> acknowledged() throws IOException {
    String text = Files.readString(out);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}
