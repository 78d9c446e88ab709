package dev.vidimus.scan.tensor;

import dev.vidimus.scan.tensor.MetadataText.Suspicion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Elements and addresses that run code in a page which shows the text. Descriptions may well have
/// paragraphs, links and pictures.
final class Markup {
  private static final List<String> ELEMENTS =
      List.of("script", "iframe", "object", "embed", "?php", "meta http-equiv");
  private static final List<String> SCHEMES =
      List.of("javascript:", "vbscript:", "data:text/html", "data:application/javascript");
  private static final List<String> HANDLERS =
      List.of("onerror", "onload", "onclick", "onmouseover", "onfocus");

  private Markup() {}

  static @Nullable Suspicion find(String text) {
    int tag = -1; // where the last tag began, if it has not ended
    for (int i = 0; i < text.length(); i++) {
      boolean found =
          switch (text.charAt(i)) {
            case '<' -> {
              tag = i;
              yield isActiveElement(text, i);
            }
            case '>' -> {
              tag = -1;
              yield false;
            }
            case '=' -> tag >= 0 && isHandler(text, i);
            case ':' -> isScriptScheme(text, i);
            default -> false;
          };
      if (found) {
        return Suspicion.of("has a script in markup", text, i, i);
      }
    }
    return null;
  }

  private static boolean isActiveElement(String text, int at) {
    for (String element : ELEMENTS) {
      int end = at + 1 + element.length();
      if (text.regionMatches(true, at + 1, element, 0, element.length())
          && (end == text.length() || !isWordPart(text.charAt(end)))) {
        return true;
      }
    }
    return false;
  }

  /// An attribute that runs its value, before the `=` at an index.
  private static boolean isHandler(String text, int at) {
    for (String handler : HANDLERS) {
      int from = at - handler.length();
      if (from > 0
          && text.regionMatches(true, from, handler, 0, handler.length())
          && !isWordPart(text.charAt(from - 1))) {
        return true;
      }
    }
    return false;
  }

  /// A scheme whose `:` stands at an index, and something behind it.
  private static boolean isScriptScheme(String text, int at) {
    for (String scheme : SCHEMES) {
      int from = at - scheme.indexOf(':');
      int end = from + scheme.length();
      if (from >= 0
          && text.regionMatches(true, from, scheme, 0, scheme.length())
          && (from == 0 || !isWordPart(text.charAt(from - 1)))
          && end < text.length()
          && text.charAt(end) > ' ') {
        return true;
      }
    }
    return false;
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '-';
  }
}
