package dev.vidimus.scan.pickle;

import dev.vidimus.artifact.Printable;
import dev.vidimus.formats.pickle.Value;
import dev.vidimus.formats.pickle.Value.Container;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;
import java.util.List;

/// Writes values as a person would write them in Python: short, printable, and never longer than a
/// few lines whatever the stream holds.
final class Expression {
  private static final int LONGEST_TEXT = 120;
  private static final int LONGEST = 400;
  private static final int MOST_ELEMENTS = 6;
  private static final int DEEPEST = 4;

  private Expression() {}

  /// A call: `os.system('id')`.
  static String call(Value callee, Value arguments, Value keywords) throws IOException {
    StringBuilder out = new StringBuilder();
    write(out, callee, 0);
    out.append('(');
    if (arguments instanceof Value.Tuple tuple) {
      elements(out, tuple.elements(), 0);
      if (tuple.elements().isEmpty() && tuple.weight() > 1) {
        out.append('…');
      }
    } else {
      out.append('*');
      write(out, arguments, 0);
    }
    if (!(keywords instanceof Value.Data)) {
      out.append(", **");
      write(out, keywords, 0);
    }
    return shorten(out.append(')'));
  }

  /// A value alone.
  static String of(Value value) throws IOException {
    StringBuilder out = new StringBuilder();
    write(out, value, 0);
    return shorten(out);
  }

  private static String shorten(StringBuilder out) {
    return out.length() <= LONGEST ? out.toString() : out.substring(0, LONGEST - 1) + "…";
  }

  private static void write(StringBuilder out, Value value, int depth) throws IOException {
    if (depth > DEEPEST || out.length() > LONGEST) {
      out.append('…');
      return;
    }
    if (value instanceof Value.Data data) {
      data(out, data);
    } else if (value instanceof Value.Tuple tuple) {
      out.append('(');
      elements(out, tuple.elements(), depth);
      boolean isDropped = tuple.elements().isEmpty() && tuple.weight() > 1;
      out.append(isDropped ? "…)" : tuple.elements().size() == 1 ? ",)" : ")");
    } else if (value instanceof Container container) {
      container(out, container, depth);
    } else if (value instanceof Reference reference) {
      out.append(((Meaning) reference.meaning()).shown());
    } else if (value instanceof Instance instance) {
      Meaning meaning = (Meaning) instance.meaning();
      out.append(meaning.shown()).append(meaning instanceof Meaning.Made ? "" : "(…)");
    }
  }

  private static void elements(StringBuilder out, List<Value> elements, int depth)
      throws IOException {
    for (int i = 0; i < elements.size(); i++) {
      if (i == MOST_ELEMENTS) {
        out.append(", …");
        return;
      }
      write(i == 0 ? out : out.append(", "), elements.get(i), depth + 1);
    }
  }

  private static void container(StringBuilder out, Container container, int depth)
      throws IOException {
    List<Value> notable = container.notable();
    boolean isDict = container.shape() == Container.Shape.DICT;
    boolean isList = container.shape() == Container.Shape.LIST;
    out.append(isList ? '[' : '{');
    for (int i = 0; i < notable.size(); i++) {
      out.append(i == 0 ? "" : isDict && i % 2 == 1 ? ": " : ", ");
      write(out, notable.get(i), depth + 1);
    }
    boolean isMore = container.weight() > 1;
    out.append(isMore ? notable.isEmpty() ? "…" : ", …" : "").append(isList ? ']' : '}');
  }

  private static void data(StringBuilder out, Value.Data data) throws IOException {
    switch (data.kind()) {
      case NONE -> out.append("None");
      case TRUE -> out.append("True");
      case FALSE -> out.append("False");
      case INT -> out.append(data.number());
      case LONG -> out.append("<long>");
      case FLOAT -> out.append("<float>");
      case TEXT, STRING -> quoted(out, data);
      case BYTES -> quoted(out.append('b'), data);
      case BYTEARRAY -> {
        quoted(out.append("bytearray(b"), data);
        out.append(')');
      }
      case TUPLE -> out.append("(…)");
    }
  }

  private static void quoted(StringBuilder out, Value.Data data) throws IOException {
    String text = data.text(4 * LONGEST_TEXT);
    String shown = Printable.of(text == null ? "" : text, LONGEST_TEXT);
    char quote = shown.indexOf('\'') >= 0 && shown.indexOf('"') < 0 ? '"' : '\''; // as Python does
    out.append(quote).append(quote == '"' ? shown : shown.replace("'", "\\'")).append(quote);
  }
}
