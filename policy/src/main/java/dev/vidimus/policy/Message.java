package dev.vidimus.policy;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The message of a rule with the values filled in.
final class Message {
  private static final int SHOWN = 5;

  private Message() {}

  /// @param template `{scan.verdict}` stands for a value; what is not known stays as it is
  /// @param variables sections by name, each with its fields
  static String of(String template, Map<String, Object> variables) {
    StringBuilder text = new StringBuilder();
    int from = 0;
    while (true) {
      int open = template.indexOf('{', from);
      int close = open < 0 ? -1 : template.indexOf('}', open);
      if (close < 0) {
        return text.append(template, from, template.length()).toString();
      }
      Object value = value(template.substring(open + 1, close), variables);
      text.append(template, from, open);
      text.append(value == null ? template.substring(open, close + 1) : shown(value));
      from = close + 1;
    }
  }

  private static @Nullable Object value(String name, Map<String, Object> variables) {
    int dot = name.indexOf('.');
    return dot > 0 && variables.get(name.substring(0, dot)) instanceof Map<?, ?> fields
        ? fields.get(name.substring(dot + 1))
        : null;
  }

  private static String shown(Object value) {
    if (value instanceof List<?> list) {
      String first =
          list.stream().limit(SHOWN).map(String::valueOf).collect(Collectors.joining(", "));
      return list.size() > SHOWN ? first + ", …" : first;
    }
    return value.toString();
  }
}
