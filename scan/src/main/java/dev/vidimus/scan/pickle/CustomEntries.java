package dev.vidimus.scan.pickle;

/// What a user may add to the allowlist: anything that is no known danger, with a reason for each
/// line.
final class CustomEntries {
  private CustomEntries() {}

  /// @throws IllegalArgumentException naming the line that lacks a reason or allows a known danger
  static void check(String name, String text) {
    int number = 0;
    String module = "";
    for (String line : text.split("\n", -1)) {
      number++;
      int comment = line.indexOf('#');
      String statement = (comment < 0 ? line : line.substring(0, comment)).strip();
      String where = name + ":" + number + ": ";
      if (statement.startsWith("module ")) {
        module = statement.substring("module ".length()).strip();
        if (module.endsWith("*")) {
          throw new IllegalArgumentException(where + "name one module, not a family: " + module);
        }
      } else if (!statement.isEmpty() && !statement.startsWith("profile ")) {
        if (comment < 0 || line.substring(comment + 1).isBlank()) {
          throw new IllegalArgumentException(where + "give the reason in a comment: # …");
        }
        refuseDangers(where, module, statement);
      }
    }
  }

  private static void refuseDangers(String where, String module, String statement) {
    int open = statement.indexOf('(');
    String[] words = (open < 0 ? statement : statement.substring(0, open)).split("\\s+", -1);
    for (int i = 1; i < words.length; i++) { // the first says what the names are
      String word = words[i];
      String danger = word.isEmpty() ? null : Threats.of(module, word);
      if (danger != null) {
        throw new IllegalArgumentException(
            where + module + "." + word + " cannot be allowed: it " + danger);
      }
    }
  }
}
