package dev.vidimus.formats.python;

import java.util.ArrayList;
import java.util.List;

/// The expressions in the braces of a formatted string.
final class PyFormats {
  private PyFormats() {}

  /// Behind the brace that closes the one at an index, or -1. Strings inside are passed over.
  static int closing(String text, int open, int limit) {
    int depth = 0;
    int at = open;
    while (at < limit) {
      char c = text.charAt(at);
      if (c == '{' || c == '[' || c == '(') {
        depth++;
      } else if (c == '}' || c == ']' || c == ')') {
        depth--;
        if (depth == 0) {
          return at + 1;
        }
      } else if (c == '"' || c == '\'') {
        int end = text.indexOf(c, at + 1);
        if (end < 0 || end >= limit) {
          return -1;
        }
        at = end;
      }
      at++;
    }
    return -1;
  }

  /// The source of each expression, without conversion and format.
  static List<String> expressions(String text) {
    List<String> found = new ArrayList<>();
    int at = 0;
    while (at < text.length()) {
      if (text.startsWith("{{", at) || text.startsWith("}}", at)) {
        at += 2;
      } else if (text.charAt(at) == '{') {
        int end = closing(text, at, text.length());
        if (end < 0) {
          break;
        }
        found.add(expression(text.substring(at + 1, end - 1)));
        at = end;
      } else {
        at++;
      }
    }
    return found;
  }

  private static String expression(String field) {
    int depth = 0;
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if ("([{".indexOf(c) >= 0) {
        depth++;
      } else if (")]}".indexOf(c) >= 0) {
        depth--;
      } else if (c == '"' || c == '\'') {
        int end = field.indexOf(c, i + 1);
        if (end < 0) {
          return field;
        }
        i = end;
      } else if (depth == 0 && (c == ':' || (c == '!' && !field.startsWith("!=", i)))) {
        return field.substring(0, i);
      } else if (depth == 0 && c == '=' && field.substring(i + 1).isBlank()) {
        return field.substring(0, i);
      }
    }
    return field;
  }
}
