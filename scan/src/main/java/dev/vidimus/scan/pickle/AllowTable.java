package dev.vidimus.scan.pickle;

import dev.vidimus.scan.pickle.AllowEntry.Flag;
import dev.vidimus.scan.pickle.AllowEntry.Kind;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The text form of an allowlist, one statement a line; `#` begins a comment:
///
/// ```
/// profile weights                    the statements that follow count from this profile on
/// module  torch.nn.modules.linear    … are names of this module
/// module  sklearn.**                 … or of any module below a package
/// class   Linear Bilinear            names of classes
/// class   Size (value) final         a class with arguments, and flags
/// call    newObj (type) of-first     a function that may be called
/// function relu                      a function that is only stored
/// constant float32 bfloat16          values
/// loader  _load_from_bytes (data)    a function that loads its argument
/// ```
///
/// An argument slot is one of [Slot]; `?` makes it and
/// all that follow optional, `*` also repeats the last. The names `*` (any) and
/// `__pyx_unpickle_*` (Cython's constructors) stand for families.
final class AllowTable {
  /// Separates module and name in keys; it occurs in neither.
  private static final char SEPARATOR = ':';

  /// Cython's generated constructors, whose names end in that of the class.
  private static final String CYTHON = "__pyx_unpickle_";

  private final Map<String, AllowEntry> entries = new HashMap<>();
  private final List<String> families = new ArrayList<>();
  private String module = "";
  private Profile profile = Profile.WEIGHTS;

  private AllowTable() {}

  /// Reads a table, leaving out what the profile does not include.
  ///
  /// @param name of the table, for errors
  /// @throws IllegalArgumentException naming the line that cannot be understood
  static AllowTable parse(String name, String text, Profile wanted) {
    AllowTable table = new AllowTable();
    int number = 0;
    for (String line : text.split("\n", -1)) {
      number++;
      try {
        table.statement(line, wanted);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(name + ":" + number + ": " + e.getMessage(), e);
      }
    }
    return table;
  }

  /// The entry of a name, or null.
  @Nullable AllowEntry find(String inModule, String name) {
    AllowEntry entry = findIn(inModule, name);
    for (int i = 0; entry == null && i < families.size(); i++) {
      String family = families.get(i);
      if (inModule.startsWith(family)
          && (inModule.length() == family.length() || inModule.charAt(family.length()) == '.')) {
        AllowEntry member = findIn(family + ".**", name);
        entry = member == null ? null : member.at(inModule + "." + name);
      }
    }
    return entry;
  }

  private @Nullable AllowEntry findIn(String inModule, String name) {
    AllowEntry exact = entries.get(inModule + SEPARATOR + name);
    if (exact != null) {
      return exact;
    }
    if (name.indexOf('.') >= 0) {
      return null; // a family has no dotted names
    }
    return entries.get(inModule + SEPARATOR + (name.startsWith(CYTHON) ? CYTHON + "*" : "*"));
  }

  /// Full names of all entries, for tests and the documentation.
  List<AllowEntry> all() {
    return List.copyOf(entries.values());
  }

  private void statement(String line, Profile wanted) {
    int comment = line.indexOf('#');
    String statement = (comment < 0 ? line : line.substring(0, comment)).strip();
    if (statement.isEmpty()) {
      return;
    }
    int open = statement.indexOf('(');
    int close = statement.indexOf(')');
    if (open >= 0 != close > open) {
      throw new IllegalArgumentException("unbalanced parentheses: " + statement);
    }
    List<String> words = words(open < 0 ? statement : statement.substring(0, open));
    String kind = words.removeFirst();
    switch (kind) {
      case "profile" -> profile = Profile.of(words.getFirst());
      case "module" -> enter(words.getFirst());
      case "class", "call", "function", "constant", "loader" -> {
        Shape shape = open < 0 ? Shape.NOTHING : shape(statement.substring(open + 1, close));
        Set<Flag> flags = open < 0 ? Set.of() : flags(statement.substring(close + 1));
        if (wanted.includes(profile)) {
          add(Kind.valueOf(kind.toUpperCase(Locale.ROOT)), words, shape, flags);
        }
      }
      default -> throw new IllegalArgumentException("unknown statement: " + kind);
    }
  }

  private void enter(String name) {
    module = name;
    if (name.endsWith(".**") && !families.contains(name.substring(0, name.length() - 3))) {
      families.add(name.substring(0, name.length() - 3));
    }
  }

  private void add(Kind kind, List<String> names, Shape shape, Set<Flag> flags) {
    for (String name : names) {
      entries.put(
          module + SEPARATOR + name, new AllowEntry(module + "." + name, kind, shape, flags));
    }
  }

  private static Shape shape(String text) {
    List<Slot> slots = new ArrayList<>();
    int required = -1;
    boolean repeats = false;
    for (String word : words(text.replace(',', ' '))) {
      boolean optional = word.endsWith("?") || word.endsWith("*");
      repeats |= word.endsWith("*");
      if (optional && required < 0) {
        required = slots.size();
      }
      String slot = optional ? word.substring(0, word.length() - 1) : word;
      slots.add(Slot.valueOf(slot.toUpperCase(Locale.ROOT)));
    }
    return new Shape(slots, required < 0 ? slots.size() : required, repeats);
  }

  private static Set<Flag> flags(String text) {
    Set<Flag> flags = EnumSet.noneOf(Flag.class);
    for (String word : words(text)) {
      flags.add(Flag.valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
    return flags;
  }

  private static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean isSpace = i == text.length() || text.charAt(i) <= ' ';
      if (!isSpace && start < 0) {
        start = i;
      } else if (isSpace && start >= 0) {
        words.add(text.substring(start, i));
        start = -1;
      }
    }
    return words;
  }
}
