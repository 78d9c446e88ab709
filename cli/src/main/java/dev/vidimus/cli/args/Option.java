package dev.vidimus.cli.args;

import java.util.List;

/// An option of a command.
///
/// @param name with its dashes: `--format`
/// @param letter a short form such as `-v`; empty if there is none
/// @param value what stands for its value in the help, such as `GLOB`; empty for a switch
/// @param words the values there are; empty if any text will do
/// @param help one or two sentences
public record Option(String name, String letter, String value, List<String> words, String help) {
  /// An option that is there or not.
  public static Option toggle(String name, String letter, String help) {
    return new Option(name, letter, "", List.of(), help);
  }

  /// An option with a value, given at most once unless the command reads all of them.
  public static Option valued(String name, String value, String help) {
    return new Option(name, "", value, List.of(), help);
  }

  /// An option whose value is one of some words.
  public static Option choice(String name, List<String> words, String help) {
    return new Option(name, "", String.join("|", words), words, help);
  }

  /// True if a value follows.
  public boolean isValued() {
    return !value.isEmpty();
  }
}
