package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Index;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The images that a [Dockerfile](https://docs.docker.com/reference/dockerfile/) builds upon and
/// copies from, and the packages that its commands install by name.
final class Dockerfile implements DependencyFile {
  private static final int SHOWN = 120;
  private static final Pattern NAMED =
      Pattern.compile("(?:.*[-_.])?(?:dockerfile|containerfile)(?:[-_.].*)?");
  private static final Pattern INSTRUCTION =
      Pattern.compile("\\s*([A-Za-z]+)\\s+(.*)", Pattern.DOTALL);
  private static final Pattern FROM =
      Pattern.compile("(?:--platform=\\S+\\s+)?(\\S+)(?:\\s+[Aa][Ss]\\s+(\\S+))?\\s*");
  private static final Pattern VARIABLE =
      Pattern.compile(
          "\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)(?::?([-+])([^}]*))?\\}|([A-Za-z_][A-Za-z0-9_]*))");
  private static final Pattern FROM_OPTION = Pattern.compile("--from=(\\S+)");
  private static final Pattern PIP =
      Pattern.compile("\\b(?:pip3?|uv\\s+pip|python3?\\s+-m\\s+pip)\\s+install\\s+([^&|;\\n]*)");
  private static final int MOST_SUBSTITUTIONS = 1_000;
  private static final int LONGEST = 4_096;

  @Override
  public boolean isNamed(String path) {
    return NAMED.matcher(Text.name(path).toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    Reading reading = new Reading();
    StringBuilder joined = new StringBuilder();
    int number = 0;
    int begin = 0;
    for (String line : Text.of(bytes, source).split("\r?\n", -1)) {
      number++;
      String bare = line.strip();
      if (bare.startsWith("#") || (bare.isEmpty() && joined.isEmpty())) {
        continue;
      }
      begin = joined.isEmpty() ? number : begin;
      if (bare.endsWith("\\")) {
        joined.append(line, 0, line.lastIndexOf('\\')).append(' ');
        continue;
      }
      reading.instruction(joined.append(line).toString(), begin);
      joined.setLength(0);
    }
    reading.instruction(joined.toString(), begin);
    return new Listing(
        "Dockerfile", false, reading.packages, reading.indexes, List.of(), reading.problems);
  }

  private static final class Reading {
    private final List<Dependency> packages = new ArrayList<>();
    private final List<Index> indexes = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<String, String> arguments = new HashMap<>();
    private final Set<String> stages = new HashSet<>();
    private int built;
    private int substitutions;

    void instruction(String text, int line) {
      Matcher parts = INSTRUCTION.matcher(text);
      if (!parts.matches()) {
        return;
      }
      String rest = parts.group(2).strip();
      switch (parts.group(1).toUpperCase(Locale.ROOT)) {
        case "ARG" -> argument(rest);
        case "FROM" -> from(rest, line);
        case "COPY" -> copied(rest, line);
        case "RUN" -> command(rest, line);
        default -> {}
      }
    }

    private void argument(String rest) {
      int equals = rest.indexOf('=');
      String name = equals < 0 ? rest : rest.substring(0, equals);
      if (equals >= 0) {
        String value = rest.substring(equals + 1).replaceAll("^[\"']|[\"']$", "");
        arguments.put(name, substituted(value));
      } else {
        arguments.putIfAbsent(name, "");
      }
    }

    private void from(String rest, int line) {
      Matcher parts = FROM.matcher(rest);
      if (!parts.matches()) {
        problems.add(new Problem(line, Printable.of(rest, SHOWN) + ": names no image"));
        return;
      }
      String image = substituted(parts.group(1));
      if (!stages.contains(image.toLowerCase(Locale.ROOT)) && !image.equals("scratch")) {
        image(image, line);
      }
      built++;
      if (parts.group(2) != null) {
        stages.add(parts.group(2).toLowerCase(Locale.ROOT));
      }
    }

    private void copied(String rest, int line) {
      Matcher from = FROM_OPTION.matcher(rest);
      if (from.find()) {
        String image = substituted(from.group(1));
        boolean isStage = stages.contains(image.toLowerCase(Locale.ROOT)) || isNumber(image);
        if (!isStage) {
          image(image, line);
        }
      }
    }

    private boolean isNumber(String text) {
      return text.length() < 6
          && text.chars().allMatch(c -> c >= '0' && c <= '9')
          && Integer.parseInt(text) < built;
    }

    private void image(String image, int line) {
      if (image.contains("$") || image.isEmpty()) {
        problems.add(
            new Problem(
                line, Printable.of(image, SHOWN) + ": depends on an argument of the build"));
        return;
      }
      packages.add(Images.of(image).at(line));
    }

    /// A text with arguments in place of their names; as it is if that would make it long, because
    /// arguments that name each other twice double it at every step.
    private String substituted(String text) {
      if (text.length() > LONGEST) {
        return text;
      }
      Matcher variable = VARIABLE.matcher(text);
      StringBuilder out = new StringBuilder();
      while (variable.find() && substitutions++ < MOST_SUBSTITUTIONS) {
        String name = variable.group(1) == null ? variable.group(4) : variable.group(1);
        String known = arguments.getOrDefault(name, "");
        String operator = variable.group(2);
        String value = known;
        if ("-".equals(operator) && known.isEmpty()) {
          value = variable.group(3);
        } else if ("+".equals(operator)) {
          value = known.isEmpty() ? "" : variable.group(3);
        } else if (known.isEmpty()) {
          value = variable.group();
        }
        variable.appendReplacement(out, Matcher.quoteReplacement(value));
        if (out.length() > LONGEST) {
          return text;
        }
      }
      return variable.appendTail(out).toString();
    }

    /// Words of `pip install`: requirements by name, and where they come from.
    private void command(String text, int line) {
      Matcher install = PIP.matcher(text);
      while (install.find()) {
        List<String> words = List.of(install.group(1).strip().split("\\s+", -1));
        for (int i = 0; i < words.size(); i++) {
          String word = words.get(i).replaceAll("^[\"']|[\"']$", "");
          String next = i + 1 < words.size() ? words.get(i + 1) : "";
          if (word.startsWith("-")) {
            i += option(word, next, line);
          } else if (word.matches("[A-Za-z0-9][^/$]*") && !word.endsWith(".txt")) {
            Dependency one = Requirement.read(substituted(word));
            if (one != null) {
              packages.add(one.at(line));
            }
          }
        }
      }
    }

    /// @return how many words behind the option belong to it
    private int option(String word, String next, int line) {
      int equals = word.indexOf('=');
      String name = equals < 0 ? word : word.substring(0, equals);
      String value = equals < 0 ? next : word.substring(equals + 1);
      switch (name) {
        case "-i", "--index-url" -> indexes.add(new Index(value, "--index-url", line));
        case "--extra-index-url", "-f", "--find-links", "--trusted-host" ->
            indexes.add(new Index(value, name.equals("-f") ? "--find-links" : name, line));
        case "-r", "--requirement", "-c", "--constraint", "-t", "--target", "--prefix" -> {}
        default -> {
          return 0;
        }
      }
      return equals < 0 ? 1 : 0;
    }
  }
}
