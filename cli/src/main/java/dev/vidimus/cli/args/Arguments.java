package dev.vidimus.cli.args;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a command was given. Options may stand before, between and behind the parameters; after
/// `--` everything is a parameter; `-` alone is one.
public final class Arguments {
  private record Given(Option option, String value) {
    /// By name, which no two options of a command share: a record's own comparison is linked at its
    /// first use, fifteen milliseconds of a start.
    boolean is(Option other) {
      return option.name().equals(other.name());
    }
  }

  private final List<Given> given = new ArrayList<>();
  private final List<String> parameters = new ArrayList<>();

  private Arguments() {}

  /// Reads the words behind a command's name.
  ///
  /// @throws UsageException naming the word that cannot be understood
  public static Arguments parse(Command command, List<String> words) throws UsageException {
    Arguments arguments = new Arguments();
    boolean optionsEnded = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (optionsEnded || word.length() < 2 || word.charAt(0) != '-') {
        arguments.parameter(command, word);
      } else if (word.equals("--")) {
        optionsEnded = true;
      } else {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        Option option = find(command, equals < 0 ? word : word.substring(0, equals));
        if (!option.isValued()) {
          if (equals >= 0) {
            throw new UsageException(option.name() + " takes no value", "");
          }
          arguments.given.add(new Given(option, ""));
        } else if (equals >= 0) {
          arguments.add(option, word.substring(equals + 1));
        } else if (i + 1 < words.size()) {
          arguments.add(option, words.get(++i));
        } else {
          throw new UsageException(option.name() + " needs a value: " + option.value(), "");
        }
      }
    }
    return arguments;
  }

  private void parameter(Command command, String word) throws UsageException {
    if (command.parameters().isEmpty()) {
      throw new UsageException(
          "vidimus " + command.name() + " takes no such argument: " + word, "");
    }
    parameters.add(word);
  }

  private static Option find(Command command, String word) throws UsageException {
    Option option = command.option(word);
    if (option != null) {
      return option;
    }
    List<String> names = new ArrayList<>();
    for (Option known : command.options()) {
      names.add(known.name());
    }
    String nearest = Nearest.to(word, names);
    throw new UsageException(
        "unknown option: " + word,
        nearest == null
            ? "vidimus " + command.name() + " --help lists the options"
            : "did you mean " + nearest + "?");
  }

  private void add(Option option, String value) throws UsageException {
    if (!option.words().isEmpty() && !option.words().contains(value)) {
      String nearest = Nearest.to(value, option.words());
      throw new UsageException(
          option.name() + " is one of " + option.value() + ", not \"" + value + "\"",
          nearest == null ? "" : "did you mean " + nearest + "?");
    }
    given.add(new Given(option, value));
  }

  /// Whether the option is there.
  public boolean has(Option option) {
    for (Given one : given) {
      if (one.is(option)) {
        return true;
      }
    }
    return false;
  }

  /// The value of an option, the last one if it was given several times; null if it is not there.
  public @Nullable String value(Option option) {
    String value = null;
    for (Given one : given) {
      if (one.is(option)) {
        value = one.value();
      }
    }
    return value;
  }

  /// All values of an option, in order.
  public List<String> values(Option option) {
    List<String> values = new ArrayList<>();
    for (Given one : given) {
      if (one.is(option)) {
        values.add(one.value());
      }
    }
    return values;
  }

  /// What is no option, in order.
  public List<String> parameters() {
    return List.copyOf(parameters);
  }
}
