package dev.vidimus.scan.template;

import java.util.Set;

/// The names that Jinja and the programs that render chat templates give to a template.
final class Vocabulary {
  /// Functions; they may be called and asked whether they are defined, and nothing else.
  static final Set<String> FUNCTIONS =
      Set.of(
          "range",
          "dict",
          "namespace",
          "cycler",
          "joiner",
          "lipsum",
          "raise_exception",
          "strftime_now");

  /// Callable without being reached into.
  static final Set<String> LOCAL = Set.of("caller", "loop", "super");

  /// Names by which templates of other programs reach their host, and Python's own.
  static final Set<String> DANGEROUS_FUNCTIONS =
      Set.of(
          "getattr",
          "setattr",
          "delattr",
          "eval",
          "exec",
          "execfile",
          "open",
          "compile",
          "globals",
          "locals",
          "vars",
          "input",
          "breakpoint",
          "import_module",
          "system",
          "popen");

  static final Set<String> METHODS =
      Set.of(
          "append",
          "capitalize",
          "casefold",
          "center",
          "clear",
          "copy",
          "count",
          "cycle",
          "changed",
          "difference",
          "encode",
          "endswith",
          "expandtabs",
          "extend",
          "find",
          "format",
          "get",
          "index",
          "insert",
          "intersection",
          "isalnum",
          "isalpha",
          "isascii",
          "isdecimal",
          "isdigit",
          "isidentifier",
          "islower",
          "isnumeric",
          "isoformat",
          "isspace",
          "istitle",
          "isupper",
          "items",
          "join",
          "keys",
          "ljust",
          "lower",
          "lstrip",
          "next",
          "partition",
          "pop",
          "remove",
          "removeprefix",
          "removesuffix",
          "replace",
          "reset",
          "reverse",
          "rfind",
          "rindex",
          "rjust",
          "rpartition",
          "rsplit",
          "rstrip",
          "setdefault",
          "sort",
          "split",
          "splitlines",
          "startswith",
          "strftime",
          "strip",
          "swapcase",
          "title",
          "union",
          "update",
          "upper",
          "values",
          "zfill",
          "add");

  static final Set<String> DANGEROUS_METHODS =
      Set.of(
          "popen",
          "system",
          "eval",
          "exec",
          "execve",
          "spawn",
          "Popen",
          "check_output",
          "check_call",
          "getoutput",
          "import_module",
          "load_module",
          "exec_module",
          "get_data",
          "listdir",
          "urlopen",
          "unlink",
          "rmtree",
          "read_text",
          "write_text",
          "subclasses",
          "mro");

  static final Set<String> FILTERS =
      Set.of(
          "abs",
          "batch",
          "capitalize",
          "center",
          "count",
          "d",
          "default",
          "dictsort",
          "e",
          "escape",
          "filesizeformat",
          "first",
          "float",
          "forceescape",
          "format",
          "from_json",
          "fromjson",
          "groupby",
          "indent",
          "int",
          "items",
          "join",
          "keys",
          "last",
          "length",
          "list",
          "lower",
          "map",
          "max",
          "min",
          "pprint",
          "random",
          "reject",
          "rejectattr",
          "replace",
          "reverse",
          "round",
          "safe",
          "select",
          "selectattr",
          "slice",
          "sort",
          "strftime",
          "string",
          "striptags",
          "sum",
          "title",
          "tojson",
          "to_json",
          "trim",
          "truncate",
          "unique",
          "upper",
          "urlencode",
          "urlize",
          "values",
          "wordcount",
          "wordwrap",
          "xmlattr");

  static final Set<String> TESTS =
      Set.of(
          "boolean",
          "callable",
          "contains",
          "defined",
          "divisibleby",
          "eq",
          "equalto",
          "escaped",
          "even",
          "false",
          "filter",
          "float",
          "ge",
          "greaterthan",
          "gt",
          "in",
          "integer",
          "iterable",
          "le",
          "lessthan",
          "lower",
          "lt",
          "mapping",
          "ne",
          "none",
          "None",
          "number",
          "odd",
          "sameas",
          "sequence",
          "startingwith",
          "string",
          "test",
          "true",
          "undefined",
          "upper");

  /// Filters that look an attribute up by a name that they are given.
  static final Set<String> LOOKUPS =
      Set.of(
          "map",
          "selectattr",
          "rejectattr",
          "groupby",
          "sort",
          "unique",
          "min",
          "max",
          "sum",
          "join",
          "attr");

  /// Attributes by which Python objects lead to their code without an underscore; the list of
  /// Jinja's own sandbox, and what comes next to it.
  private static final Set<String> INSIDES =
      Set.of(
          "mro",
          "gi_frame",
          "gi_code",
          "gi_yieldfrom",
          "cr_frame",
          "cr_code",
          "cr_await",
          "ag_frame",
          "ag_code",
          "ag_await",
          "f_globals",
          "f_locals",
          "f_builtins",
          "f_back",
          "f_code",
          "tb_frame",
          "tb_next",
          "co_code",
          "co_consts",
          "co_names",
          "func_code",
          "func_globals",
          "func_closure",
          "func_dict",
          "func_defaults",
          "im_class",
          "im_func",
          "im_self");

  private Vocabulary() {}

  /// True of a name that leads out of data: `__class__`, `_module`, `gi_frame`.
  static boolean isInside(String name) {
    return name.startsWith("_") || name.contains("__") || INSIDES.contains(name);
  }

  /// True of a text that has a name with two underscores on both sides in it.
  static boolean namesInsides(String text) {
    for (int at = text.indexOf("__"); at >= 0; at = text.indexOf("__", at + 1)) {
      int end = at + 2;
      while (end < text.length() && Character.isLetter(text.charAt(end))) {
        end++;
      }
      if (end > at + 2 && text.startsWith("__", end)) {
        return true;
      }
    }
    return false;
  }
}
