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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Locks with one package a line: those of Gradle and Go.
final class LineLocks implements DependencyFile {
  private static final int SHOWN = 120;
  private static final Pattern GRADLE_NAME = Pattern.compile(".*gradle[-_.]?lock.*");
  private static final Pattern GRADLE =
      Pattern.compile("([^\\s:=]+):([^\\s:=]+):([^\\s:=]+)=([^\\s=]*)");
  private static final Pattern GO =
      Pattern.compile("(\\S+) (v[^\\s/]+)(/go\\.mod)? (h1:[A-Za-z0-9+/=]+)");

  @Override
  public boolean isNamed(String path) {
    String name = Text.name(path).toLowerCase(Locale.ROOT);
    return name.equals("go.sum") || GRADLE_NAME.matcher(name).matches();
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    boolean isGo = Text.name(source).toLowerCase(Locale.ROOT).endsWith("go.sum");
    List<Dependency> packages = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    int number = 0;
    for (String raw : Text.of(bytes, source).split("\n", -1)) {
      number++;
      String line = raw.strip();
      if (line.isEmpty() || line.startsWith("#") || line.startsWith("empty=")) {
        continue;
      }
      Dependency one = isGo ? go(line) : gradle(line);
      if (one == null) {
        problems.add(new Problem(number, Printable.of(line, SHOWN) + ": names no package"));
      } else if (!one.name().isEmpty()) {
        packages.add(one.at(number));
      }
    }
    return Listing.lock(isGo ? "go.sum" : "gradle.lockfile", packages, problems);
  }

  private static @Nullable Dependency gradle(String line) {
    Matcher parts = GRADLE.matcher(line);
    return parts.matches()
        ? Dependency.of(Ecosystem.MAVEN, parts.group(1) + ":" + parts.group(2), parts.group(3))
        : null;
  }

  /// A module has a line for its files and one for its description; the second alone means that
  /// the module was looked at and not used.
  private static @Nullable Dependency go(String line) {
    Matcher parts = GO.matcher(line);
    if (!parts.matches()) {
      return null;
    }
    if (parts.group(3) != null) {
      return Dependency.of(Ecosystem.GO, "", "");
    }
    return Dependency.of(Ecosystem.GO, parts.group(1), parts.group(2))
        .hashed(List.of(parts.group(4)));
  }
}
