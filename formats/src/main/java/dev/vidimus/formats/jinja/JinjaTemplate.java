package dev.vidimus.formats.jinja;

import dev.vidimus.artifact.FormatException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What was read of a template.
///
/// @param body its parts; those before the break if it is broken
/// @param tokens its words, up to where they cannot be told apart
/// @param problem why reading stopped early, or null
public record JinjaTemplate(
    List<JinjaNode> body, List<JinjaToken> tokens, @Nullable FormatException problem) {
  public JinjaTemplate {
    body = List.copyOf(body);
    tokens = List.copyOf(tokens);
  }
}
