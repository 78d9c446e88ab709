package dev.vidimus.scan.repository;

import dev.vidimus.scan.repository.Targets.Kind;
import java.util.List;
import java.util.Set;

/// Judges tags by what the loaders that construct something of them do: PyYAML's, that of
/// HyperPyYAML (the models of SpeechBrain), and those of other languages.
final class YamlTags {
  private static final String STANDARD = "tag:yaml.org,2002:";

  private static final Set<String> PLAIN =
      Set.of(
          "python/none",
          "python/bool",
          "python/str",
          "python/unicode",
          "python/bytes",
          "python/int",
          "python/long",
          "python/float",
          "python/complex",
          "python/list",
          "python/tuple",
          "python/dict",
          "python/object:argparse.Namespace",
          "python/object:__main__.Namespace",
          "python/object/new:argparse.Namespace");

  /// What precedes the name of a class, function or module.
  private static final List<String> NAMING =
      List.of(
          STANDARD + "python/object/apply:",
          STANDARD + "python/object/new:",
          STANDARD + "python/object:",
          STANDARD + "python/name:",
          STANDARD + "python/module:",
          "!new:",
          "!name:",
          "!apply:",
          "!applyref:",
          "!module:");

  private static final List<String> OTHER_LANGUAGES =
      List.of("!ruby/", "!php/", "!java/", "!perl/");

  private YamlTags() {}

  static Kind judge(String tag) {
    if (tag.startsWith(STANDARD) && PLAIN.contains(tag.substring(STANDARD.length()))) {
      return Kind.INERT;
    }
    for (String prefix : NAMING) {
      if (tag.startsWith(prefix)) {
        String name = tag.substring(prefix.length());
        // A module is only imported.
        return prefix.endsWith("module:") ? module(name) : Targets.judge(name);
      }
    }
    for (String prefix : OTHER_LANGUAGES) {
      if (tag.startsWith(prefix)) {
        return Kind.UNKNOWN;
      }
    }
    // SnakeYAML of Java takes the rest of a standard tag for the name of a class.
    boolean isClass =
        tag.startsWith(STANDARD)
            && (tag.indexOf('.', STANDARD.length()) >= 0
                || tag.indexOf('/', STANDARD.length()) >= 0);
    return isClass ? Kind.UNKNOWN : Kind.INERT;
  }

  private static Kind module(String name) {
    return Targets.judge(name + ".attribute") == Kind.UNKNOWN ? Kind.UNKNOWN : Kind.INERT;
  }

  /// A tag as people write it.
  static String written(String tag) {
    return tag.startsWith(STANDARD) ? "!!" + tag.substring(STANDARD.length()) : tag;
  }
}
