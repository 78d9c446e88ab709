package dev.vidimus.scan.pickle;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names that are known to be dangerous, only to say why: what is not on the allowlist is
/// suspicious
/// whether or not it is here.
///
/// A path stands for itself and everything below it: `os` covers `os.system`.
public final class Threats {
  private static final Map<String, String> DANGERS = read();

  private Threats() {}

  /// What the name does, such as `runs a command`, or null if it is not listed.
  public static @Nullable String of(String module, String name) {
    String path = module + "." + name;
    for (int end = path.length(); end > 0; end = path.lastIndexOf('.', end - 1)) {
      String danger = DANGERS.get(path.substring(0, end));
      if (danger != null) {
        return danger;
      }
    }
    return null;
  }

  private static Map<String, String> read() {
    Map<String, String> dangers = new HashMap<>();
    try (InputStream in = Threats.class.getResourceAsStream("threats.txt")) {
      if (in == null) {
        throw new IllegalStateException("threats.txt is not in the jar");
      }
      String danger = "";
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1)) {
        if (line.startsWith("danger ")) {
          danger = line.substring("danger ".length());
        } else if (!line.isEmpty() && line.charAt(0) != '#') {
          for (String path : line.split(" ", -1)) {
            dangers.put(path, danger);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("a table of our own cannot be read", e);
    }
    return dangers;
  }
}
