package dev.vidimus.cli;

import dev.vidimus.cli.args.Arguments;
import dev.vidimus.cli.args.Command;
import dev.vidimus.cli.args.Option;
import dev.vidimus.cli.args.UsageException;
import dev.vidimus.cli.host.ExitCode;
import dev.vidimus.cli.host.Host;
import java.io.IOException;
import java.util.List;

/// Prints what makes a shell complete our commands and options, from the same descriptions as the
/// help.
final class Completion {
  static final Command COMMAND =
      new Command(
          "completion",
          "a script that makes your shell complete commands and options",
          "bash|zsh",
          List.of(),
          """
          For bash, add to ~/.bashrc:   eval "$(vidimus completion bash)"
          For zsh, add to ~/.zshrc:     eval "$(vidimus completion zsh)"
          """);

  private Completion() {}

  static ExitCode run(Host host, List<String> words) throws IOException, UsageException {
    List<String> shells = Arguments.parse(COMMAND, words).parameters();
    if (shells.equals(List.of("bash"))) {
      host.print(bash());
    } else if (shells.equals(List.of("zsh"))) {
      // zsh understands bash's completion functions once it is told to.
      host.print("autoload -U +X bashcompinit && bashcompinit\n" + bash());
    } else {
      throw new UsageException("name one shell: bash or zsh", "vidimus completion bash");
    }
    return ExitCode.YES;
  }

  private static String bash() {
    StringBuilder script = new StringBuilder();
    StringBuilder names = new StringBuilder();
    for (Command command : CommandLine.commands()) {
      names.append(command.name()).append(' ');
    }
    script.append(
        """
        _vidimus() {
          local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}
          COMPREPLY=()
          if [ "$COMP_CWORD" -eq 1 ]; then
        """);
    script.append("    COMPREPLY=($(compgen -W '").append(names);
    script.append("help --version' -- \"$word\"))\n    return\n  fi\n");
    script.append("  case ${COMP_WORDS[1]}:$before in\n");
    for (Command command : CommandLine.commands()) {
      for (Option option : command.options()) {
        if (!option.words().isEmpty()) {
          script.append("    ").append(command.name()).append(':').append(option.name());
          script.append(") COMPREPLY=($(compgen -W '").append(String.join(" ", option.words()));
          script.append("' -- \"$word\")); return ;;\n");
        }
      }
    }
    script.append("    completion:completion)");
    script.append(" COMPREPLY=($(compgen -W 'bash zsh' -- \"$word\")); return ;;\n");
    script.append("  esac\n  case ${COMP_WORDS[1]}:$word in\n");
    for (Command command : CommandLine.commands()) {
      script.append("    ").append(command.name()).append(":-*) COMPREPLY=($(compgen -W '");
      for (Option option : command.options()) {
        script.append(option.name()).append(' ');
      }
      script.append("--help' -- \"$word\")) ;;\n");
    }
    script.append("  esac\n}\ncomplete -o default -F _vidimus vidimus ./vidimus\n");
    return script.toString();
  }
}
