package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Index;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Requirements and constraints, by the [format of
/// pip](https://pip.pypa.io/en/stable/reference/requirements-file-format/).
final class RequirementsFile implements DependencyFile {
  private static final int SHOWN = 120;
  private static final int MOST_PROBLEMS = 1_000;
  private static final Pattern NAMED =
      Pattern.compile(
          "(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\\.(?:txt|in|pip)|requirements");

  /// From where a requirement's own options begin.
  private static final Pattern OPTIONS = Pattern.compile("\\s(--?[A-Za-z][A-Za-z-]*)");

  private static final Pattern HASH = Pattern.compile("\\s--hash(?:=|\\s+)(\\S*)");
  private static final Pattern EGG = Pattern.compile("[#&]egg=([A-Za-z0-9._-]+)");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{[A-Z0-9_]+\\}");

  private static final Set<String> OWN_OPTIONS =
      Set.of("--hash", "--global-option", "--install-option", "--config-settings", "-C");

  /// Options of a line of its own that name no package and no index.
  private static final Set<String> PASSED =
      Set.of(
          "--no-index",
          "--pre",
          "--prefer-binary",
          "--require-hashes",
          "--only-binary",
          "--no-binary",
          "--use-feature",
          "--use-pep517",
          "--no-use-pep517",
          "--process-dependency-links",
          "--all-releases",
          "--only-final");

  @Override
  public boolean isNamed(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    boolean isInFolder = lower.matches("(?:.*/)?requirements/[^/]+\\.(?:txt|in)");
    return isInFolder || NAMED.matcher(Text.name(lower)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    Reading reading = new Reading();
    String text = Text.of(bytes, source);
    int number = 0;
    int begin = 0;
    StringBuilder joined = new StringBuilder();
    for (String line : text.split("\r\n|\n|\r", -1)) {
      number++;
      begin = joined.isEmpty() ? number : begin;
      boolean isComment = line.stripLeading().startsWith("#");
      if (line.endsWith("\\") && !isComment) {
        joined.append(line, 0, line.length() - 1);
        continue;
      }
      // A comment line inside of a joined one ends nothing.
      if (!isComment || joined.isEmpty()) {
        joined.append(line);
        reading.line(uncommented(joined.toString()).strip(), begin);
        joined.setLength(0);
      }
    }
    reading.line(uncommented(joined.toString()).strip(), begin);
    boolean isPinned =
        !reading.packages.isEmpty()
            && reading.packages.stream()
                .allMatch(one -> !one.version().isEmpty() && !one.hashes().isEmpty());
    return new Listing(
        "requirements",
        isPinned,
        reading.packages,
        reading.indexes,
        reading.includes,
        reading.problems);
  }

  /// A comment begins at the start or behind white space; `#` in an address is a fragment.
  private static String uncommented(String line) {
    for (int at = line.indexOf('#'); at >= 0; at = line.indexOf('#', at + 1)) {
      if (at == 0 || Character.isWhitespace(line.charAt(at - 1))) {
        return line.substring(0, at);
      }
    }
    return line;
  }

  /// The lines of a file, one after another.
  static final class Reading {
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<String> includes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    List<Dependency> packages() {
      return packages;
    }

    List<Index> indexes() {
      return indexes;
    }

    List<String> includes() {
      return includes;
    }

    List<Problem> problems() {
      return problems;
    }

    /// A line without its comment.
    void line(String line, int number) {
      if (line.isEmpty()) {
        return;
      }
      if (line.startsWith("-")) {
        option(line, number);
      } else {
        requirement(line, number);
      }
    }

    private void option(String line, int number) {
      Matcher parts =
          Pattern.compile("(--[a-z0-9-]+|-[a-zA-Z])(?:\\s*=\\s*|\\s+|(?<=^-[a-zA-Z]))(.*)")
              .matcher(line);
      String option = parts.matches() ? parts.group(1) : line;
      String value = parts.matches() ? parts.group(2).strip() : "";
      switch (option) {
        case "-r", "--requirement", "-c", "--constraint" -> includes.add(value);
        case "-i", "--index-url", "--pypi-url" ->
            indexes.add(new Index(value, "--index-url", number));
        case "--extra-index-url", "--trusted-host" -> indexes.add(new Index(value, option, number));
        case "-f", "--find-links" -> indexes.add(new Index(value, "--find-links", number));
        case "-e", "--editable" -> place(value, number);
        default -> {
          if (!PASSED.contains(option)) {
            problem(number, line, "is no option of pip");
          }
        }
      }
    }

    private void requirement(String line, int number) {
      Matcher options = OPTIONS.matcher(line);
      int end = options.find() ? options.start() : line.length();
      Dependency one = Requirement.read(line.substring(0, end));
      if (one == null) {
        if (isPlace(line.substring(0, end))) {
          place(line.substring(0, end), number);
        } else {
          problem(number, line, "is no requirement");
        }
        return;
      }
      if (end < line.length() && !OWN_OPTIONS.contains(options.group(1))) {
        problem(number, line, options.group(1) + " is no option of a requirement");
      }
      Matcher variable = VARIABLE.matcher(line);
      if (variable.find()) {
        problem(number, line, "depends on the variable " + variable.group());
        one = Dependency.of(one.ecosystem(), one.name(), "").wanting(one.wanted());
      }
      List<String> hashes = new ArrayList<>(one.hashes());
      Matcher hash = HASH.matcher(line);
      while (hash.find()) {
        hashes.add(hash.group(1));
      }
      packages.add(one.hashed(hashes).at(number));
    }

    private static boolean isPlace(String text) {
      return text.contains("://")
          || text.startsWith(".")
          || text.startsWith("/")
          || text.startsWith("git@")
          || text.endsWith(".whl")
          || text.endsWith(".tar.gz");
    }

    /// An address or path in place of a name.
    private void place(String text, int number) {
      int semicolon = text.indexOf(" ;");
      String address = (semicolon < 0 ? text : text.substring(0, semicolon)).strip();
      Matcher egg = EGG.matcher(address);
      String name = egg.find() ? egg.group(1) : fileName(address);
      packages.add(Dependency.of(Ecosystem.PYPI, name, "").from(Origin.of(address)).at(number));
    }

    /// The name of the package that a wheel or archive holds, or of the folder.
    private static String fileName(String address) {
      String path = address.replaceAll("[?#].*", "");
      int at = path.lastIndexOf('@');
      boolean isReference = at > path.lastIndexOf('/') && path.contains("+");
      String base = isReference ? path.substring(0, at) : path;
      while (base.endsWith("/")) {
        base = base.substring(0, base.length() - 1);
      }
      String name = Text.name(base);
      int dash = name.indexOf('-');
      if (name.endsWith(".whl") && dash > 0) {
        return name.substring(0, dash);
      }
      return name.replaceAll("\\.git$|-[0-9][^-]*\\.(?:tar\\.gz|zip)$", "");
    }

    /// The first ones say enough.
    private void problem(int number, String line, String what) {
      if (problems.size() == MOST_PROBLEMS) {
        return;
      }
      problems.add(new Problem(number, Printable.of(line, SHOWN) + ": " + what));
    }
  }
}
