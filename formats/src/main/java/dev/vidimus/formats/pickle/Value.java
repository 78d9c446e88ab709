package dev.vidimus.formats.pickle;

import dev.vidimus.artifact.Bytes;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A value on the stack of a [PickleMachine].
public sealed interface Value {
  /// What the value is or holds: bits of [Traits].
  int traits();

  /// How many values a full traversal would visit, shared ones each time; at least 1.
  double weight();

  /// The kinds of plain data.
  enum Kind {
    NONE,
    TRUE,
    FALSE,
    INT,
    LONG,
    FLOAT,
    /// Unicode text.
    TEXT,
    /// A Python 2 string: text or bytes, as the loader decides.
    STRING,
    BYTES,
    BYTEARRAY,
    /// A tuple of plain data whose elements are no longer at hand.
    TUPLE
  }

  /// Plain data: no code can come of it. Its content is read again from the stream on demand.
  ///
  /// @param kind what it is
  /// @param number the value of an `INT`, the number of elements of a `TUPLE`, otherwise the offset
  ///     of the opcode that pushed it
  /// @param weight see [Value#weight()]
  /// @param source the stream
  record Data(Kind kind, long number, double weight, Bytes source) implements Value {
    @Override
    public int traits() {
      return Traits.NONE;
    }

    /// Text, string or bytes as characters, at most `most` of them; null for other kinds.
    public @Nullable String text(int most) throws IOException {
      return switch (kind) {
        case TEXT, STRING, BYTES, BYTEARRAY -> Operand.text(source, number, most);
        case NONE, TRUE, FALSE, INT, LONG, FLOAT, TUPLE -> null;
      };
    }

    /// The bytes of a string, bytes or bytearray, without copying; null for other kinds.
    public @Nullable Bytes content() throws IOException {
      return switch (kind) {
        case STRING, BYTES, BYTEARRAY -> Operand.content(source, number);
        case NONE, TRUE, FALSE, INT, LONG, FLOAT, TEXT, TUPLE -> null;
      };
    }
  }

  /// A tuple with its elements.
  ///
  /// @param elements in order
  /// @param traits of all elements
  /// @param weight see [Value#weight()]
  record Tuple(List<Value> elements, int traits, double weight) implements Value {
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /// A list, dictionary or set; it may still grow. The traits are those of everything put into it.
  final class Container implements Value {
    /// Which container.
    public enum Shape {
      LIST,
      DICT,
      SET,
      FROZENSET
    }

    private static final int MOST_NOTABLE = 8;
    private static final int MOST_ENTRIES = 32;

    private final Shape shape;
    private int traits;
    private double weight = 1;
    private @Nullable List<Value> notable;
    private @Nullable List<Value> entries;

    Container(Shape shape) {
      this.shape = shape;
    }

    /// Which container.
    public Shape shape() {
      return shape;
    }

    @Override
    public int traits() {
      return traits;
    }

    @Override
    public double weight() {
      return weight;
    }

    /// The first few elements (of a dictionary: keys and values in turn) that are more than plain
    /// data, for showing.
    public List<Value> notable() {
      return notable == null ? List.of() : List.copyOf(notable);
    }

    /// Keys and values in turn, if the visitor asked for them by
    /// [PickleVisitor#capturesEntries()]; otherwise empty.
    public List<Value> entries() {
      return entries == null ? List.of() : List.copyOf(entries);
    }

    void addPlain(double more) {
      weight += more;
    }

    void add(int moreTraits, double more) {
      traits |= moreTraits;
      weight += more;
    }

    void note(Value value) {
      if (notable == null) {
        notable = new ArrayList<>(2);
      }
      if (notable.size() < MOST_NOTABLE) {
        notable.add(value);
      }
    }

    boolean wantsNotes() {
      return notable == null || notable.size() < MOST_NOTABLE;
    }

    void capture(Value key, Value value) {
      if (entries == null) {
        entries = new ArrayList<>();
      }
      if (entries.size() < 2 * MOST_ENTRIES) {
        entries.add(key);
        entries.add(value);
      }
    }
  }

  /// More than data: what it is only the visitor knows, who gave it its meaning.
  sealed interface Foreign extends Value {
    /// What the visitor made of it.
    Object meaning();
  }

  /// Something imported: `module` and `name` as the stream spells them.
  ///
  /// @param at offset of the opcode
  /// @param module for example `collections`; empty if it was computed while loading
  /// @param name for example `OrderedDict`, perhaps dotted; empty if it was computed while loading
  /// @param meaning what the visitor made of it
  /// @param traits as the visitor says
  record Reference(long at, String module, String name, Object meaning, int traits)
      implements Foreign {
    @Override
    public double weight() {
      return 1;
    }

    /// Module and name with a dot between.
    public String path() {
      return module + "." + name;
    }
  }

  /// The result of a call, a persistent id or a buffer; it may still be built.
  final class Instance implements Foreign {
    private final long at;
    private final Object meaning;
    private int traits;

    /// @param at offset of the opcode that made it
    /// @param meaning what the visitor knows of it
    /// @param traits as the visitor says
    public Instance(long at, Object meaning, int traits) {
      this.at = at;
      this.meaning = meaning;
      this.traits = traits;
    }

    /// Offset of the opcode that made it.
    public long at() {
      return at;
    }

    @Override
    public Object meaning() {
      return meaning;
    }

    @Override
    public int traits() {
      return traits;
    }

    /// Adds traits of what was put into it later.
    public void add(int more) {
      traits |= more;
    }

    @Override
    public double weight() {
      return 1;
    }
  }
}
