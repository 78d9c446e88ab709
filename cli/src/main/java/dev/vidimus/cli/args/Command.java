package dev.vidimus.cli.args;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command as its user sees it.
///
/// @param name the word: `scan`
/// @param summary what it answers, in one line
/// @param parameters what follows the options, such as `PATH…`; empty if nothing may follow
/// @param options in the order of the help
/// @param details paragraphs behind the options in the help: examples, exit codes
public record Command(
    String name, String summary, String parameters, List<Option> options, String details) {
  public Command {
    options = List.copyOf(options);
  }

  /// The option of that name or letter, or null.
  @Nullable Option option(String word) {
    for (Option option : options) {
      if (option.name().equals(word) || (option.letter().equals(word) && !word.isEmpty())) {
        return option;
      }
    }
    return null;
  }
}
