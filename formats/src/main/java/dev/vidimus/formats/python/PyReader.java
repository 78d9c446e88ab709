package dev.vidimus.formats.python;

import dev.vidimus.artifact.FormatException;
import java.util.List;

/// Reads programs.
public final class PyReader {
  /// Length of a program in UTF-16 units.
  public static final int LONGEST = 8 << 20;

  private PyReader() {}

  /// @param source its name in errors
  /// @throws FormatException if it is no Python 3, or over a limit
  public static List<PyNode> read(String text, String source) throws FormatException {
    if (text.length() > LONGEST) {
      throw new FormatException.LimitExceeded(
          source, 0, text.length() + " characters, over the limit of " + LONGEST);
    }
    return new PyParser(new PyTokens(source, new PyLexer(source, text, 1).program())).program();
  }
}
