package dev.vidimus.formats.python;

/// A word of a program.
///
/// @param text as it is written; of a string its content without prefix, quotes and escapes
/// @param line where it begins, from 1
record PyToken(Kind kind, String text, int line) {
  /// Kinds of words. The strings are those of text, of bytes, and with expressions in braces.
  enum Kind {
    NAME,
    NUMBER,
    STRING,
    BYTES,
    FORMAT,
    OPERATOR,
    NEWLINE,
    INDENT,
    DEDENT,
    END
  }

  boolean is(Kind other, String word) {
    return kind == other && text.equals(word);
  }
}
