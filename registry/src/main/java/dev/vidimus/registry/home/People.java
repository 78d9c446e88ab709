package dev.vidimus.registry.home;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Display names of people by their opaque ids: one `id<TAB>name` a line. Never in the log.
public final class People {
  /// Longest name, in characters.
  public static final int LONGEST = 64;

  private final Path file;

  /// @param file need not exist
  public People(Path file) {
    this.file = file;
  }

  /// Names by id, in the order in which they were added.
  public Map<String, String> names() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    try {
      for (String line : Files.readAllLines(file)) {
        int tab = line.indexOf('\t');
        if (tab > 0) {
          names.put(line.substring(0, tab), line.substring(tab + 1));
        }
      }
    } catch (NoSuchFileException e) {
      return names; // nobody has a name yet
    }
    return names;
  }

  /// The name of an id, or the id itself.
  public String name(String id) throws IOException {
    return names().getOrDefault(id, id);
  }

  /// The id that an id or a name means, or null.
  public @Nullable String id(String word) throws IOException {
    Map<String, String> names = names();
    if (names.containsKey(word)) {
      return word;
    }
    for (Map.Entry<String, String> entry : names.entrySet()) {
      if (entry.getValue().equals(word)) {
        return entry.getKey();
      }
    }
    return null;
  }

  /// Names an id; an empty name forgets it.
  public void put(String id, String name) throws IOException {
    Map<String, String> names = names();
    if (name.isEmpty()) {
      names.remove(id);
    } else {
      names.put(id, name);
    }
    StringBuilder text = new StringBuilder();
    names.forEach((key, value) -> text.append(key).append('\t').append(value).append('\n'));
    Path replacement = file.resolveSibling(file.getFileName() + ".new");
    Files.writeString(replacement, text);
    Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /// Whether a text can be a name: plain, short, and not to be taken for an id.
  public static boolean isName(String name) {
    return !name.isBlank()
        && name.length() <= LONGEST
        && !name.startsWith("p-")
        && name.codePoints().noneMatch(Character::isISOControl);
  }
}
