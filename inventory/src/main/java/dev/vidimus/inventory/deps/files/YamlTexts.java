package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.yaml.YamlListener;
import dev.vidimus.formats.yaml.YamlReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// All texts of a YAML file with the paths at which they stand. Tags mean nothing here.
final class YamlTexts {
  private static final int MOST = 300_000;
  private static final int DEEPEST = 32;

  /// Letters of all keys around a text: they are joined for each of them.
  private static final int LONGEST_PATH = 1_024;

  private final List<Entry> entries;

  /// A text.
  ///
  /// @param path keys and indexes around it, outermost first
  record Entry(List<String> path, String text, long offset) {
    /// The key under which it stands; empty for the document itself.
    String key() {
      return path.isEmpty() ? "" : path.getLast();
    }

    /// A part of the path; empty if it is shorter.
    String at(int index) {
      return index < path.size() ? path.get(index) : "";
    }
  }

  private YamlTexts(List<Entry> entries) {
    this.entries = entries;
  }

  static YamlTexts read(Bytes bytes, String source) throws IOException, FormatException {
    List<Entry> entries = new ArrayList<>();
    long[] most = {-1};
    YamlReader.read(
        bytes,
        source,
        new YamlListener() {
          @Override
          public void tag(List<String> path, String tag, String text, long offset) {}

          @Override
          public void scalar(List<String> path, String text, boolean isPlain, long offset) {
            if (entries.size() < MOST && isShort(path)) {
              entries.add(new Entry(List.copyOf(path), text, offset));
            } else {
              most[0] = offset;
            }
          }
        });
    if (most[0] >= 0) {
      throw new FormatException.LimitExceeded(
          source + ": document",
          most[0],
          "more than " + MOST + " texts, or deeper than " + DEEPEST);
    }
    return new YamlTexts(entries);
  }

  private static boolean isShort(List<String> path) {
    int letters = 0;
    for (String part : path) {
      letters += part.length();
    }
    return path.size() <= DEEPEST && letters <= LONGEST_PATH;
  }

  /// All of them, in the order of the file.
  List<Entry> all() {
    return entries;
  }

  /// The texts directly in each mapping under a key, by their own keys: `package.3` has `name`,
  /// `version`, … Deeper ones are there by the rest of their path, joined with dots.
  Map<String, Map<String, String>> groups(String key) {
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.path().size() > 2 && entry.at(0).equals(key)) {
        groups
            .computeIfAbsent(entry.at(1), name -> new LinkedHashMap<>())
            .put(String.join(".", entry.path().subList(2, entry.path().size())), entry.text());
      }
    }
    return groups;
  }

  /// The texts in each mapping of the document itself, by the rest of their path, joined with dots.
  Map<String, Map<String, String>> groups() {
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    for (Entry entry : entries) {
      if (entry.path().size() > 1) {
        groups
            .computeIfAbsent(entry.at(0), name -> new LinkedHashMap<>())
            .put(String.join(".", entry.path().subList(1, entry.path().size())), entry.text());
      }
    }
    return groups;
  }

  /// Whether anything stands under a key of the document.
  boolean has(String key) {
    return entries.stream().anyMatch(entry -> entry.at(0).equals(key));
  }

  /// The text of a key of the document; empty if there is none.
  String text(String key) {
    for (Entry entry : entries) {
      if (entry.path().size() == 1 && entry.at(0).equals(key)) {
        return entry.text();
      }
    }
    return "";
  }
}
