package dev.vidimus.formats.jinja;

import dev.vidimus.artifact.FormatException;
import java.util.ArrayList;
import java.util.List;

/// Reads templates. A broken one is no reason to throw away what stands before the break.
public final class JinjaReader {
  /// Length of a template in UTF-16 units; the longest in use have 30,000.
  public static final int LONGEST = 1 << 20;

  private JinjaReader() {}

  /// @param source its name in errors
  public static JinjaTemplate read(String text, String source) {
    List<JinjaNode> body = new ArrayList<>();
    if (text.length() > LONGEST) {
      FormatException over =
          new FormatException.LimitExceeded(
              source, 0, text.length() + " characters, over the limit of " + LONGEST);
      return new JinjaTemplate(body, List.of(), over);
    }
    JinjaLexer lexer = new JinjaLexer(source, text);
    try {
      lexer.read();
    } catch (FormatException e) {
      return new JinjaTemplate(body, lexer.tokens(), e);
    }
    try {
      new JinjaParser(source, text.length(), lexer.tokens()).template(body);
      return new JinjaTemplate(body, lexer.tokens(), null);
    } catch (FormatException e) {
      return new JinjaTemplate(body, lexer.tokens(), e);
    }
  }
}
