package dev.vidimus.formats.rds;

import static dev.vidimus.formats.rds.RdsType.ALTERNATIVE;
import static dev.vidimus.formats.rds.RdsType.BASE_ENVIRONMENT;
import static dev.vidimus.formats.rds.RdsType.BASE_NAMESPACE;
import static dev.vidimus.formats.rds.RdsType.BUILTIN;
import static dev.vidimus.formats.rds.RdsType.BYTECODE;
import static dev.vidimus.formats.rds.RdsType.CALL;
import static dev.vidimus.formats.rds.RdsType.CALL_WITH_ATTRIBUTES;
import static dev.vidimus.formats.rds.RdsType.CHARACTERS;
import static dev.vidimus.formats.rds.RdsType.CLOSURE;
import static dev.vidimus.formats.rds.RdsType.COMPLEX;
import static dev.vidimus.formats.rds.RdsType.DOTS;
import static dev.vidimus.formats.rds.RdsType.EMPTY_ENVIRONMENT;
import static dev.vidimus.formats.rds.RdsType.ENVIRONMENT;
import static dev.vidimus.formats.rds.RdsType.EXPRESSIONS;
import static dev.vidimus.formats.rds.RdsType.GLOBAL_ENVIRONMENT;
import static dev.vidimus.formats.rds.RdsType.INTEGER;
import static dev.vidimus.formats.rds.RdsType.LIST;
import static dev.vidimus.formats.rds.RdsType.LOGICAL;
import static dev.vidimus.formats.rds.RdsType.MISSING_ARGUMENT;
import static dev.vidimus.formats.rds.RdsType.NAMESPACE;
import static dev.vidimus.formats.rds.RdsType.NULL;
import static dev.vidimus.formats.rds.RdsType.PACKAGE;
import static dev.vidimus.formats.rds.RdsType.PAIRS;
import static dev.vidimus.formats.rds.RdsType.PAIRS_WITH_ATTRIBUTES;
import static dev.vidimus.formats.rds.RdsType.PERSISTENT;
import static dev.vidimus.formats.rds.RdsType.POINTER;
import static dev.vidimus.formats.rds.RdsType.PROMISE;
import static dev.vidimus.formats.rds.RdsType.RAW;
import static dev.vidimus.formats.rds.RdsType.REAL;
import static dev.vidimus.formats.rds.RdsType.REFERENCE;
import static dev.vidimus.formats.rds.RdsType.S4;
import static dev.vidimus.formats.rds.RdsType.SHARED_CODE;
import static dev.vidimus.formats.rds.RdsType.SHARED_CODE_DEFINITION;
import static dev.vidimus.formats.rds.RdsType.SPECIAL;
import static dev.vidimus.formats.rds.RdsType.STRINGS;
import static dev.vidimus.formats.rds.RdsType.SYMBOL;
import static dev.vidimus.formats.rds.RdsType.UNBOUND;
import static dev.vidimus.formats.rds.RdsType.WEAK_REFERENCE;

import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.rds.RdsListener.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Reads one stream. Objects are passed over as they come; only the names of symbols are kept,
/// because a stream refers to them by number.
public final class RdsReader {
  private static final int DEEPEST = 400;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_ENCODING = 64;
  private static final String FIELD = "object";

  private static final int HAS_ATTRIBUTES = 1 << 9;
  private static final int HAS_TAG = 1 << 10;

  private final RdsInput input;
  private final RdsListener listener;
  private final List<String> references = new ArrayList<>();
  private int depth;

  private RdsReader(RdsInput input, RdsListener listener) {
    this.input = input;
    this.listener = listener;
  }

  /// Reads the one object of a stream; R does not look at what follows it.
  ///
  /// @param source its name in errors
  /// @throws FormatException at the first thing that is not as R writes it, or over a limit
  public static void read(Bytes bytes, String source, RdsListener listener)
      throws IOException, FormatException {
    ByteCursor cursor = new ByteCursor(bytes, source);
    if (cursor.peek() == 'R') {
      cursor.skip("file type", 5); // of `save`: RDX3 and a line end
    }
    int encoding = cursor.u8("encoding");
    cursor.u8("encoding");
    RdsInput input =
        new RdsInput(
            cursor,
            switch (encoding) {
              case 'X' -> RdsInput.Encoding.XDR;
              case 'B' -> RdsInput.Encoding.NATIVE;
              case 'A' -> RdsInput.Encoding.ASCII;
              default -> throw cursor.malformed("encoding", "is " + encoding);
            });
    int version = input.integer("version");
    input.integer("version of the writer");
    input.integer("version of the reader");
    if (version == 3) {
      int length = input.integer("native encoding");
      if (length < 0 || length > LONGEST_ENCODING) {
        throw input.malformed("native encoding", "declares a name of " + length + " bytes");
      }
      input.text("native encoding", length, LONGEST_ENCODING);
    } else if (version != 2) {
      throw input.malformed("version", "is " + version);
    }
    new RdsReader(input, listener).item(Part.DATA, false);
  }

  /// What an object was, as far as the object around it asks.
  ///
  /// @param type of it
  /// @param name of a symbol; of a call of `::` its operands; otherwise empty
  private record Item(int type, String name) {
    static Item of(int type) {
      return new Item(type, "");
    }
  }

  /// @param isFrame whether the pairs are the variables of an environment
  private Item item(Part part, boolean isFrame) throws IOException, FormatException {
    return item(input.integer(FIELD), part, isFrame);
  }

  private Item item(int flags, Part part, boolean isFrame) throws IOException, FormatException {
    if (++depth > DEEPEST) {
      throw input.limit(FIELD, "objects nested deeper than " + DEEPEST);
    }
    Item item = object(flags, part, isFrame);
    depth--;
    return item;
  }

  private Item object(int flags, Part part, boolean isFrame) throws IOException, FormatException {
    int type = flags & 0xff;
    boolean hasAttributes = (flags & HAS_ATTRIBUTES) != 0;
    switch (type) {
      case NULL, GLOBAL_ENVIRONMENT, BASE_ENVIRONMENT, EMPTY_ENVIRONMENT -> {}
      case BASE_NAMESPACE, MISSING_ARGUMENT, UNBOUND -> {}
      case REFERENCE -> {
        return reference(flags >>> 8);
      }
      case SYMBOL -> {
        Item name = item(part, false);
        references.add(name.name());
        return new Item(type, name.name());
      }
      case PERSISTENT, PACKAGE, NAMESPACE -> {
        input.integer("names");
        items(input.length("names"), Part.DATA);
        references.add("");
      }
      case ENVIRONMENT -> {
        references.add("");
        input.integer("locked");
        item(Part.DATA, false); // around it
        item(Part.DATA, true);
        hashed();
        item(Part.DATA, false); // attributes
      }
      case PAIRS, DOTS, CALL, CLOSURE, PROMISE -> {
        return pairs(flags, part, isFrame);
      }
      case ALTERNATIVE -> {
        alternative(part);
      }
      case SPECIAL, BUILTIN -> {
        String name = input.text("function", input.length("function"), LONGEST_NAME);
        attributes(hasAttributes);
        return new Item(SYMBOL, name);
      }
      case CHARACTERS -> {
        String text = characters(part);
        attributes(hasAttributes);
        return new Item(type, text);
      }
      default -> {
        vector(type, part);
        attributes(hasAttributes);
      }
    }
    return Item.of(type);
  }

  private void attributes(boolean hasAttributes) throws IOException, FormatException {
    if (hasAttributes) {
      item(Part.DATA, false);
    }
  }

  private Item reference(int packed) throws IOException, FormatException {
    int index = packed == 0 ? input.integer("reference") : packed;
    if (index < 1 || index > references.size()) {
      throw input.malformed("reference", "is to object " + index + " of " + references.size());
    }
    String name = references.get(index - 1);
    return new Item(name.isEmpty() ? REFERENCE : SYMBOL, name);
  }

  /// The table of an environment: a list of frames.
  private void hashed() throws IOException, FormatException {
    int flags = input.integer("table");
    if ((flags & 0xff) != LIST) {
      item(flags, Part.DATA, true);
      return;
    }
    long count = input.length("table");
    for (long i = 0; i < count; i++) {
      item(Part.DATA, true);
    }
    attributes((flags & HAS_ATTRIBUTES) != 0);
  }

  /// Cells of a list, a call, a function or a promise, one after the other.
  private Item pairs(int flags, Part part, boolean isFrame) throws IOException, FormatException {
    int type = flags & 0xff;
    long start = input.position();
    if (type == PROMISE) {
      promise(flags, part, isFrame, start);
      return Item.of(type);
    }
    Part inside = type == CLOSURE && part != Part.PROMISE ? Part.FUNCTION : part;
    StringBuilder operands = new StringBuilder();
    boolean isFirst = true;
    int each = flags;
    while (isFirst || (type != CLOSURE && isCell(each & 0xff))) {
      attributes((each & HAS_ATTRIBUTES) != 0);
      if ((each & HAS_TAG) != 0) {
        item(type == CLOSURE ? Part.DATA : part, false);
      }
      // A value of a frame is a variable.
      Item value = binding(inside, isFrame);
      if (isFirst && type == CALL) {
        called(value, inside, start);
      }
      append(operands, value);
      isFirst = false;
      each = input.integer(FIELD);
    }
    if ((each & 0xff) != NULL) {
      item(each, inside, false); // the body of a function
    }
    return new Item(type, type == CALL ? operands.toString() : "");
  }

  private static boolean isCell(int type) {
    return type == PAIRS || type == DOTS;
  }

  private Item binding(Part part, boolean isFrame) throws IOException, FormatException {
    int flags = input.integer(FIELD);
    return item(flags, part, isFrame && (flags & 0xff) == PROMISE);
  }

  private void called(Item callee, Part part, long offset) {
    if (callee.type() == SYMBOL) {
      listener.call(callee.name(), part, offset);
    } else if (callee.type() == CALL && callee.name().startsWith("::")) {
      String[] words = callee.name().split(" ", -1); // `::` package function
      if (words.length == 3) {
        listener.call(words[1] + "::" + words[2], part, offset);
      }
    }
  }

  /// Environment, value and expression. Once there is a value the expression is history.
  private void promise(int flags, Part part, boolean isBinding, long start)
      throws IOException, FormatException {
    attributes((flags & HAS_ATTRIBUTES) != 0);
    if ((flags & HAS_TAG) != 0) {
      item(Part.DATA, false);
    }
    boolean isOpen = item(Part.DATA, false).type() == UNBOUND;
    if (isOpen) {
      listener.promise(isBinding, start);
    }
    item(isOpen ? Part.PROMISE : part, false);
  }

  private void alternative(Part part) throws IOException, FormatException {
    long start = input.position();
    int flags = input.integer("class");
    String name = "";
    if ((flags & 0xff) == PAIRS) {
      attributes((flags & HAS_ATTRIBUTES) != 0);
      if ((flags & HAS_TAG) != 0) {
        item(Part.DATA, false);
      }
      name = item(Part.DATA, false).name();
      item(Part.DATA, false);
    } else {
      item(flags, Part.DATA, false);
    }
    listener.alternative(name, start);
    item(part, false); // its state
    item(Part.DATA, false);
  }

  private String characters(Part part) throws IOException, FormatException {
    long start = input.position();
    int length = input.integer("text");
    if (length == -1) {
      return "NA";
    }
    if (length < 0) {
      throw input.malformed("text", "declares " + length + " bytes");
    }
    String text = input.text("text", length, LONGEST_NAME);
    if (part != Part.DATA && length <= LONGEST_NAME) {
      listener.text(text, part, start);
    }
    return text;
  }

  private void vector(int type, Part part) throws IOException, FormatException {
    switch (type) {
      case LOGICAL, INTEGER -> input.skip("numbers", input.length("numbers"), Integer.BYTES, 1);
      case REAL -> input.skip("numbers", input.length("numbers"), Double.BYTES, 1);
      case COMPLEX -> input.skip("numbers", input.length("numbers"), 2 * Double.BYTES, 2);
      case RAW -> input.skip("bytes", input.length("bytes"), 1, 1);
      case STRINGS, LIST -> items(input.length("elements"), part);
      case EXPRESSIONS -> items(input.length("expressions"), part);
      case POINTER -> {
        references.add("");
        item(part, false);
        item(part, false);
      }
      case WEAK_REFERENCE -> references.add("");
      case S4 -> {}
      case BYTECODE -> {
        input.integer("shared code");
        bytecode(part);
      }
      default -> throw input.malformed(FIELD, "has the type " + type);
    }
  }

  private void items(long count, Part part) throws IOException, FormatException {
    for (long i = 0; i < count; i++) {
      item(part, false);
    }
  }

  private void bytecode(Part part) throws IOException, FormatException {
    if (++depth > DEEPEST) {
      throw input.limit("bytecode", "objects nested deeper than " + DEEPEST);
    }
    item(part, false); // instructions
    long constants = input.length("constants");
    for (long i = 0; i < constants; i++) {
      int type = input.integer("constant");
      switch (type) {
        case BYTECODE -> bytecode(part);
        case CALL,
            PAIRS,
            SHARED_CODE,
            SHARED_CODE_DEFINITION,
            CALL_WITH_ATTRIBUTES,
            PAIRS_WITH_ATTRIBUTES ->
            source(type, part);
        default -> item(part, false);
      }
    }
    depth--;
  }

  /// The expression that bytecode was made from.
  private Item source(int given, Part part) throws IOException, FormatException {
    int type = given;
    if (type == SHARED_CODE) {
      input.integer("shared code");
      return Item.of(type);
    }
    if (type == SHARED_CODE_DEFINITION) {
      input.integer("shared code");
      type = input.integer("expression");
    }
    if (!isSource(type)) {
      return item(part, false);
    }
    if (++depth > DEEPEST) {
      throw input.limit("expression", "objects nested deeper than " + DEEPEST);
    }
    boolean isCall = type == CALL || type == CALL_WITH_ATTRIBUTES;
    long start = input.position();
    StringBuilder operands = new StringBuilder();
    for (boolean isFirst = true; isSource(type); isFirst = false) {
      attributes(type == CALL_WITH_ATTRIBUTES || type == PAIRS_WITH_ATTRIBUTES);
      item(part, false); // tag
      Item value = source(input.integer("expression"), part);
      if (isFirst && isCall) {
        called(value, part, start);
      }
      append(operands, value);
      type = input.integer("expression");
    }
    source(type, part);
    depth--;
    return new Item(isCall ? CALL : PAIRS, operands.toString());
  }

  private static boolean isSource(int type) {
    return type == CALL
        || type == PAIRS
        || type == CALL_WITH_ATTRIBUTES
        || type == PAIRS_WITH_ATTRIBUTES;
  }

  private static void append(StringBuilder operands, Item operand) {
    if (operands.length() < LONGEST_NAME) {
      operands.append(operands.isEmpty() ? "" : " ").append(operand.name());
    }
  }
}
