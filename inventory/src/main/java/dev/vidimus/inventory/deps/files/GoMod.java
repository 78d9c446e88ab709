package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import dev.vidimus.inventory.deps.files.Listing.Problem;
import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// `go.mod`, by the [reference of modules](https://go.dev/ref/mod#go-mod-file). The versions that
/// it requires are those that are chosen, because it names all that a build needs.
final class GoMod implements DependencyFile {
  private static final int SHOWN = 120;

  @Override
  public boolean isNamed(String path) {
    return Text.name(path).toLowerCase(Locale.ROOT).endsWith("go.mod");
  }

  @Override
  public Listing read(Bytes bytes, String source) throws IOException, FormatException {
    Map<String, Dependency> packages = new LinkedHashMap<>();
    List<List<String>> replaced = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    String block = "";
    int number = 0;
    for (String raw : Text.of(bytes, source).split("\r\n|\n", -1)) {
      number++;
      int comment = raw.indexOf("//");
      String line = (comment < 0 ? raw : raw.substring(0, comment)).strip();
      List<String> words = new ArrayList<>(List.of(line.split("\\s+", -1)));
      if (line.isEmpty()) {
        continue;
      }
      if (line.equals(")")) {
        block = "";
        continue;
      }
      String verb = block.isEmpty() ? words.removeFirst() : block;
      if (words.size() == 1 && words.getFirst().equals("(")) {
        block = verb;
      } else if (verb.equals("require")) {
        if (words.size() == 2) {
          String name = unquoted(words.getFirst());
          packages.put(name, Dependency.of(Ecosystem.GO, name, words.get(1)).at(number));
        } else {
          problems.add(new Problem(number, Printable.of(line, SHOWN) + ": requires no module"));
        }
      } else if (verb.equals("replace")) {
        replaced.add(words);
      }
    }
    replaced.forEach(words -> replace(words, packages));
    return new Listing(
        "go.mod", false, List.copyOf(packages.values()), List.of(), List.of(), problems);
  }

  /// `old [version] => new [version]`; a new one without version is a folder.
  private static void replace(List<String> words, Map<String, Dependency> packages) {
    int arrow = words.indexOf("=>");
    if (arrow < 1 || arrow + 1 >= words.size()) {
      return;
    }
    String old = unquoted(words.getFirst());
    Dependency one = packages.get(old);
    boolean isMeant = arrow == 1 || (one != null && one.version().equals(words.get(1)));
    if (one == null || !isMeant) {
      return;
    }
    String name = unquoted(words.get(arrow + 1));
    packages.put(
        old,
        arrow + 2 < words.size()
            ? Dependency.of(Ecosystem.GO, name, words.get(arrow + 2)).at(one.line())
            : one.from(new Origin(Origin.Kind.PATH, name, "")));
  }

  private static String unquoted(String text) {
    return text.replace("\"", "").replace("`", "");
  }
}
