package dev.vidimus.cli;

import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;

/// The texts of `--help`.
final class Help {
  private static final int WIDTH = 96;
  private static final int COLUMN = 28;

  private Help() {}

  static String overview() {
    StringBuilder text = new StringBuilder();
    text.append(
        """
        vidimus: which model may run where, and why?

        usage: vidimus COMMAND [OPTION…] [ARGUMENT…]

        """);
    for (Command command : CommandLine.commands()) {
      row(text, command.name() + " " + command.parameters(), command.summary());
    }
    row(text, "help [COMMAND]", "what a command understands");
    row(text, "--version", "the version");
    text.append(
        """

        Begin with: vidimus admit FILE-OR-FOLDER      quarantine, examine, decide, record
                    vidimus scan FILE-OR-FOLDER       only look: what would loading it do?
        Exit codes: 0 yes, 1 no, 2 could not tell, 64 the command line is not understood
        """);
    return text.toString();
  }

  static String of(Command command) {
    StringBuilder text = new StringBuilder();
    text.append("vidimus ").append(command.name()).append(": ").append(command.summary());
    text.append("\n\nusage: vidimus ").append(command.name());
    text.append(command.options().isEmpty() ? " " : " [OPTION…] ").append(command.parameters());
    text.append("\n");
    if (!command.options().isEmpty()) {
      text.append("\n");
    }
    for (Option option : command.options()) {
      String name =
          option.letter().isEmpty() ? option.name() : option.letter() + ", " + option.name();
      row(text, option.isValued() ? name + " " + option.value() : name, option.help());
    }
    row(text, "-h, --help", "this text");
    if (!command.details().isEmpty()) {
      text.append("\n").append(command.details());
    }
    return text.toString();
  }

  /// A term, and what it means in a column beside it, wrapped.
  private static void row(StringBuilder text, String term, String meaning) {
    text.append("  ").append(term);
    int column = 2 + term.length();
    if (column >= COLUMN) {
      text.append("\n");
      column = 0;
    }
    text.repeat(' ', COLUMN - column);
    column = COLUMN;
    int from = 0;
    while (from < meaning.length()) {
      int space = meaning.indexOf(' ', from);
      int to = space < 0 ? meaning.length() : space;
      if (column > COLUMN && column + 1 + to - from > WIDTH) {
        text.append("\n").repeat(' ', COLUMN);
        column = COLUMN;
      } else if (column > COLUMN) {
        text.append(' ');
        column++;
      }
      text.append(meaning, from, to);
      column += to - from;
      from = to + 1;
    }
    text.append("\n");
  }
}
