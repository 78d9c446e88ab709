package dev.vidimus.scan.python;

import dev.vidimus.formats.python.PyNode;
import dev.vidimus.formats.python.PyNode.Argument;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Computes the text that an expression of constants comes to, in the ways in which programs put
/// names and commands together. Bounded in steps and length.
final class Constants {
  private static final int LONGEST = 1 << 16;

  private final Names names;
  private final int start;

  /// @param depth how far the question that this belongs to has gone; `names` counts its steps
  Constants(Names names, int depth) {
    this.names = names;
    this.start = depth;
  }

  /// The text, or null if it depends on more than constants.
  @Nullable String text(PyNode node) {
    return fold(node, start);
  }

  private @Nullable String fold(PyNode node, int depth) {
    if (!names.step(depth)) {
      return null;
    }
    if (node instanceof PyNode.Text(int _, String text)) {
      return text.length() > LONGEST ? null : text;
    }
    if (node instanceof PyNode.Name(int _, String name)) {
      List<PyNode> values = names.values(name);
      return values.size() == 1 ? fold(values.getFirst(), depth + 1) : null;
    }
    if (node instanceof PyNode.Operation operation) {
      return sum(operation, depth + 1);
    }
    if (node instanceof PyNode.Subscript(int _, PyNode of, PyNode.Collection slice)) {
      String text = slice.open().equals(":") ? fold(of, depth + 1) : null;
      return text == null ? null : new StringBuilder(text).reverse().toString();
    }
    if (node instanceof PyNode.Call call) {
      return call(call, depth + 1);
    }
    return null;
  }

  private @Nullable String sum(PyNode.Operation operation, int depth) {
    StringBuilder out = new StringBuilder();
    for (String operator : operation.operators()) {
      if (!operator.equals("+")) {
        return null;
      }
    }
    for (PyNode operand : operation.operands()) {
      String piece = fold(operand, depth);
      if (piece == null || out.length() + piece.length() > LONGEST) {
        return null;
      }
      out.append(piece);
    }
    return out.toString();
  }

  private @Nullable String call(PyNode.Call call, int depth) {
    List<Argument> given = call.arguments();
    if (call.callee() instanceof PyNode.Attribute(int _, PyNode of, String method)) {
      String decoded = given.isEmpty() ? null : decoded(call, given.getFirst().value(), depth);
      if (decoded != null) {
        return decoded;
      }
      return method(of, method, given, depth);
    }
    if (call.callee() instanceof PyNode.Name(int _, String name)
        && name.equals("chr")
        && given.size() == 1
        && given.getFirst().value() instanceof PyNode.Numeral(int _, String number)) {
      int point = number(number);
      return point < 0 ? null : Character.toString(point);
    }
    return null;
  }

  private static int number(String text) {
    try {
      int point = Integer.decode(text);
      return point <= Character.MAX_CODE_POINT ? point : -1;
    } catch (NumberFormatException e) {
      return -1; // no whole number
    }
  }

  private @Nullable String decoded(PyNode.Call call, PyNode argument, int depth) {
    String path = names.path(call.callee(), depth + 1).text();
    if (!path.endsWith("b64decode") && !path.endsWith("fromhex") && !path.endsWith("unhexlify")) {
      return null;
    }
    String text = fold(argument, depth);
    if (text == null) {
      return null;
    }
    try {
      byte[] bytes =
          path.endsWith("b64decode")
              ? Base64.getMimeDecoder().decode(text)
              : java.util.HexFormat.of().parseHex(text.replace(" ", ""));
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null; // neither would Python decode it
    }
  }

  private @Nullable String method(PyNode of, String method, List<Argument> given, int depth) {
    if (method.equals("join") && given.size() == 1) {
      return join(of, given.getFirst().value(), depth);
    }
    String text = fold(of, depth);
    if (text == null) {
      return null;
    }
    return switch (method) {
      case "decode", "encode", "strip" -> text;
      case "lower" -> text.toLowerCase(Locale.ROOT);
      case "upper" -> text.toUpperCase(Locale.ROOT);
      case "replace" -> {
        String from = given.size() > 1 ? fold(given.get(0).value(), depth) : null;
        String to = given.size() > 1 ? fold(given.get(1).value(), depth) : null;
        yield from == null || to == null || from.isEmpty() || to.length() > from.length()
            ? null
            : text.replace(from, to);
      }
      default -> null;
    };
  }

  private @Nullable String join(PyNode separator, PyNode list, int depth) {
    String between = fold(separator, depth);
    if (between == null || !(list instanceof PyNode.Collection items)) {
      return null;
    }
    if (items.open().equals("for") || items.open().equals("f")) {
      return null;
    }
    StringBuilder out = new StringBuilder();
    for (PyNode item : items.items()) {
      String piece = fold(item, depth);
      if (piece == null || out.length() + piece.length() > LONGEST) {
        return null;
      }
      out.append(out.isEmpty() ? "" : between).append(piece);
    }
    return out.toString();
  }
}
