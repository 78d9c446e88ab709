package dev.vidimus.inventory.deps.files;

import dev.vidimus.inventory.version.Ecosystem;
import dev.vidimus.inventory.version.Scheme;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One requirement of a Python package, by the [dependency
/// specifiers](https://packaging.python.org/en/latest/specifications/dependency-specifiers/) that
/// PEP 508 became.
final class Requirement {
  private static final int LONGEST = 4_096;
  private static final Pattern NAME =
      Pattern.compile(
          "\\s*([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\\s*(?:\\[([^\\]]*)\\])?\\s*");
  private static final Pattern CLAUSE =
      Pattern.compile("\\s*(===|==|~=|!=|<=|>=|<|>)\\s*([^\\s,;()]+)\\s*");

  private Requirement() {}

  /// Reads a requirement without comment and options.
  ///
  /// @return null if it is none
  static @Nullable Dependency read(String text) {
    if (text.length() > LONGEST) {
      return null;
    }
    Matcher name = NAME.matcher(text);
    if (!name.lookingAt()) {
      return null;
    }
    String rest = text.substring(name.end());
    if (rest.startsWith("@")) {
      return address(name.group(1), rest.substring(1).strip());
    }
    int semicolon = rest.indexOf(';');
    String marker = semicolon < 0 ? "" : rest.substring(semicolon + 1).strip();
    String wanted = (semicolon < 0 ? rest : rest.substring(0, semicolon)).strip();
    if (wanted.startsWith("(") && wanted.endsWith(")")) {
      wanted = wanted.substring(1, wanted.length() - 1).strip();
    }
    String version = exact(wanted);
    if (version == null) {
      return null;
    }
    return Dependency.of(Ecosystem.PYPI, name.group(1), version).wanting(wanted).when(marker);
  }

  private static @Nullable Dependency address(String name, String rest) {
    // Behind an address only a semicolon with white space before it begins a marker.
    int end = 0;
    while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
      end++;
    }
    String behind = rest.substring(end).strip();
    if (end == 0 || (!behind.isEmpty() && !behind.startsWith(";"))) {
      return null;
    }
    return Dependency.of(Ecosystem.PYPI, name, "")
        .from(Origin.of(rest.substring(0, end)))
        .hashed(fragmentHash(rest.substring(0, end)))
        .when(behind.isEmpty() ? "" : behind.substring(1).strip());
  }

  private static List<String> fragmentHash(String address) {
    Matcher hash = Pattern.compile("[#&](sha256|sha384|sha512)=([0-9a-fA-F]+)").matcher(address);
    return hash.find() ? List.of(hash.group(1) + ":" + hash.group(2)) : List.of();
  }

  /// The one version that clauses leave, empty if they leave more, null if they are none.
  private static @Nullable String exact(String wanted) {
    String version = "";
    int at = 0;
    Matcher clause = CLAUSE.matcher(wanted);
    while (at < wanted.length()) {
      if (!clause.find(at) || clause.start() != at) {
        return null;
      }
      boolean isExact = clause.group(1).equals("==") || clause.group(1).equals("===");
      if (isExact && !clause.group(2).endsWith(".*")) {
        version = clause.group(2);
      }
      at = clause.end();
      if (at < wanted.length()) {
        if (wanted.charAt(at) != ',') {
          return null;
        }
        at++;
      }
    }
    return version.length() <= Scheme.LONGEST ? version : null;
  }
}
