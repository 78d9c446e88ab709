package dev.vidimus.inventory.deps.files;

import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.artifact.Printable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/// [TOML](https://toml.io/en/v1.0.0), with answers that do not fail where something has another
/// type than it should have.
final class Toml {
  private static final int SHOWN = 200;

  /// Of lines, members and elements together. The parser keeps a kilobyte of each; the largest real
  /// locks have a quarter of so many.
  private static final int MOST_PARTS = 500_000;

  private Toml() {}

  /// Reads a document.
  ///
  /// @throws FormatException if it is none
  static TomlTable read(Bytes bytes, String source) throws IOException, FormatException {
    String text = Text.of(bytes, source);
    long parts = text.chars().filter(c -> ",=[{\n".indexOf(c) >= 0).count();
    if (parts > MOST_PARTS) {
      throw new FormatException.LimitExceeded(
          source + ": document", 0, parts + " lines, members and elements, over " + MOST_PARTS);
    }
    TomlParseResult result = org.tomlj.Toml.parse(text);
    if (result.hasErrors()) {
      TomlParseError first = result.errors().getFirst();
      throw new FormatException.Malformed(
          source + ": line " + first.position().line(),
          offset(text, first.position().line()),
          Printable.of(String.valueOf(first.getMessage()), SHOWN));
    }
    return result;
  }

  /// Where a line begins, in UTF-16 units: bytes, unless other letters than those of ASCII came
  /// before.
  private static long offset(String text, int line) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int next = text.indexOf('\n', at);
      if (next < 0) {
        break;
      }
      at = next + 1;
    }
    return at;
  }

  /// A member that is a string; empty if it is not there or something else.
  static String string(@Nullable TomlTable table, String key) {
    return value(table, key) instanceof String text ? text : "";
  }

  /// A member that is a table, or null.
  static @Nullable TomlTable table(@Nullable TomlTable table, String key) {
    return value(table, key) instanceof TomlTable inner ? inner : null;
  }

  /// Elements of a member that are tables.
  static List<TomlTable> tables(@Nullable TomlTable table, String key) {
    List<TomlTable> tables = new ArrayList<>();
    if (value(table, key) instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof TomlTable inner) {
          tables.add(inner);
        }
      }
    }
    return tables;
  }

  /// Elements of a member that are strings.
  static List<String> strings(@Nullable TomlTable table, String key) {
    List<String> strings = new ArrayList<>();
    if (value(table, key) instanceof TomlArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i) instanceof String text) {
          strings.add(text);
        }
      }
    }
    return strings;
  }

  /// A member, whatever it is; null if it is not there.
  static @Nullable Object value(@Nullable TomlTable table, String key) {
    return table == null ? null : table.get(List.of(key));
  }

  /// Names of the members of a table.
  static List<String> keys(@Nullable TomlTable table) {
    return table == null ? List.of() : List.copyOf(table.keySet());
  }

  /// The line on which a member begins, from 1; 0 if that is not known.
  static int line(TomlTable table, String key) {
    var position = table.inputPositionOf(List.of(key));
    return position == null ? 0 : position.line();
  }
}
