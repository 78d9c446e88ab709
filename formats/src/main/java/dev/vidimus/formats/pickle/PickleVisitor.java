package dev.vidimus.formats.pickle;

import dev.vidimus.formats.pickle.Value.Foreign;
import dev.vidimus.formats.pickle.Value.Instance;
import dev.vidimus.formats.pickle.Value.Reference;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Is told what an unpickler would do, at the opcode and in the order in which it would do it.
/// Plain data is not told: nothing can come of it.
public interface PickleVisitor {
  /// `GLOBAL`, `INST` and `STACK_GLOBAL`: a module is imported and an attribute of it taken.
  ///
  /// @param at offset of the opcode
  /// @param module as the stream spells it
  /// @param name perhaps dotted
  /// @param protocol the last `PROTO`, 0 if none: it decides how names are resolved
  Reference reference(long at, String module, String name, int protocol) throws IOException;

  /// `STACK_GLOBAL` on operands that are no plain text: the name is computed while loading.
  Reference computed(long at, Value module, Value name) throws IOException;

  /// `EXT1`, `EXT2`, `EXT4`: whatever is registered under a code.
  Reference extension(long at, long code, int protocol) throws IOException;

  /// `REDUCE`, `NEWOBJ`, `NEWOBJ_EX`, `OBJ`, `INST`: a call.
  ///
  /// @param how which of them
  /// @param arguments a tuple as a rule; what the stream gives instead may be anything
  /// @param keywords the dictionary of `NEWOBJ_EX`, otherwise plain `None`
  Instance call(long at, Call how, Foreign callee, Value arguments, Value keywords)
      throws IOException;

  /// `BUILD` on more than plain data: `__setstate__` is called, or attributes are set.
  ///
  /// @return a payload or stream that the loader would read from the file before the next opcode
  Following build(long at, Foreign target, Value state) throws IOException;

  /// Whether dictionaries that are filled now keep their first entries for
  /// [Value.Container#entries()].
  boolean capturesEntries();

  /// `APPEND(S)`, `ADDITEMS`, `SETITEM(S)` on something that is no plain list, set or dictionary: a
  /// method of it is called.
  ///
  /// @param method `append`, `add` or `__setitem__`
  /// @param traits of all the values that are put into it
  void fill(long at, String method, Foreign target, int traits) throws IOException;

  /// Whether [#item] is to be told.
  default boolean hearsItems() {
    return false;
  }

  /// A value was put into a list, a dictionary or an object that takes items.
  ///
  /// @param target what it was put into
  /// @param key in a dictionary, otherwise null
  default void item(Value target, @Nullable Value key, Value value) throws IOException {}

  /// `PERSID`, `BINPERSID`: the loader's own function decides what this becomes.
  ///
  /// @return an instance, or a reference that the id holds if that is what the loader returns
  Value persistent(long at, Value id) throws IOException;

  /// `NEXT_BUFFER`: bytes that are not in this stream.
  Instance buffer(long at);

  /// Bytes, or base64 or hex text, that look like a pickle and stand in the stream as plain data.
  void embedded(long at, Value.Data data) throws IOException;

  /// Something that no pickler writes or that loaders read differently.
  void oddity(long at, Oddity oddity, String detail);

  /// The ways to call.
  enum Call {
    /// `callee(*arguments)`.
    REDUCE,
    /// `callee.__new__(callee, *arguments)`.
    NEWOBJ,
    /// `callee(*arguments)`, or `callee.__new__(callee)` without arguments.
    OBJ
  }

  /// What follows a `BUILD` in the file, outside the opcodes.
  sealed interface Following {
    /// Nothing: the next opcode.
    record Opcodes() implements Following {}

    /// joblib's array: optionally one byte that counts padding, the padding, then raw bytes.
    ///
    /// @param padded whether the padding byte is there
    /// @param length raw bytes
    record RawArray(boolean padded, long length) implements Following {}

    /// joblib's array of objects: a whole pickle stream.
    record Stream() implements Following {}

    /// The one instance of [Opcodes].
    Following OPCODES = new Opcodes();
  }

  /// Things that no pickler writes.
  enum Oddity {
    /// A `FRAME` that ends inside an operand: the C unpickler reads on, the Python one refuses.
    FRAME_SPLITS_OPCODE,
    /// A `PROTO` that is not the first opcode.
    LATE_PROTO,
    /// A memo index far beyond the number of values: the C unpickler allocates for it.
    HUGE_MEMO_INDEX,
    /// Values shared so often that whoever traverses the result never ends.
    EXPANSION,
    /// A textual number so long that parsing it takes quadratic time.
    LONG_NUMBER
  }
}
