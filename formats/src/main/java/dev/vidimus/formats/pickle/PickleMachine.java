package dev.vidimus.formats.pickle;

import static dev.vidimus.formats.pickle.PackedValue.NODE;

import dev.vidimus.artifact.Budget;
import dev.vidimus.artifact.ByteCursor;
import dev.vidimus.artifact.Bytes;
import dev.vidimus.artifact.FormatException;
import dev.vidimus.formats.pickle.PickleVisitor.Call;
import dev.vidimus.formats.pickle.PickleVisitor.Following;
import dev.vidimus.formats.pickle.PickleVisitor.Oddity;
import dev.vidimus.formats.pickle.Value.Container;
import dev.vidimus.formats.pickle.Value.Container.Shape;
import dev.vidimus.formats.pickle.Value.Foreign;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Tuple;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An unpickler without effects: moves stack, marks and memo of one stream exactly as CPython does,
/// and tells a [PickleVisitor] of everything that is more than plain data.
///
/// Time is proportional to the opcodes, memory to the live stack and memo; both are bounded. Where
/// every loader would fail, [#run()] fails with the reason, and what was told before stands: it has
/// happened by then. Where only some loaders would fail it goes on.
public final class PickleMachine {
  private static final int HIGHEST_PROTOCOL = 5;

  /// Live values (stack and memo) of one stream; a longer stream is not examined to its end.
  private static final int MOST_VALUES = 12_000_000;

  private static final int MOST_STREAM_DEPTH = 16;
  private static final int STEPS_AT_ONCE = 1 << 16;
  private static final int MOST_ELEMENTS = 64;
  private static final int SHORTEST_EMBEDDED = 16;
  private static final double HUGE_WEIGHT = 1e9;
  private static final double HUGE_WEIGHT_PER_OPCODE = 1e5;

  private final ByteCursor cursor;
  private final Bytes source;
  private final PickleVisitor visitor;
  private final TextOperands texts;
  private final Budget budget;
  private final int stepsAtOnce;
  private final int streamDepth;

  private final ValueStack stack = new ValueStack();
  private final Memo memo = new Memo();
  private final RecentTuples recentTuples = new RecentTuples();

  private long at;
  private long opcodes;
  private int protocol;
  private long frameEnd = Long.MAX_VALUE;
  private boolean saidExpansion;

  /// @param cursor stands at the first opcode; after [#run()] it stands behind the `STOP`
  /// @param visitor is told what would happen
  /// @param budget bounds the number of opcodes
  public PickleMachine(ByteCursor cursor, PickleVisitor visitor, Budget budget) {
    this(cursor, visitor, budget, STEPS_AT_ONCE, 0);
  }

  /// @param stepsAtOnce after so many opcodes the budget is asked again
  PickleMachine(ByteCursor cursor, PickleVisitor visitor, Budget budget, int stepsAtOnce) {
    this(cursor, visitor, budget, stepsAtOnce, 0);
  }

  private PickleMachine(
      ByteCursor cursor, PickleVisitor visitor, Budget budget, int stepsAtOnce, int streamDepth) {
    this.cursor = cursor;
    this.source = cursor.bytes();
    this.visitor = visitor;
    this.texts = new TextOperands(cursor, visitor);
    this.budget = budget;
    this.stepsAtOnce = stepsAtOnce;
    this.streamDepth = streamDepth;
  }

  /// Opcodes that were passed so far, `STOP` included.
  public long opcodes() {
    return opcodes;
  }

  /// Runs the stream to its `STOP`.
  ///
  /// @return what the loader would return
  /// @throws FormatException where every loader would fail, or where a limit ends the examination
  public Value run() throws IOException, FormatException {
    long paid = 0;
    try {
      while (true) {
        for (int i = 0; i < stepsAtOnce; i++) {
          at = cursor.position();
          int opcode = cursor.u8("opcode");
          opcodes++;
          if (opcode == Opcode.STOP) {
            need(1, "STOP");
            return value(stack.size - 1);
          }
          step(opcode);
          if (cursor.position() >= frameEnd) {
            endFrame();
          }
        }
        budget.takeOpcodes(cursor.where("opcode"), at, opcodes - paid);
        paid = opcodes;
        requireMemory();
      }
    } finally {
      budget.spendOpcodes(opcodes - paid);
    }
  }

  private void requireMemory() throws FormatException {
    if (stack.size + memo.count() + stack.markCount() > MOST_VALUES) {
      throw new FormatException.LimitExceeded(
          cursor.where("opcode"), at, "more than " + MOST_VALUES + " live values");
    }
  }

  // Hot opcodes first and short, so that the compiler keeps this method whole.
  private void step(int opcode) throws IOException, FormatException {
    switch (opcode) {
      case Opcode.BINPUT -> put(cursor.u8("BINPUT index"));
      case Opcode.MEMOIZE -> put(memo.count());
      case Opcode.BINGET -> get(cursor.u8("BINGET index"));
      case Opcode.LONG_BINPUT -> put(cursor.u32("LONG_BINPUT index"));
      case Opcode.LONG_BINGET -> get(cursor.u32("LONG_BINGET index"));
      case Opcode.SHORT_BINUNICODE -> text(PackedValue.TEXT, cursor.u8("SHORT_BINUNICODE length"));
      case Opcode.BINUNICODE -> text(PackedValue.TEXT, cursor.u32("BINUNICODE length"));
      case Opcode.BININT1 -> push(PackedValue.INT, cursor.u8("BININT1"));
      case Opcode.BININT2 -> push(PackedValue.INT, cursor.u16("BININT2"));
      case Opcode.BININT -> push(PackedValue.INT, cursor.i32("BININT"));
      case Opcode.BINFLOAT -> {
        cursor.skip("BINFLOAT", Double.BYTES);
        push(PackedValue.FLOAT, at);
      }
      case Opcode.NONE -> push(PackedValue.NONE, 0);
      case Opcode.NEWTRUE -> push(PackedValue.TRUE, 0);
      case Opcode.NEWFALSE -> push(PackedValue.FALSE, 0);
      case Opcode.MARK -> stack.mark();
      case Opcode.EMPTY_LIST -> pushNode(new Container(Shape.LIST));
      case Opcode.EMPTY_DICT -> pushNode(new Container(Shape.DICT));
      case Opcode.EMPTY_SET -> pushNode(new Container(Shape.SET));
      case Opcode.EMPTY_TUPLE -> tuple(stack.size);
      case Opcode.TUPLE1 -> tupleOfTop(1, "TUPLE1");
      case Opcode.TUPLE2 -> tupleOfTop(2, "TUPLE2");
      case Opcode.TUPLE3 -> tupleOfTop(3, "TUPLE3");
      case Opcode.TUPLE -> tuple(popMark("TUPLE"));
      case Opcode.APPEND -> {
        need(2, "APPEND");
        append(stack.size - 1, "APPEND");
      }
      case Opcode.APPENDS -> append(popMark("APPENDS"), "APPENDS");
      case Opcode.SETITEM -> {
        need(3, "SETITEM");
        setItems(stack.size - 2, "SETITEM");
      }
      case Opcode.SETITEMS -> setItems(popMark("SETITEMS"), "SETITEMS");
      default -> stepRare(opcode);
    }
  }

  private void stepRare(int opcode) throws IOException, FormatException {
    switch (opcode) {
      case Opcode.PROTO -> proto();
      case Opcode.FRAME -> frame();
      case Opcode.POP -> pop();
      case Opcode.POP_MARK -> stack.cut(popMark("POP_MARK"));
      case Opcode.DUP -> {
        need(1, "DUP");
        stack.push(stack.bits[stack.size - 1], stack.nodes[stack.size - 1]);
      }
      case Opcode.SHORT_BINBYTES -> bytes(PackedValue.BYTES, cursor.u8("SHORT_BINBYTES length"));
      case Opcode.BINBYTES -> bytes(PackedValue.BYTES, cursor.u32("BINBYTES length"));
      case Opcode.BINBYTES8 -> bytes(PackedValue.BYTES, cursor.i64("BINBYTES8 length"));
      case Opcode.BYTEARRAY8 -> bytes(PackedValue.BYTEARRAY, cursor.i64("BYTEARRAY8 length"));
      case Opcode.SHORT_BINSTRING -> bytes(PackedValue.STRING, cursor.u8("SHORT_BINSTRING length"));
      case Opcode.BINSTRING -> bytes(PackedValue.STRING, signedLength("BINSTRING length"));
      case Opcode.BINUNICODE8 -> text(PackedValue.TEXT, cursor.i64("BINUNICODE8 length"));
      case Opcode.LONG1 -> longNumber(cursor.u8("LONG1 length"));
      case Opcode.LONG4 -> longNumber(signedLength("LONG4 length"));
      case Opcode.LIST -> listFrom(popMark("LIST"));
      case Opcode.DICT -> dictFrom(popMark("DICT"));
      case Opcode.FROZENSET -> frozenSetFrom(popMark("FROZENSET"));
      case Opcode.ADDITEMS -> addItems(popMark("ADDITEMS"));
      case Opcode.INT -> intLine();
      case Opcode.LONG -> longLine();
      case Opcode.FLOAT -> floatLine();
      case Opcode.STRING -> textLine(PackedValue.STRING, "STRING");
      case Opcode.UNICODE -> textLine(PackedValue.TEXT, "UNICODE");
      case Opcode.PUT -> put(texts.index("PUT index", at));
      case Opcode.GET -> get(texts.index("GET index", at));
      default -> stepEffect(opcode);
    }
  }

  private void stepEffect(int opcode) throws IOException, FormatException {
    switch (opcode) {
      case Opcode.GLOBAL -> {
        String module = texts.name("GLOBAL module", at);
        pushNode(visitor.reference(at, module, texts.name("GLOBAL name", at), protocol));
      }
      case Opcode.STACK_GLOBAL -> stackGlobal();
      case Opcode.REDUCE -> {
        need(2, "REDUCE");
        call(Call.REDUCE, stack.size - 2, "REDUCE");
      }
      case Opcode.NEWOBJ -> {
        need(2, "NEWOBJ");
        call(Call.NEWOBJ, stack.size - 2, "NEWOBJ");
      }
      case Opcode.NEWOBJ_EX -> {
        need(3, "NEWOBJ_EX");
        call(Call.NEWOBJ, stack.size - 3, "NEWOBJ_EX");
      }
      case Opcode.OBJ -> obj();
      case Opcode.INST -> inst();
      case Opcode.BUILD -> build();
      case Opcode.PERSID -> {
        cursor.skipLine("PERSID", Long.MAX_VALUE);
        pushNode(visitor.persistent(at, data(PackedValue.of(PackedValue.TEXT, at))));
      }
      case Opcode.BINPERSID -> {
        need(1, "BINPERSID");
        Value id = value(stack.size - 1);
        stack.cut(stack.size - 1);
        pushNode(visitor.persistent(at, id));
      }
      case Opcode.EXT1 -> pushNode(visitor.extension(at, cursor.u8("EXT1 code"), protocol));
      case Opcode.EXT2 -> pushNode(visitor.extension(at, cursor.u16("EXT2 code"), protocol));
      case Opcode.EXT4 -> pushNode(visitor.extension(at, cursor.i32("EXT4 code"), protocol));
      case Opcode.NEXT_BUFFER -> pushNode(visitor.buffer(at));
      case Opcode.READONLY_BUFFER -> need(1, "READONLY_BUFFER");
      default -> throw malformed("opcode", String.format("0x%02x is no pickle opcode", opcode));
    }
  }

  // ---- protocol and frames

  private void proto() throws IOException, FormatException {
    int version = cursor.u8("PROTO version");
    if (version > HIGHEST_PROTOCOL) {
      throw malformed("PROTO version", "protocol " + version + " does not exist");
    }
    if (opcodes > 1) {
      visitor.oddity(at, Oddity.LATE_PROTO, "PROTO " + version + " after other opcodes");
    }
    protocol = version;
  }

  private void frame() throws IOException, FormatException {
    long length = cursor.i64("FRAME length");
    if (frameEnd != Long.MAX_VALUE && length != 0) {
      visitor.oddity(at, Oddity.FRAME_SPLITS_OPCODE, "FRAME inside another frame");
    }
    if (Long.compareUnsigned(length, cursor.remaining()) > 0) {
      visitor.oddity(
          at,
          Oddity.FRAME_SPLITS_OPCODE,
          "FRAME declares "
              + Long.toUnsignedString(length)
              + " bytes but "
              + cursor.remaining()
              + " follow: the C unpickler refuses, the Python one reads on");
      frameEnd = Long.MAX_VALUE;
    } else {
      frameEnd = length == 0 ? Long.MAX_VALUE : cursor.position() + length;
    }
  }

  private void endFrame() {
    if (cursor.position() > frameEnd) {
      visitor.oddity(
          at,
          Oddity.FRAME_SPLITS_OPCODE,
          "a FRAME ends inside an opcode: the C unpickler reads on, the Python one refuses");
    }
    frameEnd = Long.MAX_VALUE;
  }

  // ---- stack and memo

  private void push(int kind, long payload) {
    stack.push(PackedValue.of(kind, payload), null);
  }

  private void pushNode(Value node) {
    stack.push(NODE, node);
  }

  private void need(int count, String opcode) throws FormatException {
    if (stack.depth() < count) {
      throw malformed(opcode, "needs " + count + " values but the stack holds " + stack.depth());
    }
  }

  private int popMark(String opcode) throws FormatException {
    if (!stack.hasMark()) {
      throw malformed(opcode, "needs a MARK but there is none");
    }
    return stack.popMark();
  }

  private void pop() throws FormatException {
    if (stack.depth() > 0) {
      stack.cut(stack.size - 1);
    } else if (stack.hasMark()) {
      stack.popMark();
    } else {
      throw malformed("POP", "the stack is empty");
    }
  }

  private void put(long index) throws FormatException {
    need(1, "PUT");
    if (index > opcodes + 1_000_000) {
      visitor.oddity(at, Oddity.HUGE_MEMO_INDEX, "memo index " + index);
    }
    memo.put(index, stack.bits[stack.size - 1], stack.nodes[stack.size - 1]);
    if (memo.isFull()) {
      throw new FormatException.LimitExceeded(
          cursor.where("PUT"), at, "too many memo indices far apart");
    }
  }

  private void get(long index) throws FormatException {
    long bits = memo.bits(index);
    if (bits == 0) {
      throw malformed("GET", "the memo has no value at index " + index);
    }
    stack.push(bits, PackedValue.kind(bits) == NODE ? memo.node(index) : null);
  }

  private Value value(int i) {
    Value node = stack.nodes[i];
    return node != null ? node : data(stack.bits[i]);
  }

  private Value data(long bits) {
    return PackedValue.kind(bits) == PackedValue.TUPLE
        ? recentTuples.tuple(bits, source)
        : PackedValue.data(bits, source);
  }

  private static int traits(@Nullable Value node) {
    return node == null ? Traits.NONE : node.traits();
  }

  private double weight(int i) {
    Value node = stack.nodes[i];
    return node == null ? PackedValue.weight(stack.bits[i]) : node.weight();
  }

  // ---- plain data

  private void text(int kind, long length) throws IOException, FormatException {
    cursor.proved("string length", at, length, Long.MAX_VALUE);
    int first = length > 4 ? cursor.peek(0) : 0;
    boolean isDunder = first == '_' && cursor.peek(1) == '_';
    boolean isEncoded = length >= SHORTEST_EMBEDDED && isEncodedPickle(first);
    cursor.skip("string", length);
    long bits = PackedValue.text(kind, at, isDunder);
    stack.push(bits, null);
    if (isEncoded) {
      visitor.embedded(at, PackedValue.data(bits, source));
    }
  }

  private void bytes(int kind, long length) throws IOException, FormatException {
    cursor.proved("bytes length", at, length, Long.MAX_VALUE);
    int first = length > 4 ? cursor.peek(0) : 0;
    boolean isDunder = first == '_' && cursor.peek(1) == '_';
    boolean isPickle =
        length >= SHORTEST_EMBEDDED && (first == Opcode.PROTO || isEncodedPickle(first));
    cursor.skip("bytes", length);
    long bits = PackedValue.text(kind, at, isDunder);
    stack.push(bits, null);
    if (isPickle) {
      visitor.embedded(at, PackedValue.data(bits, source));
    }
  }

  /// The beginning of a pickle of protocol 2 or above, written as base64 or hex. Every string is
  /// asked, so the first character decides nearly always.
  private boolean isEncodedPickle(int first) throws IOException {
    return switch (first) {
      case 'g' -> cursor.peek(1) == 'A' && cursor.peek(2) >= 'I' && cursor.peek(2) <= 'X';
      case '8' -> cursor.peek(1) == '0' && cursor.peek(2) == '0';
      default -> false;
    };
  }

  private long signedLength(String field) throws IOException, FormatException {
    int length = cursor.i32(field);
    if (length < 0) {
      throw malformed(field, "is negative: " + length);
    }
    return length;
  }

  private void longNumber(long length) throws IOException, FormatException {
    cursor.proved("LONG length", at, length, Long.MAX_VALUE);
    if (length > Integer.BYTES) {
      cursor.skip("LONG", length);
      push(PackedValue.LONG, at);
      return;
    }
    long number = 0;
    for (int shift = 0; shift < 8 * length; shift += 8) {
      number |= (long) cursor.u8("LONG") << shift;
    }
    int unused = Long.SIZE - 8 * (int) length;
    push(PackedValue.INT, length == 0 ? 0 : number << unused >> unused);
  }

  private void textLine(int kind, String opcode) throws IOException, FormatException {
    int quote = kind == PackedValue.STRING ? 1 : 0;
    int first = cursor.peek(quote);
    // An escape may hide an underscore, so it counts as one.
    boolean mayBeDunder = (first == '_' && cursor.peek(quote + 1) == '_') || first == '\\';
    cursor.skipLine(opcode, Long.MAX_VALUE);
    stack.push(PackedValue.text(kind, at, mayBeDunder), null);
  }

  private void intLine() throws IOException, FormatException {
    String line = texts.numberLine("INT", at);
    if (line.equals("00") || line.equals("01")) {
      push(line.equals("01") ? PackedValue.TRUE : PackedValue.FALSE, 0);
    } else {
      pushNumber(texts.number("INT", at, line));
    }
  }

  private void longLine() throws IOException, FormatException {
    pushNumber(texts.number("LONG", at, texts.numberLine("LONG", at)));
  }

  private void pushNumber(long number) {
    if (PackedValue.fitsInt(number)) {
      push(PackedValue.INT, number);
    } else {
      push(PackedValue.LONG, at);
    }
  }

  private void floatLine() throws IOException, FormatException {
    if (!TextNumber.isFloat(texts.numberLine("FLOAT", at))) {
      throw malformed("FLOAT", "is no number");
    }
    push(PackedValue.FLOAT, at);
  }

  // ---- containers

  private void tupleOfTop(int count, String opcode) throws FormatException {
    need(count, opcode);
    tuple(stack.size - count);
  }

  private void tuple(int from) {
    int count = stack.size - from;
    int traits = Traits.NONE;
    double weight = 1;
    boolean isPlain = true;
    for (int i = from; i < stack.size; i++) {
      Value node = stack.nodes[i];
      if (node == null) {
        weight += PackedValue.weight(stack.bits[i]);
      } else {
        isPlain = false;
        traits |= node.traits();
        weight += node.weight();
      }
    }
    watchWeight(weight);
    if (isPlain) {
      long serial = recentTuples.add(stack.bits, from, count);
      stack.size = from; // no node to let go of
      stack.push(PackedValue.tuple(count, weight, serial), null);
    } else {
      Tuple tuple = new Tuple(elements(from, count), traits, weight);
      stack.cut(from);
      pushNode(tuple);
    }
  }

  // Elements are kept for judging arguments; long or deeply nested tuples are data, and keeping
  // them would let a short stream hold on to a lot of memory.
  private List<Value> elements(int from, int count) {
    if (count > MOST_ELEMENTS) {
      return List.of();
    }
    List<Value> elements = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      Value element = value(i);
      boolean isDeep =
          element instanceof Tuple inner
              && inner.elements().stream().anyMatch(Tuple.class::isInstance);
      elements.add(isDeep ? new Tuple(List.of(), element.traits(), element.weight()) : element);
    }
    return elements;
  }

  private void watchWeight(double weight) {
    if (weight > HUGE_WEIGHT && weight > HUGE_WEIGHT_PER_OPCODE * opcodes && !saidExpansion) {
      saidExpansion = true;
      visitor.oddity(
          at,
          Oddity.EXPANSION,
          String.format("%.0e values by sharing, after %d opcodes", weight, opcodes));
    }
  }

  private void put(Container container, int i) {
    Value node = stack.nodes[i];
    if (node == null) {
      container.addPlain(PackedValue.weight(stack.bits[i]));
    } else {
      container.add(node.traits(), node.weight());
      if (node.traits() != Traits.NONE && container.wantsNotes()) {
        container.note(node);
      }
    }
  }

  private void putEntry(Container container, int i, boolean captures) {
    Value key = stack.nodes[i];
    Value content = stack.nodes[i + 1];
    if (key == null && content == null) {
      container.addPlain(1 + PackedValue.weight(stack.bits[i + 1]));
    } else {
      int traits = traits(key) | traits(content);
      if (isHook(stack.bits[i], key, traits(content))) {
        traits |= Traits.HOOK;
      }
      container.add(traits, weight(i) + weight(i + 1));
      if (traits != Traits.NONE && container.wantsNotes()) {
        container.note(value(i));
        container.note(value(i + 1));
      }
    }
    if (captures) {
      container.capture(value(i), value(i + 1));
    }
  }

  /// Whether an entry could be an attribute that Python calls by itself. A key that a call returned
  /// may be any text, so under it a callable is enough.
  private static boolean isHook(long keyBits, @Nullable Value key, int content) {
    if (key == null) {
      return content != Traits.NONE && PackedValue.isDunder(keyBits);
    }
    int callable = Traits.FUNCTION | Traits.UNKNOWN | Traits.DANGEROUS;
    return key instanceof Instance && Traits.any(content, callable);
  }

  private void listFrom(int from) throws IOException {
    Container list = new Container(Shape.LIST);
    tellItems(list, from);
    for (int i = from; i < stack.size; i++) {
      put(list, i);
    }
    replace(from, list);
  }

  private void frozenSetFrom(int from) {
    Container set = new Container(Shape.FROZENSET);
    for (int i = from; i < stack.size; i++) {
      put(set, i);
    }
    replace(from, set);
  }

  private void dictFrom(int from) throws IOException, FormatException {
    requirePairs(from, "DICT");
    Container dict = new Container(Shape.DICT);
    tellPairs(dict, from);
    boolean captures = visitor.capturesEntries();
    for (int i = from; i < stack.size; i += 2) {
      putEntry(dict, i, captures);
    }
    replace(from, dict);
  }

  private void tellItems(Value target, int from) throws IOException {
    if (visitor.hearsItems()) {
      for (int i = from; i < stack.size; i++) {
        visitor.item(target, null, value(i));
      }
    }
  }

  private void tellPairs(Value target, int from) throws IOException {
    if (visitor.hearsItems()) {
      for (int i = from; i < stack.size; i += 2) {
        visitor.item(target, value(i), value(i + 1));
      }
    }
  }

  private void replace(int from, Container container) {
    watchWeight(container.weight());
    stack.cut(from);
    pushNode(container);
  }

  private void requirePairs(int from, String opcode) throws FormatException {
    if ((stack.size - from) % 2 != 0) {
      throw malformed(opcode, "has a key without a value");
    }
  }

  private void append(int from, String opcode) throws IOException, FormatException {
    Value target = target(from, opcode);
    tellItems(target, from);
    if (target instanceof Container list && list.shape() == Shape.LIST) {
      for (int i = from; i < stack.size; i++) {
        put(list, i);
      }
      watchWeight(list.weight());
    } else {
      fill("append", target, from, opcode);
    }
    stack.cut(from);
  }

  private void addItems(int from) throws IOException, FormatException {
    Value target = target(from, "ADDITEMS");
    if (target instanceof Container set && set.shape() == Shape.SET) {
      for (int i = from; i < stack.size; i++) {
        put(set, i);
      }
      watchWeight(set.weight());
    } else {
      fill("add", target, from, "ADDITEMS");
    }
    stack.cut(from);
  }

  private void setItems(int from, String opcode) throws IOException, FormatException {
    requirePairs(from, opcode);
    Value target = target(from, opcode);
    tellPairs(target, from);
    if (target instanceof Container dict && dict.shape() == Shape.DICT) {
      boolean captures = visitor.capturesEntries();
      for (int i = from; i < stack.size; i += 2) {
        putEntry(dict, i, captures);
      }
      watchWeight(dict.weight());
    } else {
      fill("__setitem__", target, from, opcode);
    }
    stack.cut(from);
  }

  private Value target(int from, String opcode) throws FormatException {
    if (stack.depth() - (stack.size - from) < 1) {
      throw malformed(opcode, "has no container to fill");
    }
    return value(from - 1);
  }

  private void fill(String method, Value target, int from, String opcode)
      throws IOException, FormatException {
    int traits = Traits.NONE;
    for (int i = from; i < stack.size; i++) {
      traits |= traits(stack.nodes[i]);
    }
    if (target instanceof Foreign foreign) {
      visitor.fill(at, method, foreign, traits);
    } else if (target instanceof Container list
        && list.shape() == Shape.LIST
        && method.equals("__setitem__")) {
      list.add(traits, 0); // a list takes items by position
    } else if (!(target instanceof Value.Data data) || data.kind() != Value.Kind.BYTEARRAY) {
      throw malformed(opcode, "fills something that takes no such items");
    }
  }

  // ---- effects

  private void stackGlobal() throws IOException, FormatException {
    need(2, "STACK_GLOBAL");
    Value module = value(stack.size - 2);
    Value name = value(stack.size - 1);
    stack.cut(stack.size - 2);
    if (isText(module) && isText(name)) {
      pushNode(visitor.reference(at, nameOf(module), nameOf(name), protocol));
    } else {
      pushNode(visitor.computed(at, module, name));
    }
  }

  private static boolean isText(Value value) {
    return value instanceof Value.Data data
        && (data.kind() == Value.Kind.TEXT || data.kind() == Value.Kind.STRING);
  }

  private static String nameOf(Value value) throws IOException {
    String text = value instanceof Value.Data data ? data.text(TextOperands.LONGEST_NAME) : null;
    return text == null ? "" : text;
  }

  private void call(Call how, int from, String opcode) throws IOException, FormatException {
    if (!(value(from) instanceof Foreign callee)) {
      throw malformed(opcode, "calls plain data");
    }
    Value arguments = value(from + 1);
    Value keywords = from + 2 < stack.size ? value(from + 2) : none();
    stack.cut(from);
    pushNode(visitor.call(at, how, callee, arguments, keywords));
  }

  private void obj() throws IOException, FormatException {
    int from = popMark("OBJ");
    if (stack.size - from < 1) {
      throw malformed("OBJ", "has no class");
    }
    tuple(from + 1);
    call(Call.OBJ, from, "OBJ");
  }

  private void inst() throws IOException, FormatException {
    String module = texts.name("INST module", at);
    Foreign callee = visitor.reference(at, module, texts.name("INST name", at), protocol);
    int from = popMark("INST");
    tuple(from);
    Value arguments = value(from);
    stack.cut(from);
    pushNode(visitor.call(at, Call.OBJ, callee, arguments, none()));
  }

  private Value none() {
    return PackedValue.data(PackedValue.of(PackedValue.NONE, 0), source);
  }

  private void build() throws IOException, FormatException {
    need(2, "BUILD");
    Value target = value(stack.size - 2);
    Value state = value(stack.size - 1);
    stack.cut(stack.size - 1);
    if (!(target instanceof Foreign foreign)) {
      return; // no plain value has __setstate__ or attributes: loaders fail here, or do nothing
    }
    Following following = visitor.build(at, foreign, state);
    if (following instanceof Following.RawArray array) {
      skipArray(array);
    } else if (following instanceof Following.Stream) {
      runNested();
    }
  }

  private void skipArray(Following.RawArray array) throws IOException, FormatException {
    if (array.padded()) {
      cursor.skip("array padding", cursor.u8("array padding length"));
    }
    cursor.skip("array data", array.length());
    frameEnd = Long.MAX_VALUE;
  }

  private void runNested() throws IOException, FormatException {
    if (streamDepth == MOST_STREAM_DEPTH) {
      throw new FormatException.LimitExceeded(
          cursor.where("nested stream"), at, "streams nested deeper than " + MOST_STREAM_DEPTH);
    }
    PickleMachine nested = new PickleMachine(cursor, visitor, budget, stepsAtOnce, streamDepth + 1);
    nested.run();
    frameEnd = Long.MAX_VALUE;
  }

  private FormatException.Malformed malformed(String field, String problem) {
    return new FormatException.Malformed(cursor.where(field), at, problem);
  }
}
