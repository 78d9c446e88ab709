package dev.vidimus.scan.tensor;

import dev.vidimus.scan.tensor.MetadataText.Suspicion;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Commands of a shell with arguments that make sense for them.
///
/// The text is cut where a shell would begin another command. A cut is a command if its first word
/// is a program and what follows has the form that this program is called with: `rm -rf x`, but not
/// `rm is short for remove`.
final class ShellCommands {
  private static final String CUTS = ";&|\n\r`(){}<>\"'";
  private static final int MOST_WORDS = 12;

  /// Programs whose output people pipe into a shell.
  private static final Set<String> PRINTERS =
      Set.of("curl", "wget", "fetch", "echo", "printf", "cat", "base64", "xxd", "openssl");

  private ShellCommands() {}

  static @Nullable Suspicion find(String text) {
    int reverse = text.indexOf("/dev/tcp/");
    if (reverse >= 0) {
      return Suspicion.of("has a shell command", text, reverse, reverse);
    }
    int start = 0;
    boolean piped = false; // into this command, from one that could print another
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || CUTS.indexOf(text.charAt(i)) >= 0) {
        List<String> words = i > start ? words(text, start, i) : List.of();
        if (isCommand(words, piped)) {
          return Suspicion.of("has a shell command", text, start, i);
        }
        boolean prints = piped || (!words.isEmpty() && PRINTERS.contains(program(words)));
        piped = prints && i < text.length() && text.charAt(i) == '|';
        start = i + 1;
      }
    }
    return null;
  }

  private static List<String> words(String text, int from, int to) {
    List<String> words = new ArrayList<>(4);
    int at = from;
    while (at < to && words.size() < MOST_WORDS) {
      while (at < to && text.charAt(at) <= ' ') {
        at++;
      }
      int start = at;
      while (at < to && text.charAt(at) > ' ') {
        at++;
      }
      if (at > start) {
        words.add(text.substring(start, at));
      }
      if (words.size() == 1 && !isProgramName(words.getFirst())) {
        return List.of(); // most prose ends here
      }
    }
    return words;
  }

  private static String program(List<String> words) {
    String first = words.getFirst();
    return first.substring(first.lastIndexOf('/') + 1);
  }

  private static boolean isProgramName(String word) {
    return word.length() <= 40
        && (Character.isLetter(word.charAt(0)) || word.charAt(0) == '/' || word.charAt(0) == '$');
  }

  /// @param piped whether something that prints stands before it with a `|`
  private static boolean isCommand(List<String> words, boolean piped) {
    if (words.isEmpty()) {
      return false;
    }
    String program = program(words);
    String first = words.size() > 1 ? words.get(1) : "";
    return switch (program) {
      case "rm" -> isFlag(first) && (first.indexOf('r') > 0 || first.indexOf('f') > 0);
      case "chmod" -> words.size() > 2 && isMode(first);
      case "chown", "chattr" -> words.size() > 2 && (first.indexOf(':') > 0 || isFlag(first));
      case "wget", "curl", "aria2c", "fetch", "lynx" -> fetches(words);
      case "sh", "bash", "zsh", "dash", "ksh" ->
          (piped && (words.size() == 1 || isFlag(first)))
              || (isFlag(first) && words.size() > 2)
              || first.equals("-c")
              || first.equals("-i");
      case "python", "python2", "python3", "perl", "ruby", "node", "php", "lua" ->
          (piped && (words.size() == 1 || first.equals("-")))
              || first.equals("-c")
              || first.equals("-e")
              || first.equals("-r");
      case "nc", "ncat", "netcat", "telnet", "socat" ->
          isFlag(first) || (words.size() == 3 && isNumber(words.get(2)));
      case "powershell", "powershell.exe", "pwsh" -> isFlag(first);
      case "cmd", "cmd.exe" -> first.equalsIgnoreCase("/c") || first.equalsIgnoreCase("/k");
      case "dd" -> first.startsWith("if=") || first.startsWith("of=");
      case "mkfifo", "crontab", "insmod" ->
          words.size() > 1 && words.size() < 4 && (isFlag(first) || first.startsWith("/"));
      case "mshta", "certutil", "bitsadmin", "regsvr32", "rundll32", "schtasks" ->
          words.size() > 1 && (first.startsWith("/") || isFlag(first) || first.contains("://"));
      case "sudo", "nohup", "env", "exec", "eval", "xargs", "setsid", "busybox" ->
          words.size() > 1 && isCommand(words.subList(1, words.size()), piped);
      case "base64" -> piped && isFlag(first);
      case "shutdown", "reboot", "halt" -> isFlag(first);
      default -> program.startsWith("mkfs") && first.startsWith("/dev/");
    };
  }

  /// Something to download from a host that is not one where models and licences live.
  private static boolean fetches(List<String> words) {
    boolean option = false;
    boolean address = false;
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      option |= isFlag(word);
      int scheme = word.indexOf("://");
      if (scheme > 0) {
        if (Addresses.isKnownHost(Addresses.host(word, scheme + 3))) {
          return false;
        }
        address = true;
      }
    }
    return address || (option && words.size() > 2);
  }

  private static boolean isFlag(String word) {
    return word.length() > 1
        && word.charAt(0) == '-'
        && Character.isLetter(word.charAt(word.charAt(1) == '-' && word.length() > 2 ? 2 : 1));
  }

  private static boolean isNumber(String word) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) < '0' || word.charAt(i) > '9') {
        return false;
      }
    }
    return !word.isEmpty();
  }

  /// `777`, `+x`, `u=rw`.
  private static boolean isMode(String word) {
    if (isNumber(word)) {
      return word.length() == 3 || word.length() == 4;
    }
    int operator = Math.max(word.indexOf('+'), Math.max(word.indexOf('='), word.indexOf('-')));
    return operator >= 0
        && operator <= 4
        && word.length() > operator + 1
        && word.length() <= operator + 6;
  }
}
