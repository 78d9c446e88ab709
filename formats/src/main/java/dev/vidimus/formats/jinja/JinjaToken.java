package dev.vidimus.formats.jinja;

/// A word of a template.
///
/// @param text what it means: of a string its content without quotes and escapes
/// @param at where it begins, in UTF-16 units from the start of the template
public record JinjaToken(Kind kind, String text, int at) {
  /// Kinds of words.
  public enum Kind {
    /// Text outside of all tags.
    DATA,
    PRINT_BEGIN,
    PRINT_END,
    BLOCK_BEGIN,
    BLOCK_END,
    NAME,
    STRING,
    NUMBER,
    OPERATOR,
    END
  }

  boolean is(Kind other, String word) {
    return kind == other && text.equals(word);
  }
}
