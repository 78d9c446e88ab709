package dev.vidimus.scan.operator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Operators of MXNet's graphs in JSON (`-symbol.json`) that do not belong to the library.
public final class MxnetOperators {
  private static final String PYTHON = "runs Python code of the process";

  /// `_Native` and `_NDArray` hold the addresses of functions as text, and call them.
  private static final String ADDRESS = "calls functions by the addresses that the file gives";

  private static final Map<String, String> DANGERS =
      Map.of(
          "Custom", PYTHON,
          "_CustomFunction", PYTHON,
          "_Native", ADDRESS,
          "_NDArray", ADDRESS);

  private MxnetOperators() {}

  /// What an operator does that its graph should not, or null.
  ///
  /// @param path names of the members around the text, outermost first
  public static @Nullable String danger(List<String> path, String text) {
    boolean isOperator =
        path.size() == 3 && path.getFirst().equals("nodes") && path.getLast().equals("op");
    return isOperator ? DANGERS.get(text) : null;
  }

  /// True if the operator calls functions by address.
  public static boolean isAddress(String danger) {
    return danger.equals(ADDRESS);
  }
}
