package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What setuptools and installers write as lines: `setup.cfg`, the [core
/// metadata](https://packaging.python.org/en/latest/specifications/core-metadata/) of an installed
/// package, and `requires.txt` of an egg.
final class PythonMetadata implements DependencyFile {
  private static final int SHOWN = 120;
  private static final Pattern METADATA =
      Pattern.compile("(?:.*/)?[^/]+\\.dist-info/metadata|(?:.*/)?[^/]+\\.egg-info(?:/pkg-info)?");
  private static final Pattern REQUIRES =
      Pattern.compile("(?:.*/)?[^/]+\\.egg-info/requires\\.txt");
  private static final Pattern CONFIGURATION = Pattern.compile("(?:.*/)?setup\\.cfg");

  @Override
  public boolean isNamed(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    return METADATA.matcher(lower).matches()
        || REQUIRES.matcher(lower).matches()
        || CONFIGURATION.matcher(lower).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    String lower = source.toLowerCase(Locale.ROOT);
    List<String> lines = List.of(Text.of(bytes, source).split("\r\n|\n|\r", -1));
    Reading reading = new Reading();
    if (REQUIRES.matcher(lower).matches()) {
      return reading.requires(lines);
    }
    boolean isHeader = lines.stream().anyMatch(line -> line.startsWith("Metadata-Version:"));
    return isHeader ? reading.metadata(lines, source) : reading.configuration(lines);
  }

  private static final class Reading {
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    private void requirement(String text, String marker, int number) {
      Dependency one = Requirement.read(text);
      if (one == null) {
        problems.add(new Problem(number, Printable.of(text, SHOWN) + ": is no requirement"));
      } else {
        packages.add((one.marker().isEmpty() ? one.when(marker) : one).at(number));
      }
    }

    private static String extra(String name) {
      return "extra == \"" + name + "\"";
    }

    /// Headers, then a description; the package that is installed, and what it needs.
    Listing metadata(List<String> lines, String source) throws FormatException {
      String name = "";
      String version = "";
      List<String> requires = new ArrayList<>();
      int number = 0;
      for (String line : lines) {
        number++;
        if (line.isEmpty()) {
          break;
        }
        int colon = line.indexOf(':');
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        switch (colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT)) {
          case "name" -> name = value;
          case "version" -> version = value;
          case "requires-dist" -> {
            Dependency one = Requirement.read(value);
            if (one == null) {
              problems.add(new Problem(number, Printable.of(value, SHOWN) + ": is no requirement"));
            } else {
              requires.add(one.name());
            }
          }
          default -> {}
        }
      }
      if (name.isEmpty() || version.isEmpty()) {
        throw new FormatException.Malformed(source, 0, "metadata without name and version");
      }
      packages.add(Dependency.of(Ecosystem.PYPI, name, version).needing(requires));
      return listing("dist-info");
    }

    /// Requirements, those of an extra or marker under its name: `[extra:marker]`.
    Listing requires(List<String> lines) {
      String marker = "";
      int number = 0;
      for (String line : lines) {
        number++;
        String text = line.strip();
        if (text.startsWith("[") && text.endsWith("]")) {
          String section = text.substring(1, text.length() - 1);
          int colon = section.indexOf(':');
          marker = colon < 0 ? extra(section) : section.substring(colon + 1);
        } else if (!text.isEmpty()) {
          requirement(text, marker, number);
        }
      }
      return listing("egg-info");
    }

    /// Sections of keys, whose values may go on in lines that begin with white space.
    Listing configuration(List<String> lines) {
      String section = "";
      String key = "";
      int number = 0;
      for (String line : lines) {
        number++;
        String text = line.strip();
        boolean isMore = !line.isEmpty() && Character.isWhitespace(line.charAt(0));
        if (text.isEmpty() || text.startsWith("#") || text.startsWith(";")) {
          continue;
        }
        if (!isMore && text.startsWith("[") && text.endsWith("]")) {
          section = text.substring(1, text.length() - 1).strip();
          key = "";
        } else if (isMore) {
          value(section, key, text, number);
        } else {
          int equals = text.indexOf('=');
          int end = equals < 0 ? text.indexOf(':') : equals;
          key = end < 0 ? text : text.substring(0, end).strip();
          value(section, key, end < 0 ? "" : text.substring(end + 1).strip(), number);
        }
      }
      return listing("setup.cfg");
    }

    private void value(String section, String key, String value, int number) {
      if (value.isEmpty()) {
        return;
      }
      boolean isExtra = section.equals("options.extras_require");
      boolean isRequirement =
          section.equals("options")
              && (key.equals("install_requires")
                  || key.equals("setup_requires")
                  || key.equals("tests_require"));
      if (isRequirement && value.startsWith("file:")) {
        problems.add(new Problem(number, value + ": requirements stand in another file"));
      } else if (isRequirement || isExtra) {
        requirement(value, isExtra ? extra(key) : "", number);
      }
    }

    private Listing listing(String kind) {
      return new Listing(kind, false, packages, List.of(), List.of(), problems);
    }
  }
}
