package dev.vidimus.scan.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/// Python 2's names in Python 3, as `_compat_pickle` maps them below protocol 3.
final class PythonNames {
  private static final PythonNames INSTANCE = read();

  private final Map<String, String> modules = new HashMap<>();
  private final Map<String, Name> names = new HashMap<>();

  private PythonNames() {}

  /// A module and an attribute of it.
  record Name(String module, String name) {
    String path() {
      return module + "." + name;
    }
  }

  /// What a Python 3 unpickler looks up for a Python 2 name; the same name if it is no such.
  static Name inPython3(String module, String name) {
    Name mapped = INSTANCE.names.get(module + " " + name);
    return mapped != null ? mapped : new Name(INSTANCE.modules.getOrDefault(module, module), name);
  }

  private static PythonNames read() {
    PythonNames read = new PythonNames();
    try (InputStream in = PythonNames.class.getResourceAsStream("python2-names.txt")) {
      if (in == null) {
        throw new IllegalStateException("python2-names.txt is not in the jar");
      }
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        read.add(line.split(" ", -1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a table of our own cannot be read", e);
    }
    return read;
  }

  private void add(String[] words) {
    switch (words[0]) {
      case "module" -> modules.put(words[1], words[2]);
      case "name" -> names.put(words[1] + " " + words[2], new Name(words[3], words[4]));
      default -> {} // a comment or an empty line
    }
  }
}
