package dev.vidimus.inventory.names;

import dev.vidimus.inventory.version.Ecosystem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Names that are easily taken for those of packages that many use. A name that is one of these
/// itself is none. The lists are ours: what people use who build models, not a ranking.
public final class LookAlikes {
  /// Shorter names are close to many by chance.
  private static final int SHORTEST = 5;

  /// What is put before or behind a name to look like a part of it.
  private static final List<String> ADDITIONS =
      List.of(
          "python",
          "py",
          "py3",
          "cuda",
          "cli",
          "sdk",
          "core",
          "tools",
          "cli-tools",
          "lora",
          "lib",
          "official",
          "utils",
          "dev",
          "api");

  /// What genuine names have behind what people call them.
  private static final List<String> LEFT_OUT = List.of("-python", "-hub", "-py", "-ai");

  /// What people call a package, and what it is called.
  private static final Map<String, String> CALLED =
      Map.of(
          "sklearn", "scikit-learn",
          "pytorch", "torch",
          "cv2", "opencv-python",
          "pil", "pillow",
          "yaml", "pyyaml",
          "bs4", "beautifulsoup4",
          "dotenv", "python-dotenv",
          "skimage", "scikit-image");

  private final Ecosystem ecosystem;
  private final Set<String> popular;
  private final Map<String, String> bySkeleton = new HashMap<>();
  private final Map<String, String> byWords = new HashMap<>();
  private final Map<Integer, List<String>> byLength = new HashMap<>();

  private LookAlikes(Ecosystem ecosystem, Set<String> popular) {
    this.ecosystem = ecosystem;
    this.popular = popular;
    for (String name : popular) {
      bySkeleton.putIfAbsent(skeleton(name), name);
      byWords.putIfAbsent(words(name), name);
      byLength.computeIfAbsent(name.length(), length -> new ArrayList<>()).add(name);
    }
  }

  /// Look-alikes in an ecosystem; none are known where it has no list.
  public static LookAlikes in(Ecosystem ecosystem) {
    return switch (ecosystem) {
      case PYPI, CONDA -> new LookAlikes(Ecosystem.PYPI, list("popular-pypi.txt"));
      case NPM -> new LookAlikes(Ecosystem.NPM, list("popular-npm.txt"));
      default -> new LookAlikes(ecosystem, Set.of());
    };
  }

  private static Set<String> list(String resource) {
    try (InputStream in =
        Objects.requireNonNull(LookAlikes.class.getResourceAsStream(resource), resource)) {
      Set<String> names = new LinkedHashSet<>();
      new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .forEach(names::add);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The name that this one is easily taken for, or null.
  public @Nullable String of(String name) {
    String own = ecosystem.normalized(Normalizer.normalize(name, Normalizer.Form.NFKC));
    if (own.equals(ecosystem.normalized(name)) && popular.contains(own)) {
      return null;
    }
    String called = CALLED.get(own);
    if (called != null && popular.contains(called)) {
      return called;
    }
    String same = bySkeleton.get(skeleton(own));
    if (same == null) {
      same = byWords.get(words(own));
    }
    if (same != null) {
      return same;
    }
    String base = unscoped(own);
    if (!base.equals(own)) {
      return null; // a scope belongs to somebody, whatever stands behind it
    }
    String near = near(own);
    return near == null ? added(own) : near;
  }

  private static String unscoped(String name) {
    return name.startsWith("@") ? name.substring(name.indexOf('/') + 1) : name;
  }

  private @Nullable String near(String own) {
    for (int length = own.length() - 1; length <= own.length() + 1; length++) {
      if (length >= SHORTEST) {
        for (String name : byLength.getOrDefault(length, List.of())) {
          if (EditDistance.isOne(own, name)) {
            return name;
          }
        }
      }
    }
    return null;
  }

  private @Nullable String added(String own) {
    for (String addition : ADDITIONS) {
      for (String base :
          List.of(
              own.endsWith("-" + addition)
                  ? own.substring(0, own.length() - addition.length() - 1)
                  : "",
              own.startsWith(addition + "-") ? own.substring(addition.length() + 1) : "")) {
        if (popular.contains(base)) {
          return base;
        }
      }
    }
    if (own.startsWith("py") && popular.contains(own.substring(2))) {
      return own.substring(2);
    }
    if (own.length() >= SHORTEST) {
      for (String missing : LEFT_OUT) {
        if (popular.contains(own + missing)) {
          return own + missing;
        }
      }
    }
    return null;
  }

  /// What is left of a name when letters that look alike are one, and separators are gone.
  private static String skeleton(String name) {
    StringBuilder out = new StringBuilder();
    String lower = Normalizer.normalize(name, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      switch (c) {
        case '-', '_', '.' -> {}
        case '0' -> out.append('o');
        case '1', 'i', 'ı', 'і' -> out.append('l');
        case 'а' -> out.append('a'); // Cyrillic, as the next ones
        case 'е' -> out.append('e');
        case 'о', 'ο' -> out.append('o');
        case 'р' -> out.append('p');
        case 'с' -> out.append('c');
        case 'х' -> out.append('x');
        default -> {
          if (Character.getType(c) != Character.NON_SPACING_MARK) {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  /// The words of a name in one order.
  private static String words(String name) {
    String[] words = name.split("[-_.]", -1);
    Arrays.sort(words);
    return String.join("-", new ArrayList<>(new LinkedHashSet<>(List.of(words))));
  }
}
