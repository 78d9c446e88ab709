import com.google.googlejavaformat.java.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Runs google-java-format over `<module>/src`; started from source by the build. Files older than
/// the last good run are skipped.
///
/// Usage: `Format check|apply ROOT STAMP`
final class Format {

  public static void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    Path root = Path.of(args[1]);
    Path stamp = Path.of(args[2]);
    // Taken before the first file is read: what changes meanwhile is looked at next time.
    FileTime begin = FileTime.fromMillis(System.currentTimeMillis());
    FileTime since =
        !apply && Files.exists(stamp) ? Files.getLastModifiedTime(stamp) : FileTime.fromMillis(0);

    List<String> sources = changed(root, since);
    int found = sources.size();
    sources.removeIf(source -> !commentsFit(root, Path.of(source)));
    boolean good = sources.size() == found;
    if (!sources.isEmpty()) {
      good &= format(root, sources, apply);
    }
    if (!good) {
      System.exit(1);
    }
    Files.createDirectories(stamp.getParent());
    Files.write(stamp, new byte[0]);
    Files.setLastModifiedTime(stamp, begin);
  }

  private static boolean format(Path root, List<String> sources, boolean apply) throws Exception {
    List<String> options = new ArrayList<>();
    // Imports stay: one that only a Markdown comment refers to would be taken for unused.
    options.add("--skip-removing-unused-imports");
    options.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    options.addAll(sources);
    var out = new StringWriter();
    var err = new PrintWriter(System.err, true);
    int code =
        new Main(new PrintWriter(out, true), err, System.in).format(options.toArray(String[]::new));
    if (code != 0) {
      out.toString()
          .lines()
          .forEach(f -> err.println("not formatted: " + root.relativize(Path.of(f))));
      err.println("hint: ./check --format");
    }
    return code == 0;
  }

  /// The formatter would break a long `///` line into one of `///` and one of `//`.
  private static boolean commentsFit(Path root, Path source) {
    boolean fit = true;
    List<String> lines = lines(source);
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).length() > 100 && lines.get(i).stripLeading().startsWith("///")) {
        System.err.printf(
            "%s:%d: a Markdown comment over 100 columns: wrap it%n",
            root.relativize(source), i + 1);
        fit = false;
      }
    }
    return fit;
  }

  private static List<String> lines(Path source) {
    try {
      return Files.readAllLines(source);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> changed(Path root, FileTime since) throws IOException {
    List<String> sources = new ArrayList<>();
    try (Stream<Path> folders = Files.list(root)) {
      for (Path folder : folders.sorted().toList()) {
        Path src = folder.resolve("src");
        if (Files.isDirectory(src)) {
          try (Stream<Path> files = Files.walk(src)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
              if (Files.getLastModifiedTime(file).compareTo(since) >= 0) {
                sources.add(file.toString());
              }
            }
          }
        }
      }
    }
    return sources;
  }
}
