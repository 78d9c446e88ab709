package dev.vidimus.scan.template;

import java.util.List;

/// Fills the placeholders of Python's `%` and `format`.
final class Formats {
  private static final int LONGEST = 4096;

  private Formats() {}

  static String fill(String template, List<String> values) {
    StringBuilder out = new StringBuilder();
    int next = 0;
    int at = 0;
    while (at < template.length() && out.length() < LONGEST) {
      char c = template.charAt(at);
      if (c == '%' && at + 1 < template.length()) {
        char kind = template.charAt(at + 1);
        if (kind == '%') {
          out.append('%');
        } else if (next < values.size()) {
          out.append(value(values.get(next++), kind));
        }
        at += 2;
      } else if (c == '{' && template.indexOf('}', at) > 0) {
        int close = template.indexOf('}', at);
        String field = template.substring(at + 1, close);
        int colon = field.indexOf(':');
        String name = colon < 0 ? field : field.substring(0, colon);
        char kind = field.isEmpty() ? 's' : field.charAt(field.length() - 1);
        long index = name.isEmpty() ? next++ : Numbers.whole(name);
        if (index >= 0 && index < values.size()) {
          out.append(value(values.get((int) index), colon < 0 ? 's' : kind));
        } else {
          out.append(template, at, close + 1);
        }
        at = close + 1;
      } else {
        out.append(c);
        at++;
      }
    }
    return out.toString();
  }

  private static String value(String text, char kind) {
    long point = kind == 'c' ? Numbers.whole(text) : -1;
    return point > 0 && point <= Character.MAX_CODE_POINT ? Character.toString((int) point) : text;
  }
}
