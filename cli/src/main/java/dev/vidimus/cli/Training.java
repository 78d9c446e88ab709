package dev.vidimus.cli;

import dev.vidimus.cli.host.Host;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// What the launcher runs once for each build while the JVM records which classes a start needs:
/// the usual commands over the example models, with nobody to read them.
final class Training {
  static final String WORD = "train-class-cache";
  static final String STATE_WORD = "train-state-class-cache";
  static final String QUESTIONS_WORD = "train-questions-class-cache";

  static final String INVENTORY_WORD = "train-inventory-class-cache";

  static final String LINEAGE_WORD = "train-lineage-class-cache";

  private Training() {}

  /// @param folder of small models, good and bad
  static void run(Host host, Path folder) throws IOException {
    Host muted = new Muted(host);
    List<String> files = new ArrayList<>();
    try (DirectoryStream<Path> models = Files.newDirectoryStream(folder)) {
      for (Path model : models) {
        files.add(model.toString());
      }
    }
    for (String format : List.of("jsonl", "sarif", "text")) {
      List<String> words = new ArrayList<>(List.of("scan", "--format", format, folder.toString()));
      words.addAll(files);
      CommandLine.run(muted, words);
    }
    CommandLine.run(muted, List.of("scan", "--explain", "--digest", folder.toString()));
    CommandLine.run(muted, List.of("digest", folder.toString()));
    CommandLine.run(muted, List.of("scan", "--help"));
    CommandLine.run(muted, List.of("rules"));
  }

  /// The same for the commands that keep state, in a registry that goes away again.
  ///
  /// @param folder of small models, good and bad
  static void runState(Host host, Path folder) throws IOException {
    Host muted = new Muted(host);
    Path home = Files.createTempDirectory("vidimus-training");
    try (Stream<Path> models = Files.list(folder)) {
      keepState(muted, home.resolve("home").toString(), models.map(Path::toString).toList());
    } finally {
      delete(home);
    }
  }

  /// The same for the commands that say what something is made of.
  static void runInventory(Host host) throws IOException {
    Host muted = new Muted(host);
    Path folder = Files.createTempDirectory("vidimus-training");
    try {
      Files.writeString(
          folder.resolve("uv.lock"),
          """
          version = 1
          [[package]]
          name = "a"
          version = "1"
          source = { registry = "b" }
          """);
      Files.writeString(folder.resolve("requirements.txt"), "transfomers==1.0\nnumpy\n");
      Files.writeString(folder.resolve("environment.yml"), "dependencies:\n  - python=3.12\n");
      Path record = folder.resolve("record.json");
      Files.writeString(
          record,
          "{\"id\":\"X-1\",\"modified\":\"2026-01-01T00:00:00Z\",\"affected\":[{\"package\":"
              + "{\"ecosystem\":\"PyPI\",\"name\":\"a\"},\"versions\":[\"1\"]}]}");
      Path table = folder.resolve("packages.tsv");
      Files.writeString(table, "a\t1\nb\t2\n");
      String data = folder.resolve("data").toString();
      CommandLine.run(muted, List.of("advisories", "import", "--data", data, record.toString()));
      for (String format : List.of("text", "json")) {
        CommandLine.run(
            muted, List.of("deps", "--data", data, "--format", format, folder.toString()));
        CommandLine.run(
            muted,
            List.of(
                "advisories",
                "match",
                "--data",
                data,
                "--format",
                format,
                "--ecosystem",
                "PyPI",
                "--name",
                "a",
                "--version",
                "1"));
        CommandLine.run(
            muted,
            List.of(
                "advisories",
                "match",
                "--data",
                data,
                "--format",
                format,
                "--ecosystem",
                "PyPI",
                "--batch",
                table.toString()));
      }
    } finally {
      delete(folder);
    }
  }

  /// The same for the commands that look into tensors; so long that it is known which of their
  /// loops are worth compiling.
  static void runLineage(Host host) throws IOException {
    Host muted = new Muted(host);
    Path folder = Files.createTempDirectory("vidimus-training");
    try {
      TrainingModels models = TrainingModels.in(folder);
      for (String format : List.of("text", "json")) {
        for (List<String> claim : models.claims()) {
          List<String> words = new ArrayList<>(List.of("compare"));
          words.addAll(claim);
          words.addAll(List.of("--format", format));
          CommandLine.run(muted, words);
        }
      }
      CommandLine.run(muted, List.of("tensors", models.file()));
    } finally {
      delete(folder);
    }
  }

  private static void keepState(Host muted, String home, List<String> files) {
    for (String file : files) {
      CommandLine.run(muted, List.of("admit", "--home", home, "--tier", "sandbox", file));
    }
    for (String word : List.of("explain", "gate", "promote")) {
      CommandLine.run(muted, List.of(word, "--home", home, "tiny.safetensors"));
    }
  }

  /// The same for the commands that only ask. Nothing that decides or signs runs in this process.
  ///
  /// @param home of a registry that has `tiny.safetensors`, which runs somewhere
  static void runQuestions(Host host, Path home) {
    Host muted = new Muted(host);
    String folder = home.toString();
    for (String format : List.of("text", "json")) {
      for (String word : List.of("queue", "ps")) {
        CommandLine.run(muted, List.of(word, "--home", folder, "--format", format));
      }
      for (String word : List.of("trace", "impact", "history", "lineage")) {
        CommandLine.run(
            muted, List.of(word, "--home", folder, "--format", format, "tiny.safetensors"));
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private record Muted(Host host) implements Host {
    @Override
    public String version() {
      return host.version();
    }

    @Override
    public String variable(String name) {
      return host.variable(name);
    }

    @Override
    public Path folder() {
      return host.folder();
    }

    @Override
    public InputStream input() {
      return InputStream.nullInputStream();
    }

    @Override
    public void print(String text) throws IOException {
      host.print(""); // the way there is part of the training
    }

    @Override
    public void tell(String text) {
      host.tell("");
    }

    @Override
    public boolean outputIsTerminal() {
      return true;
    }

    @Override
    public boolean errorsAreTerminal() {
      return false;
    }

    @Override
    public void untilEnded(Closeable service) {
      host.untilEnded(service);
    }

    @Override
    public int processors() {
      return host.processors();
    }
  }
}
